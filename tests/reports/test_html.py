"""The HTML report is one valid file, tells everything, and lets nothing of a program's in."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_sockets.messages import message
from pytest_sockets.reports.wording import plain
from pytest_sockets.results import Outcome, Scorecard

from .pages import Element, links, page, read
from .samples import (
    REPEATABLE,
    SERVER,
    called,
    failed,
    one_of_each,
    opened,
    printed,
    result,
    scorecard,
    sent,
    short_echo,
    upper_case,
)
from .test_tour import exchange, stop, tour

HOSTILE = st.text(st.characters(exclude_categories=()), max_size=60)
EVIL = "</script></title></svg><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e"


def hostile_card(text: str, data: bytes, **more: Any) -> Scorecard:
    """Return a scorecard with ``text`` and ``data`` in every place where a program has a say."""
    told = message("{text}", text=text)
    call = called("recv", 2, 0.2, error=text, arguments=text)
    one = failed(
        title=f"a{text}",
        expected=told,
        observed=told,
        because=message("{b}", b=f"b{text}"),
        why=text,
        hint=text,
        tutorial=text,
        source=text,
        again=text,
        printed=data,
        errors=text.encode("utf-8", "replace") + data,
        labels=[told],
        difference=(data, b"wanted"),
        transcript=[opened(), sent(data), call, printed(data)],
    )
    return scorecard(
        one,
        result("x", Outcome.NOT_JUDGED, reason=message("{text}", text=f"a\n{text}")),
        target=f"t{text}",
        network=told,
        containment=text,
        sources={"server.py": [text, text]},
        **more,
    )


def shape(document: Element) -> list[tuple[str, str, str]]:
    """Return the elements of a document with their classes, without what follows from lengths."""
    drawn = {each for svg in document.find("svg") for each in map(id, svg.all())}
    return [
        (each.name, " ".join(each.classes), each.attributes.get("style", ""))
        for each in document.all()
        if id(each) not in drawn and each.name != "br"
    ]


# What a program says


@settings(REPEATABLE, max_examples=40)
@given(HOSTILE, st.binary(max_size=60))
def test_nothing_a_program_says_becomes_markup(text: str, data: bytes) -> None:
    """Whatever is put in, the elements are the same, and every character can be shown."""
    written = page(hostile_card(text, data + b"."))
    document = read(written)

    assert written.encode()
    assert plain(written.replace("\n", "")) == written.replace("\n", "")
    allowed = {"a", "circle", "desc", "g", "path", "rect", "svg", "text", "title"}
    drawings = [each for svg in document.find("svg") for each in svg.all()]
    assert {each.name for each in drawings} <= allowed
    # A sentence of nothing is left out, so only what is said is compared.
    if plain(text).strip() and data:
        assert shape(document) == shape(read(page(hostile_card("b", b"ab"))))


def test_scripts_escape_codes_and_bidi_overrides_are_shown_as_text() -> None:
    """One sees what was printed, character by character."""
    document = read(page(hostile_card(EVIL, EVIL.encode() + b"\0\xff")))

    (output,) = document.find("dl", "output")
    assert "<script>alert(1)</script>" in output.text
    assert r"\x1b[31m\u202e" in output.text
    assert r"\x00" + "\ufffd" in output.text
    assert not document.find("script")
    assert not document.find("img")


def test_blanks_and_tabs_of_a_program_are_kept() -> None:
    """An indented line of source stays indented; lines of output stay below each other."""
    card = scorecard(failed(printed=b"a  b\n c"), sources={"server.py": ["if x:", "\ty"]})
    document = read(page(card))
    assert document.by_id("server.py:2").find("code")[0].text == "        y"
    assert "a  b\n c" in document.find("pre")[0].text


# What is told


def test_the_address_of_a_behaviour_is_its_id() -> None:
    """A link to it can be written by hand, and stays right from run to run."""
    document = read(page(scorecard()))
    for each in one_of_each():
        assert document.by_id(each.id).name == "details"


def test_of_several_scorecards_the_target_comes_before_the_id() -> None:
    """The overview leads to each of them."""
    document = read(page(scorecard(), scorecard(target="bob/server.py")))
    assert document.by_id("bob/server.py:tcp-echo-server/echoes-pieces-whole")
    (overview,) = document.find("section", "overview")
    assert links(overview) == ["server.py", "bob/server.py"]
    assert "5 / 25" in overview.text.replace("\n", "")


def test_only_what_failed_is_unfolded() -> None:
    """One sees at once what is to be mended."""
    found = read(page(scorecard())).find("details", "result")
    unfolded = [each.attributes["id"] for each in found if "open" in each.attributes]
    assert (len(found), unfolded) == (5, ["tcp-echo-server/echoes-pieces-whole"])


def test_everything_about_a_failure_is_told() -> None:
    """Expected, observed, the bytes, the exchange, the output, the advice and the command."""
    told = read(page(scorecard())).by_id("tcp-echo-server/echoes-pieces-whole").text
    for part in ("b'kq7 0413 zu' back, byte for byte", "b'kq7', then the end",
                 "first difference at byte 3", "6b 71 37 20 30 34 31 33", "11 expected",
                 "data = conn.recv(1024)", "→ 3 bytes", "hello", "ValueError: no",
                 "TCP is a stream of bytes", "keep calling recv", "004 §3, ChatServer",
                 "the tutorial's program fails", "--sockets-seed 4711 -k pieces"):  # fmt: skip
        assert part in told


def test_the_first_byte_that_differs_is_marked() -> None:
    """A missing byte leaves an empty mark."""
    (compared,) = read(page(scorecard())).find("dl", "compared")
    assert [mark.text for mark in compared.find("mark")] == [" ", "20", "", ""]


def test_a_byte_that_is_written_as_an_escape_is_marked_whole() -> None:
    """Half an escape would name another byte."""
    document = read(page(scorecard(failed(difference=(b"a\n\xff", b"a\n\xfe")))))
    assert [mark.text for mark in document.find("mark")] == [r"\xff", "ff", r"\xfe", "fe"]


def test_a_blocked_behaviour_leads_to_the_one_to_mend() -> None:
    """By its title."""
    (told,) = (
        read(page(scorecard())).by_id("tcp-echo-server/serves-after-a-reset").find("p", "blocked")
    )
    assert links(told) == ["tcp-echo-server/echoes-pieces-whole"]
    assert "echoes pieces whole" in told.text


def test_what_blocks_from_elsewhere_is_named() -> None:
    """What a pair is blocked by may be on another scorecard."""
    blocked = result("b", Outcome.BLOCKED, blocked_by="tcp-echo-client/connects")
    (told,) = read(page(scorecard(blocked))).find("p", "blocked")
    assert "tcp-echo-client/connects" in told.text


def test_lines_that_took_part_in_a_failure_are_marked_and_linked_both_ways() -> None:
    """From the drawing to the line, and from the line to the failure."""
    document = read(page(scorecard()))
    svg = document.find("svg", "wide")[0]
    assert links(svg) == [f"server.py:{line}" for line in (7, 8, 9, 10)]
    for number, _ in enumerate(SERVER, 1):
        line = document.by_id(f"server.py:{number}")
        assert ("involved" in line.classes) == (number in (7, 8, 9, 10))
    assert links(document.by_id("server.py:8"))[1:] == ["tcp-echo-server/echoes-pieces-whole"]


def test_a_line_that_raised_is_marked_as_such() -> None:
    """An error is more than a part in the story."""
    card = scorecard(failed(transcript=[called("bind", 5, 0.1, error="OSError: no")]))
    assert "raised" in read(page(card)).by_id("server.py:5").classes


def test_why_nothing_was_judged_keeps_its_lines() -> None:
    """A traceback stays readable."""
    reason = message("an error of the harness: {error}", error="Traceback\n  File x")
    document = read(page(scorecard(result("x", Outcome.NOT_JUDGED, reason=reason))))
    assert document.find("pre")[0].text == "an error of the harness: Traceback\n  File x"
    assert "incomplete" in document.text


def test_the_sums_are_told() -> None:
    """The score, both parts of the profile, and how many had which outcome."""
    (score,) = read(page(scorecard())).find("div", "score")
    assert score.find("p")[0].text == "5 / 25"
    parts = [[each.text for each in score.find(name)] for name in ("dt", "dd")]
    assert parts == [["basic", "robust"], ["5 / 20", "0 / 5"]]
    chips = read(page(scorecard())).find("span", "chip")
    assert [" ".join(chip.text.split()) for chip in chips] == [
        "✗ 1 failed", "– 1 blocked", "? 1 not judged", "i 1 shown", "✓ 1 passed", "incomplete",
    ]  # fmt: skip


def test_a_stop_of_the_tour_is_told() -> None:
    """What the tutorial says, what this machine does, the exchange and the code."""
    document = read(page(tour(stop(transcript=exchange()))))
    told = document.by_id("tour/stop")
    for part in ("it is otherwise", "send ->  5\nas the tutorial says: False", "b'hello'",
                 "That is how it is.", "look closer.", 'client.send(b"hello")',
                 "this machine differs from what the tutorial says"):  # fmt: skip
        assert part in told.text
    assert "open" in told.attributes
    assert "score" not in [name for each in document.find("div") for name in each.classes]


def test_both_programs_of_a_pair_stand_over_the_drawing() -> None:
    """Neither is a peer of ours."""
    events = [each for each in short_echo() if each.side != "harness"]
    document = read(page(scorecard(failed(transcript=events), role="pair")))
    names = [each.text for each in document.find("svg", "wide")[0].find("text", "name")]
    assert names == ["client", "server"]


def test_without_an_exchange_nothing_is_drawn() -> None:
    """A program that never started has no story."""
    document = read(page(scorecard(failed(transcript=()))))
    assert not document.find("figure")


# Languages


def test_every_word_is_translated() -> None:
    """Headings, labels, sentences and what is read aloud only."""
    document = read(page(scorecard(), scorecard(), translate=upper_case))
    assert document.find("html")[0].attributes["lang"] == "EN"
    words = [each for name in ("dt", "h3", "th", "title", "desc") for each in document.find(name)]
    words += document.find("span", "chip") + document.find("span", "points")
    for each in words:
        said = re.sub(r"b'[^']*'|server\.py|bytes|tcp-echo|none|peer", "", each.text)
        assert not re.search("[a-z]{4,}", said), each.text


def test_a_template_has_no_words_of_its_own() -> None:
    """What is not in the code can't be translated."""
    folder = resources.files("pytest_sockets.reports") / "templates"
    for file in folder.iterdir():
        if file.name.endswith(".html"):
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^<>]*>", "", file.read_text("utf-8"))
            assert not re.search(r"[A-Za-z]{2,}", text), text


def test_a_path_can_be_broken_behind_its_separators_and_is_escaped() -> None:
    """A long path would else be broken in the middle of a word, or widen its column."""
    text = page(scorecard(target="hw/<b>_x.py"), scorecard())
    assert "hw/<wbr>&lt;b&gt;_<wbr>x.py</a>" in text
