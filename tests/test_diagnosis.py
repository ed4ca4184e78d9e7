"""What a program is said to behave like: only what fits alone, and never more than likely."""

from __future__ import annotations

from collections import Counter

import pytest
from corpus import corpus

from pytest_sockets.diagnosis import KNOWN, diagnose
from pytest_sockets.diagnosis.signs import CLOSED
from pytest_sockets.messages import Message, message
from pytest_sockets.reports.terminal import render_scorecard
from pytest_sockets.results import Outcome, Result, Scorecard

MISTAKES = list(corpus("mistakes", "Fails"))
LIKE = Counter(program.like for program in MISTAKES if program.like)
SLUGS = {known.slug for known in KNOWN}

AT_LEAST = 0.5
"""The share of all mistakes that has to be recognised."""


def result(
    behaviour: str,
    outcome: Outcome = Outcome.FAILED,
    *,
    observed: Message | None = None,
    difference: tuple[bytes, bytes] | None = None,
) -> Result:
    """Return a result of tcp-echo with what it has told."""
    return Result(
        id=f"tcp-echo-server/{behaviour.lower()}",
        behaviour=behaviour,
        level="must",
        part="basic",
        outcome=outcome,
        max_points=5,
        title="",
        why="",
        hint="",
        source="",
        observed=observed,
        difference=difference,
    )


def slug(*results: Result) -> str | None:
    """Return the mistake that is recognised."""
    found = diagnose("tcp-echo", "server", results)
    return found.slug if found else None


def test_every_mistake_that_a_program_is_like_is_known() -> None:
    """A misspelt name would ask for what nobody can be told."""
    assert sorted(set(LIKE) - SLUGS) == []


def test_every_known_mistake_is_proved_by_a_program() -> None:
    """What no program shows is a guess."""
    assert sorted(SLUGS - set(LIKE)) == []


def test_a_mistake_says_the_same_wherever_it_is_recognised() -> None:
    """One entry has its sentence, whatever the number of ways to recognise it."""
    assert len(KNOWN) == len(SLUGS)
    assert len({(known.slug, known.does.text) for known in KNOWN}) == len(SLUGS)


def test_most_mistakes_are_recognised() -> None:
    """The table is worth its place; that none is wrong is proved with each program's grade."""
    assert sum(LIKE.values()) >= AT_LEAST * len(MISTAKES)


@pytest.mark.parametrize("end", CLOSED)
def test_a_close_is_recognised_however_it_is_seen(end: str) -> None:
    """What had come to the program when it closed is a matter of chance."""
    assert slug(result("ECH-02", observed=Message(end))) == "one-message"


def test_a_program_that_passes_behaves_like_no_mistake() -> None:
    """Without a failure there is nothing to explain."""
    assert slug(result("ECH-01", Outcome.PASSED, difference=(b"ab", b"AB"))) is None


@pytest.mark.parametrize(
    ("got", "like"), [(b" AB ", "upper-case"), (b"ab", "strips"), (b"b' ab '", "sends-repr")]
)
def test_bytes_tell_what_became_of_them(got: bytes, like: str) -> None:
    """What came is compared with what was sent."""
    assert slug(result("ECH-01", difference=(b" ab ", got))) == like


def test_where_two_mistakes_fit_nothing_is_said() -> None:
    """A guess would be wrong as often as not."""
    ended = message("the program ended with status {status}", status=0)
    observed = message("{what}; {how}", what=message("no datagram"), how=ended)
    newline = b"hi", b"hi\n"

    assert slug(result("XCH-06", observed=observed)) == "one-line"
    assert slug(result("XCH-06", difference=newline)) == "newline"
    assert slug(result("XCH-06", observed=observed, difference=newline)) is None


def test_the_first_failure_speaks() -> None:
    """It is the one to mend first; what fails behind it may be a consequence."""
    first = result("ECH-01", difference=(b"ab", b"AB"))
    second = result("CLS-09", observed=message("the end of the stream"))

    assert slug(first, second) == "upper-case"
    assert slug(second, first) == "half-close"


def test_a_diagnosis_is_told_as_likely_beside_its_failure() -> None:
    """A likelihood is no fact, and says so."""
    failed = result("ECH-01", difference=(b"ab", b"AB"))
    told = diagnose("tcp-echo", "server", [failed])
    card = Scorecard(target="server.py", exercise="tcp-echo", role="server", results=[failed],
                     seed=1, diagnosis=told)  # fmt: skip

    shown = " ".join(render_scorecard(card).split())
    assert "likely it behaves like a program that changes what it received to capital" in shown
    assert card.likely(result("CLS-09")) is None
