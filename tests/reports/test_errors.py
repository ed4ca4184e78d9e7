"""What is said of the errors that socket programs often end with."""

from __future__ import annotations

import re

import pytest

from pytest_sockets.findings import CRASHED
from pytest_sockets.messages import Message, message
from pytest_sockets.reports.errors import KNOWN, meaning
from pytest_sockets.reports.terminal import render_scorecard
from pytest_sockets.wire.events import Event

from .samples import called, failed, scorecard

NOT_LISTENING = "OSError: [Errno 22] Invalid argument"


def crashed(error: str) -> Message:
    """Return what is said of a program that has crashed."""
    return message(CRASHED, error=error)


def meant(error: str, *trace: Event) -> str:
    """Return what is said of an ``error`` that ended a program with this trace, "" for nothing."""
    return str(meaning(failed(observed=crashed(error), transcript=trace)) or "")


def test_an_error_is_explained_by_the_call_in_which_it_came() -> None:
    """The same words of the system mean one thing in accept and another in recv."""
    in_accept = meant(NOT_LISTENING, called("accept", 7, 0.1, error=NOT_LISTENING))
    in_recv = meant(NOT_LISTENING, called("recv", 7, 0.1, error=NOT_LISTENING))
    assert "listen() comes after bind()" in in_accept
    assert "this is the listening socket" in in_recv


def test_an_error_that_came_elsewhere_is_not_taken_for_the_one_that_ended_it() -> None:
    """A refusal that the program has caught explains nothing."""
    caught = called("accept", 7, 0.1, error="TimeoutError: timed out")
    assert meant(NOT_LISTENING, caught) == ""


def test_a_crash_is_found_inside_of_what_was_observed() -> None:
    """The crash may be told as the reason of something else."""
    doing = crashed("AttributeError: 'tuple' object has no attribute 'recv'")
    inside = message("{what}; {doing}", what="refused", doing=doing)
    assert "accept returns two things" in str(meaning(failed(observed=inside)))


@pytest.mark.parametrize("said", [
    "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xc4 in position 0",
    "SyntaxError: Non-UTF-8 code starting with '\\xc4' in file hw.py on line 1",
])  # fmt: skip
def test_a_file_in_another_encoding_is_told_as_such(said: str) -> None:
    """Editors in China save in GBK: Python tells a byte, and not what to do."""
    assert "save it as UTF-8" in meant(said)


def test_an_error_that_nobody_knows_is_left_to_python() -> None:
    """Then nothing is said, and neither is it of a program that has not crashed."""
    assert meant("ZeroDivisionError: division by zero") == ""
    assert meaning(failed()) is None


def test_what_an_error_means_stands_below_it() -> None:
    """The behaviour's own advice stays, since it says what to do."""
    trace = [called("accept", 7, 0.1, error=NOT_LISTENING)]
    result = failed(
        observed=crashed(NOT_LISTENING), transcript=trace, errors=b"Traceback", hint="x"
    )
    told = render_scorecard(scorecard(result))
    assert "  means      the socket does not listen" in told
    assert "  try        x" in told


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: str(known.means)[:40])
def test_what_is_known_is_a_pattern_and_a_sentence(known: object) -> None:
    """Each can be looked for, and none ends in a full stop of its own."""
    text, means = vars(known)["text"], str(vars(known)["means"])
    assert re.compile(text)
    assert not means.endswith(".")
    assert means[0].islower()
