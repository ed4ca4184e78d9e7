"""Delay puts silence before each message."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import Delay
from pytest_sockets.wire.events import Event, Paused, Sent

from .stories import law, stories


@law
@given(stories(), st.floats(0.001, 3))
def test_silence_precedes_every_message(story: list[Event], seconds: float) -> None:
    """Without the added pauses the plan is the story; each message has one before it."""
    planned = Delay(seconds).plan(story)
    added = {i - 1 for i, event in enumerate(planned) if isinstance(event, Sent)}
    pauses = [planned[i] for i in sorted(added)]
    assert all(isinstance(pause, Paused) and pause.seconds == seconds for pause in pauses)
    assert [event for i, event in enumerate(planned) if i not in added] == story


@law
@given(stories())
def test_a_delay_of_nothing_changes_nothing(story: list[Event]) -> None:
    """0 seconds are no pause at all."""
    assert Delay(0).plan(story) == story


@pytest.mark.parametrize("seconds", [-1, -0.001, math.nan])
def test_time_does_not_run_backwards(seconds: float) -> None:
    """A negative delay, and one that is no number, is an error."""
    with pytest.raises(ValueError, match=r"^Delay waits 0 seconds or more, not"):
        Delay(seconds)
