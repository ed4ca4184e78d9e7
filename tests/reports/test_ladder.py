"""The diagram fits its width, in any terminal, and shows what happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.reports.ladder import draw, rows
from pytest_sockets.reports.wording import width as columns
from pytest_sockets.wire.events import (
    Asked,
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Invoked,
    Opened,
    Paused,
    Printed,
    Raised,
    Refused,
    Reset,
    Returned,
    Sent,
    Started,
    Typed,
)

from .samples import (
    OURS,
    REPEATABLE,
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

SIDES = st.sampled_from(["peer", "program", "harness"])
WORDS = st.text(st.characters(exclude_categories=()), max_size=40)
COMMON = {"side": SIDES, "connection": st.integers(0, 3), "note": st.none() | WORDS}
ADDRESSES = {"local": st.just(OURS), "remote": st.just(THEIRS)}
CALLS = st.builds(
    Called,
    side=st.just("program"),
    call=st.sampled_from(["recv", "send", "close", "accept", "connect", "input", "\x1b[2J"]),
    arguments=WORDS,
    result=WORDS,
    file=st.sampled_from(["server.py", "other.py", None]),
    line=st.none() | st.integers(-1, 15),
    fd=st.none() | st.integers(3, 6),
    size=st.none() | st.integers(0, 50),
    flow=st.sampled_from(["in", "out", None]),
    entered=st.booleans(),
    error=st.none() | WORDS,
)
EVENTS = st.one_of(
    CALLS,
    st.builds(Sent, data=st.binary(max_size=60), **COMMON),
    st.builds(Datagram, data=st.binary(max_size=60), **COMMON, **ADDRESSES),
    st.builds(Opened, **COMMON, **ADDRESSES),
    st.builds(Refused, remote=st.just(THEIRS), **COMMON),
    *(st.builds(kind, **COMMON) for kind in (Finished, Reset, Asked)),
    st.builds(Started, command=WORDS, **COMMON),
    st.builds(Typed, line=WORDS, **COMMON),
    st.builds(Paused, seconds=st.floats(0, 99), **COMMON),
    st.builds(
        Printed,
        data=st.binary(max_size=60),
        stream=st.sampled_from(["stdout", "stderr"]),
        **COMMON,
    ),
    st.builds(Exited, status=st.integers(-70, 255), **COMMON),
    st.builds(Invoked, call=WORDS, **COMMON),
    *(
        st.builds(kind, call=WORDS, result=WORDS, file=WORDS, line=st.integers(-1, 15), **COMMON)
        for kind in (Returned, Raised)
    ),
)


@REPEATABLE
@given(st.lists(EVENTS, max_size=30), st.integers(40, 130), st.booleans())
def test_any_story_fits_any_width(events: list[Event], width: int, ascii: bool) -> None:  # noqa: A002
    """Whatever happened, no line is too long, ends in blanks or moves the cursor."""
    drawn = draw(rows(events, SOURCES), width, ascii=ascii, program="server.py")
    for line in drawn.split("\n"):
        assert columns(line) <= width
        assert line == line.rstrip()
        assert "\x1b" not in line


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_lifelines_are_straight(width: int) -> None:
    """Both lifelines stand in one column from top to bottom, at any width."""
    lines = draw(rows(short_echo(), SOURCES), width).split("\n")[1:]
    left, right = lines[0].index("│"), lines[0].index("│", lines[0].index("│") + 1)
    assert all((line[left], line[right]) == ("│", "│") for line in lines)


def test_wide_characters_do_not_bend_the_lifelines() -> None:
    """A Chinese note takes two columns a character, and the lifeline stands beyond it."""
    lines = draw(rows([sent(b"a"), Paused(seconds=1, note="等一会儿")], {}), 80).split("\n")[1:]
    assert len({columns(line[: line.rindex("│")]) for line in lines}) == 1


def test_the_names_stand_over_the_lifelines() -> None:
    """One sees whose line is whose."""
    head, first = draw(rows(short_echo(), SOURCES), 80, program="server.py").split("\n")[:2]
    assert head.index("peer") == first.index("│")
    assert head.index("server.py") == first.rindex("│")


def test_arrows_point_to_who_receives() -> None:
    """What the peer sends goes right, what the program sends goes left."""
    lines = draw(rows([sent(b"a"), sent(b"b", "program")], {}), 80).split("\n")
    assert ("▶│" in lines[1], "│◀" in lines[2]) == (True, True)
    assert lines[1].index("b'a'") < lines[2].index("b'b'")


def test_a_broken_arrow_does_not_reach_the_other_side() -> None:
    """Lost bytes are drawn as lost, with the cause."""
    line = draw(rows(short_echo(), SOURCES), 80).split("\n")[5]
    assert "── b' 0413 zu' ──✗ reset" in line
    assert "▶" not in line


def test_the_arrow_shrinks_before_the_students_line_is_cut() -> None:
    """At full width the source is whole; when it gets narrow the arrow gives way first."""
    told = rows([sent(b"k" * 40), recv(b"k" * 40)], SOURCES)
    wide, narrow = (draw(told, width).split("\n")[1] for width in (100, 80))
    assert wide.count("─") > narrow.count("─") or wide.index("▶") > narrow.index("▶")
    assert all("data = conn.recv(1024)  → 40 bytes" in line for line in (wide, narrow))


def test_bytes_that_do_not_fit_are_cut_with_their_number() -> None:
    """A long payload says how long it is."""
    assert "(200 bytes)" in draw(rows([sent(b"x" * 200)], {}), 80)


def test_ascii_has_only_ascii() -> None:
    """Without box characters the same story is drawn with ASCII alone."""
    events = [*short_echo(), *(sent(b"x") for _ in range(30)), printed(b"hi"), Refused(remote=OURS)]
    drawn = draw(rows(events, SOURCES), 80, ascii=True)
    assert drawn.isascii()
    assert "|-- connects ---" in drawn


def test_ascii_leaves_the_students_own_letters() -> None:
    """A terminal without box characters may well know Chinese."""
    sources = {"server.py": ["数据 = conn.recv(1024)"]}
    assert "数据" in draw(rows([sent(b"a"), recv(b"a", line=1)], sources), 80, ascii=True)


def test_connections_are_numbered_only_when_there_are_several() -> None:
    """A number that is always 1 tells nothing."""
    one, two = [sent(b"a")], [sent(b"a"), sent(b"b", connection=2)]
    assert "#" not in draw(rows(one, {}), 80)
    assert "#2" in draw(rows(two, {}), 80)


def test_files_are_named_only_when_there_are_several() -> None:
    """Line numbers of two files need the names."""
    other = Called(
        call="recv", arguments="", result="b'b'", file="lib/net.py", line=3, size=1, flow="in", fd=4
    )
    assert "net.py:3" in draw(rows([sent(b"a"), sent(b"b"), recv(b"a"), other], SOURCES), 80)
    assert "server.py:" not in draw(rows([sent(b"a"), recv(b"a")], SOURCES), 80)


def test_an_error_is_told_below_its_call() -> None:
    """An error text is too long for the column of byte counts, and has a line of its own."""
    events = [opened(), called("recv", 8, 0.1, error="ConnectionResetError: [Errno 104]")]
    lines = draw(rows(events, SOURCES), 80).split("\n")
    assert "data = conn.recv(1024)" in lines[2]
    assert "→ ConnectionResetError: [Errno 104]" in lines[3]


def test_words_are_translated_and_bytes_are_not() -> None:
    """Labels go through the translation."""
    drawn = draw(rows([opened(), sent(b"peer")], {}), 80, translate=upper_case)
    assert ("CONNECTS" in drawn, "PEER" in drawn, "b'peer'" in drawn) == (True, True, True)


def test_an_empty_story_draws_nothing() -> None:
    """Where nothing happened there is no diagram, not even its head."""
    assert draw([], 80) == ""
