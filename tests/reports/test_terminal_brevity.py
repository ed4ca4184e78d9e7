"""A scorecard says a thing once: what repeats itself hides what matters."""

from __future__ import annotations

import pytest

from pytest_sockets.messages import message
from pytest_sockets.reports.terminal import render_overview, render_scorecard
from pytest_sockets.results import Outcome
from pytest_sockets.wire.events import Event

from .samples import failed, opened, result, scorecard


def test_what_was_not_judged_for_one_reason_has_it_once() -> None:
    """Behaviours that share a reason stand together above it."""
    why = [
        message("its process is not ours"),
        message("no TIME_WAIT"),
        message("its process is not ours"),
    ]
    results = [
        result(slug, Outcome.NOT_JUDGED, reason=reason)
        for slug, reason in zip(("one", "two", "three"), why, strict=True)
    ]
    told = render_scorecard(scorecard(*results)).split("\n")
    place = told.index("not judged")
    assert told[place + 2 : place + 7] == [
        "  ? one",
        "  ? three",
        "      its process is not ours",
        "  ? two",
        "      no TIME_WAIT",
    ]


def test_an_error_of_the_harness_keeps_its_lines() -> None:
    """A traceback is read line by line, as it was raised."""
    reason = message(
        "an error of the harness: {error}", error="Traceback:\n  File x\nOSError: no\n"
    )
    told = render_scorecard(scorecard(result("a", Outcome.NOT_JUDGED, reason=reason))).split("\n")
    place = told.index("      an error of the harness: Traceback:")
    assert told[place + 1 : place + 3] == ["        File x", "      OSError: no"]


def test_a_cause_that_was_observed_is_told_once() -> None:
    """A crash that is what was observed needs no line of its own for the cause."""
    crash = message("the program crashed: {error}", error="OSError: no")
    observed = message("it can't: {error}", error="OSError: no")
    told = render_scorecard(scorecard(failed(observed=observed, because=crash)))
    assert ("because" in told, "observed   it can't: OSError: no" in told) == (False, True)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "mend this error first: stderr names its file and line"),
        ([opened()], 'keep calling recv until it returns b"", and only then close.'),
    ],
)
def test_a_crash_before_any_conversation_comes_first(events: list[Event], told: str) -> None:
    """What the behaviour would advise is of no use yet; later it may be the very cause."""
    crash = message("the program crashed: {error}", error="NameError: no")
    card = scorecard(failed(observed=crash, errors=b"NameError: no\n", transcript=events))
    assert f"try        {told}" in " ".join(render_scorecard(card, width=100).split("\n"))


def test_what_to_do_about_this_failure_stands_where_the_hint_would() -> None:
    """The behaviour's own hint would be about another failure."""
    told = render_scorecard(scorecard(failed(advice=message("write {what}", what="def"), hint="x")))
    assert "  try        write def" in told.split("\n")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "sock.connect((host, port)), before anything is sent."),
        ([opened()], 'keep calling recv until it returns b"", and only then close.'),
    ],
)
def test_a_client_that_does_not_connect_is_told_to(events: list[Event], told: str) -> None:
    """Whatever the behaviour asks: it never came as far as that."""
    awaited = message("the client connects to the server")
    card = scorecard(failed(expected=awaited, transcript=events))
    assert told in " ".join(render_scorecard(card, width=100).split())


def test_what_blocks_many_is_named_once() -> None:
    """A program that never starts fails once; what that blocks takes one line each."""
    first = failed(max_points=5)
    blocked = [
        result(slug, Outcome.BLOCKED, blocked_by=first.id) for slug in ("one", "two", "three")
    ]
    told = render_scorecard(scorecard(first, *blocked)).split("\n")
    (named,) = [line for line in told if "blocked by: echoes pieces whole" in line]
    assert named.startswith("  – one")
    assert [line[4:9].strip() for line in told if "blocked by the same" in line] == ["two", "three"]


def test_several_programs_end_in_an_overview() -> None:
    """Each has a line with its points, its name, and what it was graded for."""
    other = scorecard(result("a"), target="别的 server.py")
    assert render_overview([scorecard(), other]).split("\n") == [
        "5 of 25   server.py   tcp-echo server   incomplete",
        "5 of 5   别的 server.py   tcp-echo server",
    ]
