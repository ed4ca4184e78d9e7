"""Coalesce joins what would go out in one breath."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from pytest_sockets.faults import Coalesce, Fragment
from pytest_sockets.faults.fault import plan
from pytest_sockets.wire.events import Event, Paused, Sent

from .stories import bytes_of, law, messages, sizes, stories


@law
@given(messages)
def test_messages_in_a_row_become_one(data: list[bytes]) -> None:
    """Of several messages without anything between them one is left."""
    planned = Coalesce().plan([Sent(data=each) for each in data])
    assert len(planned) == min(len(data), 1)


@law
@given(stories())
def test_no_two_messages_are_neighbours(story: list[Event]) -> None:
    """Behind the plan of Coalesce a message is never followed by a message."""
    planned = Coalesce().plan(story)
    assert not any(isinstance(a, Sent) and isinstance(b, Sent) for a, b in pairwise(planned))


@law
@given(stories())
def test_what_lies_between_messages_stays(story: list[Event]) -> None:
    """Pauses and the close are as many as before, and in the same order."""
    planned = Coalesce().plan(story)
    assert [e for e in planned if not isinstance(e, Sent)] == [
        e for e in story if not isinstance(e, Sent)
    ]


@law
@given(messages, sizes)
def test_pieces_that_are_joined_are_pieces_no_more(data: list[bytes], cut: Fragment) -> None:
    """Coalesce undoes Fragment: no boundary of it is promised any longer."""
    told = [Sent(data=each) for each in data if len(each) > 1]
    planned = plan([cut, Coalesce()], told)
    joined = [e for e in planned if isinstance(e, Sent) and e.note is not None]
    assert bytes_of(planned) == bytes_of(told)
    assert not any(event.piece for event in joined)


def test_messages_of_two_connections_stay_apart() -> None:
    """Bytes of one connection never get into another."""
    told = [Sent(data=b"a", connection=1), Sent(data=b"b", connection=2)]
    assert Coalesce().plan(told) == told


def test_a_pause_keeps_messages_apart() -> None:
    """Silence between two messages is a reason not to join them."""
    told = [Sent(data=b"a"), Paused(seconds=1), Sent(data=b"b")]
    assert Coalesce().plan(told) == told
