"""Random stories of what a peer is about to do, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

from pytest_sockets.faults import Coalesce, Delay, Fragment, HalfClose
from pytest_sockets.faults import Reset as ResetFault
from pytest_sockets.wire.events import Event, Finished, Paused, Sent

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
faults = st.one_of(
    sizes,
    offsets,
    st.just(Coalesce()),
    st.builds(Delay, seconds=st.floats(0, 3)),
    st.just(HalfClose()),
    st.builds(ResetFault, after=st.none() | st.integers(0, 60)),
)


def bytes_of(events: Sequence[Event]) -> bytes:
    """Return all bytes that ``events`` send, in their order."""
    return b"".join(event.data for event in events if isinstance(event, Sent))
