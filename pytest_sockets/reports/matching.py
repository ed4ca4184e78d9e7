"""Which call of the program stands beside which event of the wire.

Knows that a stream keeps the order of its bytes: a call belongs to the event
that carried them, found by counting; datagrams are told apart by their size. Does
not know which descriptor is which connection: that is inferred from the bytes
too, so with several connections at once a match is likely, not certain. The
trace only explains, and so does a match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pytest_sockets.wire.events import (
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Left,
    Opened,
    Reset,
    Sent,
    Side,
    Started,
    Typed,
)

Handle = tuple[int | None, int]
"""A descriptor, and how many descriptors of its number were closed before it."""

_CONNECTS = {"connect", "connect_ex"}
_OPENS = {"accept", *_CONNECTS}
_LISTENS = {"listen", "accept"}
_ENDS = {"close", "shutdown"}


@dataclass
class Beside:
    """What came of matching: indices of events and the calls that stand beside them.

    ``loose`` are calls that moved bytes which no event shows, and calls that
    failed; ``open`` are calls that a running program had begun and not returned from.
    """

    calls: dict[int, list[Called]] = field(default_factory=lambda: defaultdict(list))
    loose: list[Called] = field(default_factory=list)
    open: list[Called] = field(default_factory=list)


def match(events: Sequence[Event]) -> Beside:
    """Return which of the ``Called`` events belongs to which other event."""
    beside = Beside(open=_still_open(events))
    matcher = _Matcher(events)
    for index, event in enumerate(events):
        if isinstance(event, Left) and event.line:
            beside.calls[index].append(_end_of(event))
        if not isinstance(event, Called) or event.entered:
            continue
        place = None if event.error else matcher.place(event)
        if place is not None:
            beside.calls[place].append(event)
        elif event.error or event.size:
            beside.loose.append(event)
    return beside


def _end_of(left: Left) -> Called:
    """Return the end of a function as a call: its line stands beside what came of it."""
    return Called(
        at=left.at, side="program", call=left.call, arguments="", result="", file=left.file,
        line=left.line,
    )  # fmt: skip


def _still_open(events: Iterable[Event]) -> list[Called]:
    """Return the calls that entered and after which their line was not heard of again.

    A program that has ended, or was started again, waits in no call; of several
    that run at once the events don't tell which one it was, so all that they
    waited in is forgotten.
    """
    latest: dict[tuple[object, ...], Called] = {}
    for event in events:
        if isinstance(event, (Exited, Started)):
            latest.clear()
        elif isinstance(event, Called):
            latest[event.call, event.fd, event.file, event.line] = event
    return [call for call in latest.values() if call.entered]


@dataclass
class _Lane:
    """One direction of one connection: what it carried, and how much of it was accounted for."""

    carried: list[tuple[int, int, float]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    reached: int = 0
    used: int = 0

    def take(self, size: int) -> list[int]:
        """Account for ``size`` bytes; return the indices of the events that carried them."""
        touched = []
        while size > 0 and self.reached < len(self.carried):
            index, length, _ = self.carried[self.reached]
            step = min(size, length - self.used)
            if step:
                touched.append(index)
            size -= step
            self.used += step
            if self.used == length:
                self.reached, self.used = self.reached + 1, 0
        return touched

    def resemblance(self, call: Called) -> Sequence[int]:
        """Return nothing when ``call`` cannot be of this lane, else less for a better fit."""
        if not call.size:
            return self.ends[:1]
        if self.reached == len(self.carried):
            return ()
        index, length, at = self.carried[self.reached]
        wrong_order = at > call.at if call.flow == "in" else at < call.at
        return (int(wrong_order), int(length - self.used != call.size), index)


class _Matcher:
    """Follows the program's calls in order and finds each one's event."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._datagrams: dict[Side, list[tuple[int, int]]] = defaultdict(list)
        self._lanes: dict[tuple[int, Side], _Lane] = defaultdict(_Lane)
        self._queues: dict[str, list[int]] = defaultdict(list)
        self._bound: dict[Handle, tuple[int, int]] = {}
        self._opened = 0
        self._closed: dict[int | None, int] = defaultdict(int)
        self._listeners: set[Handle] = set()
        for index, event in enumerate(events):
            self._lay_out(index, event)

    def _lay_out(self, index: int, event: Event) -> None:
        if isinstance(event, Datagram):
            self._datagrams[event.side].append((index, len(event.data)))
        elif isinstance(event, Sent):
            lane = self._lanes[event.connection, event.side]
            lane.carried.append((index, len(event.data), event.at))
        elif isinstance(event, (Finished, Reset)):
            self._lanes[event.connection, event.side].ends.append(index)
        elif isinstance(event, Opened):
            self._queues["accept" if event.side == "peer" else "connect"].append(index)
        elif isinstance(event, Typed):
            self._queues["input"].append(index)

    def place(self, call: Called) -> int | None:
        """Return the index of the event that ``call`` belongs to, if there is one."""
        handle = (call.fd, self._closed[call.fd])
        if call.call == "close":
            self._closed[call.fd] += 1
        if call.call in _LISTENS:
            self._listeners.add(handle)
        if call.flow and self._datagrams:
            return self._datagram(call)
        if call.flow:
            return self._carrier(call, handle)
        if call.call in _ENDS:
            return self._end(call, handle)
        self._opened += call.call in _OPENS
        queue = self._queues["connect" if call.call in _CONNECTS else call.call]
        return queue.pop(0) if queue else None

    def _datagram(self, call: Called) -> int | None:
        waiting = self._datagrams["peer" if call.flow == "in" else "program"]
        if not waiting:
            return None
        entry = next((entry for entry in waiting if entry[1] == call.size), waiting[0])
        waiting.remove(entry)
        return entry[0]

    def _carrier(self, call: Called, handle: Handle) -> int | None:
        lane = self._lane(handle, "peer" if call.flow == "in" else "program", call)
        if lane is None:
            return None
        if not call.size:
            return lane.ends[0] if lane.ends and call.flow == "in" else None
        touched = lane.take(call.size)
        if not touched:
            return None
        return touched[-1] if call.flow == "in" else touched[0]

    def _end(self, call: Called, handle: Handle) -> int | None:
        if handle in self._listeners:
            return None
        lane = self._lane(handle, "program", call)
        return lane.ends.pop(0) if lane and lane.ends else None

    def _lane(self, handle: Handle, side: Side, call: Called) -> _Lane | None:
        """Return the lane of ``handle``'s connection; a new handle gets the likeliest free one.

        A descriptor can come back without a traced close: when its socket was
        garbage. So a handle whose lane no longer fits is new again once
        another connection was opened.
        """
        bound = self._bound.get(handle)
        if bound and (bound[1] == self._opened or self._lanes[bound[0], side].resemblance(call)):
            return self._lanes[bound[0], side]
        taken = {connection for connection, _ in self._bound.values()}
        fits = [
            (lane.resemblance(call), connection)
            for (connection, owner), lane in list(self._lanes.items())
            if owner == side and connection not in taken and lane.resemblance(call)
        ]
        if not fits:
            return self._lanes[bound[0], side] if bound else None
        self._bound[handle] = (min(fits)[1], self._opened)
        return self._lanes[self._bound[handle][0], side]
