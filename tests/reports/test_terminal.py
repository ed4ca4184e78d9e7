"""A scorecard in the terminal tells everything, fits, and does no harm."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.messages import message
from pytest_sockets.reports.terminal import render_scorecard
from pytest_sockets.reports.wording import width as columns
from pytest_sockets.results import Line, Outcome

from .samples import REPEATABLE, failed, opened, result, scorecard, upper_case

ESCAPE = re.compile(r"\x1b\[\d+m")
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=120)


def lines(**options: Any) -> list[str]:
    """Return the lines of the sample scorecard."""
    return render_scorecard(scorecard(), **options).split("\n")


def line_with(text: str, told: list[str]) -> str:
    """Return the only line that holds ``text``."""
    (line,) = [line for line in told if text in line]
    return line


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
@pytest.mark.parametrize("ascii", [True, False])
def test_every_line_but_a_command_fits(width: int, verbosity: int, ascii: bool) -> None:  # noqa: A002
    """No line is longer than the terminal, and none ends in blanks."""
    told = lines(width=width, verbosity=verbosity, ascii=ascii, show_exchange=True)
    assert all(columns(line) <= width for line in told if not line.startswith("  pytest "))
    assert all(line == line.rstrip() for line in told)


@REPEATABLE
@given(HOSTILE, st.binary(max_size=200), st.binary(max_size=200), st.integers(40, 100))
def test_nothing_a_program_says_reaches_the_terminal_raw(
    text: str, printed: bytes, errors: bytes, width: int
) -> None:
    """Names, sentences and output may hold anything; the report can be printed and fits."""
    card = scorecard(
        failed(
            observed=message("{text}", text=text),
            title=f"a{text}",
            printed=printed,
            errors=errors,
            difference=(printed, errors),
            lines=[Line(text, 3, text, text)],
            transcript=(),
        ),
        target=text,
    )
    told = render_scorecard(card, width=width)
    told.encode("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    assert all(columns(line) <= width for line in told.split("\n") if "pytest --target" not in line)


def test_output_cannot_pass_for_the_report() -> None:
    """Every line that the program printed stands behind a bar."""
    forged = b"ok\n\n  \xe2\x9c\x93 echoes pieces whole   15 of 15\n"
    told = render_scorecard(scorecard(failed(printed=forged))).split("\n")
    assert line_with("15 of 15", told).split("│")[0].strip() == ""


def test_without_colour_there_is_no_escape() -> None:
    """Plain is plain."""
    assert "\x1b" not in "\n".join(lines(show_exchange=True, verbosity=1))


def test_colour_changes_nothing_but_colour() -> None:
    """Taken out of the painted report, the escapes leave the plain one."""
    painted = "\n".join(lines(colour=True, show_exchange=True, verbosity=1))
    assert ESCAPE.search(painted)
    assert ESCAPE.sub("", painted) == "\n".join(lines(show_exchange=True, verbosity=1))


def test_ascii_has_only_ascii() -> None:
    """Every mark, arrow and bar has its form in ASCII."""
    assert "\n".join(lines(ascii=True, show_exchange=True, verbosity=1)).isascii()


@pytest.mark.parametrize(
    ("title", "mark", "told"),
    [
        ("takes its first client", "✓", "client               5 of  5"),
        ("echoes pieces whole", "✗", "must   0 of 15"),
        ("serves after a reset", "–", "blocked by: echoes pieces whole"),
        ("can be started again at once", "?", "must  not judged"),
        ("names its encoding", "i", "may"),
    ],
)
def test_each_outcome_is_told(title: str, mark: str, told: str) -> None:
    """The table has a line for each behaviour, with its mark and what came of it."""
    line = next(line for line in lines() if line.startswith(f"  {mark} {title}"))
    assert line.endswith(told)


def test_the_head_says_what_was_graded_and_how() -> None:
    """Exercise, role, target, address, containment and seed come first."""
    head = render_scorecard(scorecard(), width=132).split("\n")[0]
    assert head == (
        "tcp-echo server   server.py   127.0.0.1:8000 mapped to 127.0.0.1:23517"
        "   contained: full   seed 4711"
    )


def test_a_failure_is_told_with_all_of_its_evidence() -> None:
    """Expected, observed, exchange, output, reason, advice and command, in this order."""
    told = "\n".join(lines())
    places = [
        told.index(part)
        for part in (
            "✗ tcp-echo-server/echoes-pieces-whole",
            "expected   b'kq7 0413 zu' back, byte for byte",
            "observed   b'kq7', then the end of the stream",
            "^ first difference at byte 3",
            "✗ reset",
            "stdout     │ hello",
            "ValueError: no",
            "why        TCP is a stream",
            "try        keep calling recv",
            "tutorial   the tutorial's program fails here too",
            "see        004 §3, ChatServer",
            "pytest --target server.py",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("expected", "observed", "marked"),
    [(b"kq7 0413", b"kq7 0x13", b"4"), (b"a" * 500 + b"b", b"a" * 500 + b"c", b"b")],
)
def test_the_caret_stands_under_the_first_difference(
    expected: bytes, observed: bytes, marked: bytes
) -> None:
    """The byte above the caret is the first that differs, also in a window of long bytes."""
    told = render_scorecard(scorecard(failed(difference=(expected, observed)))).split("\n")
    place = told.index(line_with("^ first difference", told))
    column = told[place].index("^")
    assert told[place - 2][column] == marked.decode()
    assert told[place - 1][column] == chr(observed[expected.index(marked)])


def test_equal_bytes_have_no_caret() -> None:
    """Where nothing differs, nothing is pointed at."""
    assert "^" not in render_scorecard(scorecard(failed(difference=(b"a", b"a"))))


def test_the_cause_is_told_where_it_is_known() -> None:
    """The sentence with the cause has a label of its own."""
    card = scorecard(failed(because=message("one recv took {n} of 11 bytes", n=3)))
    assert "  because    one recv took 3 of 11 bytes" in render_scorecard(card).split("\n")


def test_a_verdict_that_rests_on_little_says_so() -> None:
    """Labels are notes of the failure."""
    card = scorecard(failed(labels=(message("rests on a deadline"),)))
    assert "note       rests on a deadline" in render_scorecard(card)


def test_nothing_is_compared_with_nothing() -> None:
    """Where no byte was observed there is no place at which it differs."""
    card = scorecard(failed(difference=(b"kq7", b""), transcript=()))
    assert "first difference" not in render_scorecard(card)
    assert "  bytes  " not in render_scorecard(card)


def test_the_picture_marks_where_it_failed() -> None:
    """What came after the verdict stands below the mark."""
    told = render_scorecard(scorecard(failed(failed_at=0.0025)))
    mark = told.index("✗ failed here")
    assert told.index("◀", 0, mark) < mark < told.index("exited with status 0")


def test_lines_stand_in_where_no_exchange_was_kept() -> None:
    """Without events the student's lines are listed."""
    line = Line("hw/server.py", 8, "recv(1024) → 3 bytes", "data = conn.recv(1024)")
    told = render_scorecard(scorecard(failed(transcript=(), lines=[line])))
    assert "lines      server.py:8  recv(1024) → 3 bytes" in told


def test_what_was_not_judged_is_told_with_its_reason() -> None:
    """The reason stands near the end, and the sum says that the card is incomplete."""
    told = lines()
    place = told.index("not judged")
    assert told[place + 2 : place + 4] == [
        "  ? can be started again at once",
        "      no TIME_WAIT could be made on this machine",
    ]
    assert line_with("incomplete", told)


def test_the_sum_is_the_last_line() -> None:
    """Points, parts and counts end the report."""
    assert lines(width=160)[-1] == (
        "tcp-echo server   5 of 25   basic 5 of 20   robust 0 of 5   incomplete"
        "   1 failed, 1 blocked, 1 not judged, 1 shown, 1 passed in 0.2 s"
    )


def test_a_complete_card_is_not_called_incomplete() -> None:
    """When everything was judged, the sum stands for itself."""
    assert render_scorecard(scorecard(result("a"))).split("\n")[-1] == (
        "tcp-echo server   5 of 5   basic 5 of 5   1 passed in 0.1 s"
    )


def test_a_card_without_points_shows_none() -> None:
    """A tour has no points: none are reached, none are missed."""
    card = scorecard(result("fact", Outcome.INFO, max_points=0))
    assert render_scorecard(card).split("\n")[-1] == "tcp-echo server   1 shown in 0.1 s"


def test_quiet_leaves_failures_in_a_line_each_and_the_sum() -> None:
    """With -q a class of students still fits on a screen."""
    told = lines(verbosity=-1, width=160)
    assert told[0] == ("✗ tcp-echo-server/echoes-pieces-whole: b'kq7', then the end of the stream")
    assert told[1].startswith("? tcp-echo-server/")
    assert [len(told), told[2].startswith("tcp-echo server   5 of 25")] == [3, True]


def test_verbose_tells_passed_behaviours_too() -> None:
    """With -v one reads why what passed matters, and its receipts."""
    receipt = "the connection was accepted after 1 tries"
    assert (receipt in "\n".join(lines()), receipt in "\n".join(lines(verbosity=1))) == (
        False,
        True,
    )


def test_quiet_tells_each_reason_of_what_was_not_judged_once() -> None:
    """Whoever wants few lines still learns why points are missing."""
    unjudged = [
        result(name, Outcome.NOT_JUDGED, reason=message("no IPv6 here")) for name in ("a", "b")
    ]
    told = render_scorecard(scorecard(*unjudged), verbosity=-1)
    assert told.count("no IPv6 here") == 1


def test_the_exchange_of_a_passed_behaviour_is_told_when_wanted() -> None:
    """Exchanges of what passed are shown on request only."""
    card = scorecard(result("a", transcript=[opened()]))
    assert ("connects" in render_scorecard(card)) is False
    assert "connects" in render_scorecard(card, show_exchange=True)


def test_a_command_is_never_broken() -> None:
    """A command is there to be copied, so it stays in one piece on a line of its own."""
    command = "pytest --target " + "very/" * 30 + "long.py"
    assert f"  {command}" in render_scorecard(scorecard(failed(again=command))).split("\n")


def test_the_report_speaks_the_readers_language() -> None:
    """Titles, labels and sentences all go through the translation."""
    told = render_scorecard(scorecard(), translate=upper_case)
    words = ("TAKES ITS FIRST", "EXPECTED", "BACK, BYTE FOR BYTE", "KEEP CALLING", "INCOMPLETE")
    assert [word for word in words if word not in told] == []
    assert "tcp-echo-server/echoes-pieces-whole" in told


def test_wide_titles_keep_the_columns_straight() -> None:
    """Chinese titles take two columns a character, and the points still stand below each other."""
    card = scorecard(result("a", title="接受第一个客户端"), result("b", title="one"))
    rows = [line for line in render_scorecard(card).split("\n") if line.startswith("  ✓")]
    assert len({columns(line) for line in rows}) == 1
