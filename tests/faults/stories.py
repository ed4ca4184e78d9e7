"""Random stories of what a peer is about to do, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

from pytest_sockets.faults import (
    After,
    Coalesce,
    Corrupt,
    Delay,
    Duplicate,
    Fault,
    Fragment,
    HalfClose,
    Lose,
    Reorder,
    Stall,
    Throttle,
    Truncate,
)
from pytest_sockets.faults import Reset as ResetFault
from pytest_sockets.wire.events import Datagram, Event, Finished, Paused, Sent

law = settings(deadline=None, derandomize=True, database=None)
"""A law is tried with the same examples in every run, however slow the machine is."""

messages = st.lists(st.binary(max_size=40), max_size=6)


@st.composite
def stories(draw: st.DrawFn) -> list[Event]:
    """Messages and pauses of one connection, with or without a close behind them."""
    connection = draw(st.integers(1, 3))
    sent = st.builds(Sent, data=st.binary(max_size=40), connection=st.just(connection))
    paused = st.builds(Paused, seconds=st.floats(0.1, 2), connection=st.just(connection))
    events: list[Event] = draw(st.lists(sent | paused, max_size=8))
    return [*events, Finished(connection=connection)] if draw(st.booleans()) else events


sizes = st.builds(Fragment, size=st.integers(1, 50))
offsets = st.builds(Fragment, at=st.lists(st.integers(1, 50), min_size=1, max_size=5).map(tuple))
counts = st.integers(0, 60)
seeds = st.integers(0, 1000)
rates = st.floats(0, 1)
stepwise = st.one_of(
    sizes,
    st.builds(Delay, seconds=st.floats(0, 3)),
    st.builds(Throttle, rate=st.floats(1, 1e6)),
    st.builds(ResetFault, after=counts),
    st.builds(Truncate, after=counts),
    st.builds(Stall, after=counts, seconds=st.none() | st.floats(0, 3)),
    st.builds(Corrupt, rate=rates, seed=seeds),
    st.builds(Corrupt, at=st.lists(counts, min_size=1, max_size=5).map(tuple), seed=seeds),
)
"""Faults that plan a stream bit by bit as they plan it whole."""

late = st.builds(After, count=counts, fault=stepwise)
faults = st.one_of(
    stepwise,
    late,
    offsets,
    st.just(Coalesce()),
    st.just(HalfClose()),
    st.just(ResetFault()),
)

numbers = st.lists(st.integers(1, 12), min_size=1, max_size=5).map(tuple)


def _chosen(kind: type[Fault], **more: st.SearchStrategy[object]) -> st.SearchStrategy[Fault]:
    by_rate = st.builds(kind, rate=rates, seed=seeds, **more)
    return by_rate | st.builds(kind, numbers=numbers, **more)


datagram_faults = st.one_of(
    _chosen(Lose),
    _chosen(Duplicate, times=st.integers(2, 4)),
    _chosen(Reorder, by=st.integers(1, 3)),
    st.builds(Corrupt, rate=rates, seed=seeds),
    st.builds(Delay, seconds=st.floats(0, 3)),
    st.builds(Throttle, rate=st.floats(1, 1e6)),
    st.builds(Stall, after=st.integers(0, 5)),
)


@st.composite
def exchanges(draw: st.DrawFn) -> list[Event]:
    """Datagrams of one sender; no two are equal."""
    bodies = draw(st.lists(st.binary(max_size=10), max_size=10))
    return [
        Datagram(data=b"%d %s" % (place, body), local=("127.0.0.1", 1), remote=("127.0.0.1", 2))
        for place, body in enumerate(bodies)
    ]


def datagrams_of(events: Sequence[Event]) -> list[bytes]:
    """Return the contents of all datagrams among ``events``, in their order."""
    return [event.data for event in events if isinstance(event, Datagram)]


def bytes_of(events: Sequence[Event]) -> bytes:
    """Return all bytes that ``events`` send, in their order."""
    return b"".join(event.data for event in events if isinstance(event, Sent))
