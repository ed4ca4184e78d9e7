"""The two ways through a proxy: which faults each has, and what they did.

Knows how faults are added, taken away and counted while connections come and
go. Does not know how a conversation is planned, nor sockets.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Collection, Sequence
from types import TracebackType
from typing import Literal, Protocol

from pytest_sockets.faults.checked import fitting
from pytest_sockets.faults.fault import Fault, Medium
from pytest_sockets.faults.receipt import Receipt
from pytest_sockets.findings import Misuse
from pytest_sockets.messages import message

from .events import Event, Finished, Reset, Sent

Party = Literal["client", "server"]

Connections = int | Collection[int]
"""On which connections a fault works: the first so many, or those with these numbers, from 1."""

Look = Callable[[], bool | None]
"""Tells whether a piece was taken, None where that can't be seen."""

_ENDS = (Finished, Reset)


class Carrier(Protocol):
    """What carries one direction of one connection; ``carried`` counts its bytes."""

    @property
    def carried(self) -> int:
        """How many bytes were handed on, or are just being handed on."""

    def end_as(self, events: Sequence[Event]) -> None:
        """Perform at once how the stream is to end."""


class ActiveFault:
    """A fault at work in one direction of a proxy, until ``close``; a context manager.

    ``count`` is how often it made something else of what it was given, and
    ``receipt`` says what that was. ``connections`` are those that it works on, None for all.
    """

    def __init__(self, fault: Fault, way: Way, connections: Connections | None = None) -> None:
        self.fault = fault
        self.connections = connections
        self.receipt = Receipt()
        self.closed = False
        self._way = way

    @property
    def count(self) -> int:
        """How often the fault changed something so far."""
        return self.receipt.times

    def works_on(self, connection: int) -> bool:
        """Tell whether it works on the connection with that number."""
        here = self.connections
        if here is None:
            return True
        return connection <= here if isinstance(here, int) else connection in here

    def close(self) -> None:
        """Take the fault away: its pauses end, and what comes next goes through."""
        self._way.remove(self)

    def __repr__(self) -> str:
        if self.connections is None:
            return repr(self.fault)
        return f"{self.fault!r}, connections={self.connections!r}"

    def __enter__(self) -> ActiveFault:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Way:
    """One direction through a proxy, for all of its connections.

    ``sender`` says who speaks. ``unproved`` counts the pieces of which can't be seen
    whether they are ``apart``. ``problem`` is the first failure of a fault, if any.
    """

    def __init__(self, sender: Party, medium: Medium) -> None:
        self.sender = sender
        self.medium = medium
        self.faults: tuple[ActiveFault, ...] = ()
        self.unproved = 0
        self.problem: Misuse | None = None
        self._apart = 0
        self._underway: set[Look] = set()
        self._changed = threading.Condition()
        self._wakers: set[Callable[[], None]] = set()
        self._carriers: set[Carrier] = set()
        self._carried_before = 0

    def add(self, fault: Fault, *, connections: Connections | None = None) -> ActiveFault:
        """Let ``fault`` work on what comes from now on, behind the faults there are.

        ``connections`` says on which connections: a number n for the first n that were made
        through the proxy, or those with these numbers, which count from 1, such as ``(2,)``; of
        datagrams the clients are meant. The others are carried as if there were no such fault.

        Raises:
            Misuse: it is no fault, not one for what this proxy carries, or works on no connection.
        """
        if connections is not None and not _are_numbers(connections):
            text = (
                "connections: {given} names none: give how many of the first, such as 1, "
                "or their numbers, such as (2, 3)"
            )
            raise Misuse(message(text, given=repr(connections)))
        active = ActiveFault(fitting(fault, self.medium), self, connections)
        with self._changed:
            self.faults = (*self.faults, active)
        self.wake()
        return active

    def faults_of(self, connection: int) -> tuple[ActiveFault, ...]:
        """Return the faults that work on the connection with that number now."""
        return tuple(active for active in self.faults if active.works_on(connection))

    def remove(self, active: ActiveFault) -> None:
        """Take a fault away; one that is gone already stays so."""
        active.closed = True
        with self._changed:
            self.faults = tuple(each for each in self.faults if each is not active)
        self.wake()

    def clear(self) -> None:
        """Take all faults away."""
        for active in self.faults:
            self.remove(active)

    def at_once(self, fault: Fault) -> int:
        """End what is sent on every open connection now, as ``fault`` ends a stream.

        ``Reset()`` resets both ends, ``Truncate(0)`` or ``HalfClose()`` sends FIN to
        the receiver. Returns on how many connections. Any other fault needs something
        to work on: ``add`` lets it work on what comes next.

        Raises:
            Misuse: it is no fault, not one for what this proxy carries, or ends no stream.
        """
        __tracebackhide__ = True
        ends = self._ends(fitting(fault, self.medium))
        with self._changed:
            carriers = tuple(self._carriers)
        for carrier in carriers:
            carrier.end_as(ends)
        return len(carriers)

    def _ends(self, fault: Fault) -> list[Event]:
        """Return how ``fault`` ends a stream on which nobody speaks."""
        __tracebackhide__ = True
        ends: list[Event] = [
            *(event for event in fault.plan([Sent(data=b"")]) if isinstance(event, _ENDS)),
            *(event for event in fault.plan([Finished()]) if isinstance(event, Reset)),
        ]
        if ends:
            return ends[:1]
        text = (
            "at_once: {fault} ends no stream on which nobody speaks: "
            "take Reset(), HalfClose() or Truncate(0), or add it"
        )
        if self.medium == "udp":
            text = "at_once: datagrams have no end: add({fault}) works on the next"
        raise Misuse(message(text, fault=repr(fault)))

    @property
    def apart(self) -> int:
        """How many pieces the receiver was proved to have taken before the next was sent."""
        # Whoever was answered may ask before the sender of the piece has looked again.
        with self._changed:
            return self._apart + sum(look() is True for look in self._underway)

    @property
    def size(self) -> int:
        """How many bytes were handed on so far, or are just being handed on."""
        with self._changed:
            return self._carried_before + sum(carrier.carried for carrier in self._carriers)

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until ``condition()`` holds, looking again when a fault was counted or has failed.

        False when it does not in time.

        ``timeout`` is in seconds.
        """
        with self._changed:
            return self._changed.wait_for(condition, timeout)

    def enter(self, carrier: Carrier) -> None:
        """Let ``carrier`` carry this direction of one connection."""
        with self._changed:
            self._carriers.add(carrier)

    def leave(self, carrier: Carrier) -> None:
        """Let go of a ``carrier`` whose connection is over."""
        with self._changed:
            if carrier in self._carriers:
                self._carriers.remove(carrier)
                self._carried_before += carrier.carried

    def counted(self, active: ActiveFault, more: Receipt) -> None:
        """Add to the receipt of a fault."""
        with self._changed:
            active.receipt += more
            self._changed.notify_all()

    def sends_piece(self, look: Look) -> None:
        """Note that a piece is being sent; ``look`` tells whether it was taken."""
        with self._changed:
            self._underway.add(look)

    def piece(self, look: Look, *, apart: bool) -> None:
        """Count that piece; ``apart`` tells whether it is proved that it was taken by itself."""
        with self._changed:
            self._underway.discard(look)
            self._apart += apart
            self.unproved += not apart
            self._changed.notify_all()

    def sends_no_piece(self, look: Look) -> None:
        """Forget a piece that nobody waits for any more."""
        with self._changed:
            self._underway.discard(look)

    def failed(self, active: ActiveFault, error: BaseException) -> Misuse:
        """Return the ``error`` of a fault that could not plan, as what a test is told of it."""
        why = traceback.format_exception_only(error)[-1].partition("\n")[0]
        text = "faults: {fault} has failed: {why}"
        problem = Misuse(message(text, fault=repr(active.fault), why=why))
        problem.__cause__ = error
        with self._changed:
            self.problem = self.problem or problem
            self._changed.notify_all()
        return problem

    def wake(self) -> None:
        """Make everyone who waits in this direction look again."""
        with self._changed:
            wakers = tuple(self._wakers)
        for waker in wakers:
            waker()

    def wakes(self, waker: Callable[[], None]) -> None:
        """Call ``waker`` too whenever something changes."""
        with self._changed:
            self._wakers.add(waker)

    def wakes_no_more(self, waker: Callable[[], None]) -> None:
        """Forget a ``waker``."""
        with self._changed:
            self._wakers.discard(waker)


def _are_numbers(connections: object) -> bool:
    """Tell whether they can say on which connections a fault works; see ``Way.add``."""
    if isinstance(connections, int):
        return connections > 0 and connections is not True
    if isinstance(connections, range):  # maybe a long one: range(2, 10**9) is all but the first
        return bool(connections) and min(connections[0], connections[-1]) > 0
    return (
        isinstance(connections, Collection)
        and bool(connections)
        and all(isinstance(number, int) and number > 0 for number in connections)
    )
