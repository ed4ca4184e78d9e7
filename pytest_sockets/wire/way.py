"""The two ways through a proxy: which faults each has, and what they did.

Knows how faults are added, taken away and counted while connections come and
go. Does not know how a conversation is planned, nor sockets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from types import TracebackType
from typing import Literal, Protocol

from pytest_sockets.faults.fault import NAMES, Fault, Medium, media
from pytest_sockets.faults.receipt import Receipt
from pytest_sockets.findings import Misuse
from pytest_sockets.messages import Message, message

from .events import Event, Finished

Party = Literal["client", "server"]

Connections = int | Collection[int]
"""On which connections a fault works: the first so many, or those with these numbers, from 1."""

_CARRIED: dict[Medium, Message] = {
    "tcp": message("streams"),
    "unix": message("AF_UNIX streams"),
    "udp": message("datagrams"),
}


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

    ``sender`` says who speaks. ``apart`` counts the pieces that the receiver was
    proved to have taken before the next was sent; ``unproved`` those of which
    that can't be seen.
    """

    def __init__(self, sender: Party, medium: Medium) -> None:
        self.sender = sender
        self.medium = medium
        self.faults: tuple[ActiveFault, ...] = ()
        self.apart = 0
        self.unproved = 0
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
        active = ActiveFault(self._fitting(fault), self, connections)
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
        """End what is sent on every open connection now, as ``fault`` plans the end.

        ``Reset()`` resets both ends, ``Truncate(0)`` or ``HalfClose()`` sends FIN to
        the receiver. Returns on how many connections.

        Raises:
            Misuse: it is no fault, or not one for what this proxy carries.
        """
        planned = self._fitting(fault).plan([Finished()])
        with self._changed:
            carriers = tuple(self._carriers)
        for carrier in carriers:
            carrier.end_as(planned)
        return len(carriers)

    @property
    def size(self) -> int:
        """How many bytes were handed on so far, or are just being handed on."""
        with self._changed:
            return self._carried_before + sum(carrier.carried for carrier in self._carriers)

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until ``condition()`` holds, looking again when a fault was counted; False in time.

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

    def piece(self, *, apart: bool) -> None:
        """Count a piece; ``apart`` tells whether it is proved that it was taken by itself."""
        with self._changed:
            self.apart += apart
            self.unproved += not apart
            self._changed.notify_all()

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

    def _fitting(self, fault: Fault) -> Fault:
        if not callable(getattr(fault, "plan", None)) or isinstance(fault, type):
            text = "faults: {given} is no fault, such as Delay(0.1) or Fragment(size=1)"
            raise Misuse(message(text, given=repr(fault)))
        if self.medium not in media(fault):
            text = "faults: {fault} is for {fits}, and this proxy carries {carried}"
            fits, carried = NAMES[media(fault)], _CARRIED[self.medium]
            raise Misuse(message(text, fault=type(fault).__name__, fits=fits, carried=carried))
        return fault


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
