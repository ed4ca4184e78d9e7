"""The drawing shows what happened, stays within its frame, and is told in words too."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_sockets.messages import message
from pytest_sockets.reports.ladder_shape import EM
from pytest_sockets.reports.ladder_svg import NARROW, WIDE, Ladder, Shape, draw_svg
from pytest_sockets.reports.rows import rows
from pytest_sockets.reports.wording import plain
from pytest_sockets.reports.wording import width as columns
from pytest_sockets.wire.events import Event, Finished, Paused, Refused, Reset, Sent, Started

from .samples import (
    REPEATABLE,
    SERVER,
    SOURCES,
    THEIRS,
    called,
    opened,
    printed,
    recv,
    sent,
    short_echo,
    upper_case,
)
from .test_ladder import EVENTS, WORDS

SHAPES = pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
STARTS = {None: 0.0, "start": 0.0, "middle": 0.5, "end": 1.0}


def drawn(events: list[Event], shape: Shape = WIDE, **more: Any) -> ET.Element:
    """Return the drawing of ``events``."""
    return ET.fromstring(draw_svg(Ladder(rows=rows(events, SOURCES), **more), shape, "x"))


def texts(svg: ET.Element, kind: str) -> list[str]:
    """Return the texts of a class, in order."""
    found = [each for each in svg.iter("text") if kind in (each.get("class") or "").split()]
    return [each.text or "" for each in found]


def paths(svg: ET.Element, *kinds: str) -> list[str]:
    """Return the courses of the paths that are of all the classes ``kinds``."""
    return [
        each.get("d", "")
        for each in svg.iter("path")
        if set(kinds) <= set((each.get("class") or "").split())
    ]


@SHAPES
@settings(REPEATABLE, max_examples=50)
@given(st.lists(EVENTS, max_size=20), WORDS, WORDS)
def test_any_story_stays_within_its_frame(
    shape: Shape, events: list[Event], peer: str, program: str
) -> None:
    """Whatever happened, no text leaves the drawing, and all of it can be shown."""
    svg = drawn(events, shape, peer=peer, program=program, verdict=message("{p}", p=program))
    height = float(svg.get("viewBox", "").split()[3])
    for each in svg.iter("text"):
        length = columns(each.text or "") * shape.font * EM
        start = float(each.get("x", "")) - length * STARTS[each.get("text-anchor")]
        assert start >= -1
        assert start + length <= shape.width + 1
        assert 0 < float(each.get("y", "")) < height
        assert plain(each.text or "") == (each.text or "")


@SHAPES
def test_arrows_point_to_who_receives(shape: Shape) -> None:
    """What the peer sends goes right, what the program sends goes left."""
    svg = drawn([sent(b"a"), sent(b"b", "program")], shape)
    (right,), (left,) = paths(svg, "shaft", "peer"), paths(svg, "shaft", "program")
    (start, end), (begin, stop) = (_ends(each) for each in (right, left))
    assert start < end
    assert begin > stop
    assert texts(svg, "label") == ["b'a'", "b'b'"]


def _ends(course: str) -> tuple[float, float]:
    start, _, end = course.partition("H")
    return float(start[1:].split()[0]), float(end)


@pytest.mark.parametrize(
    ("event", "kind", "label"),
    [
        (Finished(side="program"), "finished", "FIN"),
        (Reset(side="program"), "reset", "RST"),
        (Sent(data=b"a", piece=True), "piece", "b'a'"),
    ],
)
def test_a_half_close_a_reset_and_a_piece_are_drawn_each_in_its_way(
    event: Event, kind: str, label: str
) -> None:
    """They have a class of their own."""
    svg = drawn([event])
    (arrow,) = svg.iterfind(".//g[@role='group']")
    assert len(paths(arrow, "shaft", kind)) == 1
    assert texts(svg, "label") == [label]


def test_a_legend_says_what_a_dotted_arrow_is() -> None:
    """It stands there only where there is one."""
    said = "a piece, cut off by a fault"
    assert texts(drawn([Sent(data=b"a", piece=True)]), "remark") == [said]
    assert texts(drawn([sent(b"a")]), "remark") == []


def test_a_broken_arrow_ends_on_its_way() -> None:
    """With a cross, and the cause."""
    svg = drawn([opened(), Refused(remote=THEIRS)])
    (whole,), (broken,) = paths(svg, "shaft", "opened"), paths(svg, "shaft", "broken")
    assert _ends(broken)[1] < _ends(whole)[1]
    assert len(paths(svg, "cross")) == 1
    assert texts(svg, "broken") == ["connects", "refused"]


def test_a_pause_is_seen_on_the_lifeline_of_who_is_silent() -> None:
    """And told beside it."""
    svg = drawn([Paused(seconds=0.3, side="program")])
    lives = [course.split()[0] for course in paths(svg, "life")]
    assert paths(svg, "wait")[0].split()[0] == lives[1]
    assert texts(svg, "pause") == ["silent for 0.3 s"]


@SHAPES
def test_what_is_printed_stands_in_the_margin(shape: Shape) -> None:
    """It crosses no wire."""
    svg = drawn([printed(b"hi")], shape)
    assert texts(svg, "remark") == ["prints 'hi'"]
    assert not paths(svg, "shaft")


def test_of_two_programs_each_has_its_remarks_on_its_own_lifeline() -> None:
    """The client is on the left."""
    events: list[Event] = [
        Started(side="client", command="client.py"),
        Started(side="server", command="server.py"),
    ]
    svg = drawn(events)
    lives = [course.split()[0] for course in paths(svg, "life")]
    assert ["M" + each.get("cx", "") for each in svg.iter("circle")] == lives


@SHAPES
def test_the_lines_of_the_program_stand_beside_and_are_linked(shape: Shape) -> None:
    """With their numbers and with what the call returned; an error is marked."""
    events = [*short_echo(), called("recv", 8, 1.0, error="OSError: no")]
    svg = drawn(events, shape, link=lambda call: f"#{call.line}")
    assert [each.get("href") for each in svg.iter("a")] == ["#7", "#8", "#9", "#10", "#8"]
    assert texts(svg, "source")[1] == SERVER[7]
    assert texts(svg, "outcome")[:2] == ["→ 3 bytes", "→ 3 bytes"]
    assert texts(svg, "failed") == ["→ OSError: no"]


def test_a_line_without_an_address_is_no_link() -> None:
    """Its source is not on the page."""
    assert not list(drawn(short_echo()).iter("a"))


def test_equal_calls_are_told_once_with_their_number() -> None:
    """As in the terminal."""
    svg = drawn([sent(b"abab"), recv(b"ab"), recv(b"ab")])
    assert texts(svg, "outcome") == ["→ 2 bytes ×2"]


@SHAPES
def test_the_failure_and_the_verdict_are_marked(shape: Shape) -> None:
    """The row where it went wrong has a ground of its own; what came of it is the last line."""
    svg = drawn(short_echo(), shape, failure=2, verdict=message("nothing"))
    marked = [each for each in svg.iter("g") if each.find("rect") is not None]
    assert [texts(each, "label") for each in marked] == [["b'kq7'"]]
    assert [each.text for each in svg.iter("text")][-2:] == ["✗", "nothing"]


def test_connections_are_numbered_where_there_are_several() -> None:
    """One sees which client is meant."""
    assert "#2" in texts(drawn([opened(), opened(connection=2)]), "number")
    assert "#1" not in texts(drawn([opened()]), "number")


def test_files_are_named_where_there_are_several() -> None:
    """A line number alone would tell nothing."""
    events = [sent(b"ab"), recv(b"a"), called("recv", 3, 0.2, size=1, flow="in")]
    other = type(events[2])(**{**vars(events[2]), "file": "lib/other.py"})
    assert texts(drawn([*events[:2], other]), "place") == ["server.py:8", "other.py:3"]


def test_every_row_is_told_in_words() -> None:
    """Whoever can't see the drawing hears who sent what to whom."""
    svg = drawn([Sent(data=b"a", piece=True), Refused(remote=THEIRS)], program="s.py")
    told = [each.findtext("title") for each in svg.iter("g") if each.get("role") == "group"]
    assert told == [
        "from peer to s.py: b'a' (a piece, cut off by a fault)",
        "from peer to s.py: connects (refused)",
    ]


def test_the_drawing_has_a_title_and_a_description() -> None:
    """They are found by ids that are unique on the page, and translated."""
    svg = drawn([opened()], program="s.py", verdict=message("nothing"), translate=upper_case)
    title, desc = svg.findall("title")[0], svg.findall("desc")[0]
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (
        title.get("id"),
        desc.get("id"),
    )
    assert title.text == "THE EXCHANGE BETWEEN PEER AND s.py"
    assert desc.text == "1 STEPS; NOTHING"
