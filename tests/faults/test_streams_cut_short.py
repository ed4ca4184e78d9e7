"""Truncate, Stall, Throttle, Corrupt and After do what they were told, where they were told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import (
    After,
    Coalesce,
    Corrupt,
    Fragment,
    Reset,
    Stall,
    Throttle,
    Truncate,
)
from pytest_sockets.faults.fault import Fault, then
from pytest_sockets.wire.events import Finished, Paused, Sent

from .stories import bytes_of, law

HELLO = Sent(data=b"hello")


def test_a_truncated_stream_ends_behind_its_last_byte() -> None:
    """FIN comes with the border, not with the byte behind it; the rest is lost."""
    assert Truncate(3).plan([HELLO, HELLO]) == [Sent(data=b"hel"), Finished()]
    assert Truncate(5).plan([HELLO]) == [HELLO, Finished()]
    assert Truncate(6).plan([HELLO]) == [HELLO]


def test_what_comes_behind_a_truncated_stream_is_lost() -> None:
    """Its end comes once."""
    assert then(Truncate(3), [HELLO]).plan([HELLO, Finished()]) == []


def test_a_stall_comes_once_and_loses_nothing() -> None:
    """The pause is at the border, and lasts until the fault ends when no time is given."""
    planned = Stall(after=2).plan([HELLO])
    assert planned == [Sent(data=b"he"), Paused(seconds=math.inf), Sent(data=b"llo")]
    assert then(Stall(after=2), [HELLO]).plan([HELLO]) == [HELLO]


@law
@given(st.binary(min_size=1, max_size=300), st.floats(1, 1e4))
def test_a_throttled_message_takes_its_time(data: bytes, rate: float) -> None:
    """All pauses together are the size divided by the rate, and no byte comes unpaid."""
    planned = Throttle(rate).plan([Sent(data=data)])
    pauses = [event.seconds for event in planned if isinstance(event, Paused)]
    assert math.isclose(sum(pauses), len(data) / rate)
    assert isinstance(planned[0], Paused)
    assert bytes_of(planned) == data


@law
@given(st.binary(min_size=1, max_size=100), st.sets(st.integers(0, 120), min_size=1))
def test_exactly_the_named_bytes_are_corrupted(data: bytes, at: set[int]) -> None:
    """A changed byte never keeps its value; no other byte changes."""
    changed = bytes_of(Corrupt(at=tuple(at)).plan([Sent(data=data)]))
    differing = {place for place, (a, b) in enumerate(zip(data, changed, strict=True)) if a != b}
    assert differing == {offset for offset in at if offset < len(data)}


@pytest.mark.parametrize(("rate", "share"), [(0.0, 0), (1.0, 10_000), (0.01, 100)])
def test_a_rate_is_what_becomes_of_many_bytes(rate: float, share: int) -> None:
    """Of 10,000 bytes about that share is changed: within six standard deviations."""
    data = bytes(10_000)
    changed = bytes_of(Corrupt(rate, seed=4711).plan([Sent(data=data)]))
    count = sum(byte != 0 for byte in changed)
    assert abs(count - share) <= 6 * math.sqrt(10_000 * rate * (1 - rate))


def test_another_seed_changes_other_bytes() -> None:
    """Nothing but the seed tells two runs apart."""
    plans = [Corrupt(0.1, seed=seed).plan([Sent(data=bytes(1000))]) for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


def test_a_fault_begins_behind_so_many_bytes() -> None:
    """A message across the border is cut, and only its second part goes through the fault."""
    planned = After(2, Fragment(size=1)).plan([HELLO])
    pieces = [Sent(data=b"%c" % byte, piece=True) for byte in b"llo"]
    assert planned == [Sent(data=b"he"), *pieces]


def test_a_fault_begins_with_what_comes_behind_its_moment() -> None:
    """With nothing behind it, it does not begin: the end of the stream is something."""
    assert After(5, Reset()).plan([HELLO]) == [HELLO]
    assert [event.name for event in After(5, Reset()).plan([HELLO, Finished()])] == [
        "sent",
        "reset",
    ]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Truncate(-1), "Truncate ends after 0 bytes or more, not -1"),
        (lambda: Stall(after=-1), "Stall comes after 0 bytes or more, not -1"),
        (lambda: Stall(seconds=-1), "Stall lasts 0 seconds or more, not -1"),
        (lambda: Throttle(0), "Throttle needs a rate and a tick above 0, not 0 and 0.02"),
        (Corrupt, "Corrupt needs either a rate or offsets"),
        (lambda: Corrupt(2), "Corrupt: a rate is from 0 to 1, not 2"),
        (lambda: Corrupt(at=(-1,)), "Corrupt: offsets count from 0, not from -1"),
        (lambda: Coalesce(size=1), "Coalesce joins 2 bytes or more, not 1"),
        (lambda: Coalesce(silence=0), "Coalesce waits for a silence above 0 s, not 0"),
        (lambda: After(-1, Reset()), "After lets 0 bytes or more go by, not -1"),
    ],
)
def test_what_makes_no_sense_is_named(make: Callable[[], Fault], said: str) -> None:
    """An error tells the fault, what it takes and what it was given."""
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()
