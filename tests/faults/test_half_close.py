"""HalfClose finishes right behind the last message."""

from __future__ import annotations

from hypothesis import given

from pytest_sockets.faults import HalfClose
from pytest_sockets.wire.events import Event, Finished, Paused, Sent

from .stories import law, stories


@law
@given(stories())
def test_fin_follows_the_last_message(story: list[Event]) -> None:
    """There is one FIN, directly behind the last message, and no message behind it."""
    planned = HalfClose().plan(story)
    sent = [i for i, event in enumerate(planned) if isinstance(event, Sent)]
    finished = [i for i, event in enumerate(planned) if isinstance(event, Finished)]
    assert not sent or finished == [sent[-1] + 1]


@law
@given(stories())
def test_without_a_message_nothing_changes(story: list[Event]) -> None:
    """Where nothing is said the close stays where it was."""
    silent = [event for event in story if not isinstance(event, Sent)]
    assert HalfClose().plan(silent) == silent


def test_a_pause_behind_the_last_message_comes_after_fin() -> None:
    """The program is told at once that no more will come."""
    told = [Sent(data=b"a"), Paused(seconds=1), Finished()]
    assert HalfClose().plan(told) == [Sent(data=b"a"), Finished(), Paused(seconds=1)]
