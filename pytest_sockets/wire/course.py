"""What one sender says on one connection, as the faults of its way plan it, step by step.

Knows what each fault has seen so far and holds back. Does not know sockets, nor
when a pause is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from numbers import Real

from pytest_sockets.faults.after import After
from pytest_sockets.faults.coalesce import Coalesce
from pytest_sockets.faults.ended import Ended
from pytest_sockets.faults.fault import Fault, Holding, then
from pytest_sockets.faults.receipt import receipt
from pytest_sockets.messages import translatable

from .events import Datagram, Event, Paused, Sent
from .way import ActiveFault, Way

Planned = list[tuple[Event, ActiveFault | None]]
"""What is to happen, each pause with the fault that made it."""

LOST = translatable("lost")
"""The note of what a sender said and the faults let nobody have."""


class Course:
    """What one sender says to one receiver, as the faults of its way plan it.

    Each fault counts anew for each connection, from the moment it was added.
    ``connection`` is the number of this one.
    """

    def __init__(self, way: Way, connection: int) -> None:
        self._way = way
        self._connection = connection
        self._states: dict[ActiveFault, Fault] = {}

    @property
    def free(self) -> bool:
        """True while no fault is at work."""
        return not self.faults and not self._states

    @property
    def faults(self) -> tuple[ActiveFault, ...]:
        """The faults that work here now."""
        return self._way.faults_of(self._connection)

    @property
    def joins(self) -> Coalesce | None:
        """The Coalesce that waits for messages to join, None without one."""
        return next((fault for fault, left in self._joining() if not left), None)

    @property
    def border(self) -> int | None:
        """Bytes behind which a Coalesce will begin to join, None without one."""
        return min((left for _, left in self._joining() if left), default=None)

    @property
    def held(self) -> int:
        """How many events are held back now."""
        return sum(_held(fault) for fault in self._states.values())

    @property
    def patience(self) -> float | None:
        """Seconds of silence after which held events are released; None when there are none."""
        waits = [f.patience for f in self._states.values() if isinstance(f, Holding) and f.held]
        return min(waits, default=None)

    def plan(self, events: Sequence[Event]) -> Planned:
        """Return what happens instead of ``events``, each pause with the fault that made it.

        Raises:
            Misuse: a fault has failed; its way knows of it.
        """
        planned: list[Event] = [*self._left_over(), *events]
        return self._through(self.faults, planned)

    def release(self) -> Planned:
        """Return what was held back, since nothing more comes."""
        planned = self.plan([])
        faults = self.faults
        for place, active in enumerate(faults):
            fault = self._state(active)
            if isinstance(fault, Holding) and fault.held:
                self._states[active] = fault.released()
                self._way.counted(active, receipt([], fault.held, -len(fault.held)))
                planned += self._through(faults[place + 1 :], list(fault.held))
        return planned

    def _joining(self) -> Iterator[tuple[Coalesce, int]]:
        """Yield each Coalesce with the bytes that are to go by before it begins."""
        for active in self.faults:
            left, fault = _begun(self._state(active))
            if isinstance(fault, Coalesce):
                yield fault, left

    def _state(self, active: ActiveFault) -> Fault:
        return self._states.get(active, active.fault)

    def _left_over(self) -> list[Event]:
        """Forget the faults that were taken away; return what they held back."""
        here = self.faults
        gone = [active for active in self._states if active not in here]
        faults = [self._states.pop(active) for active in gone]
        return [event for fault in faults if isinstance(fault, Holding) for event in fault.held]

    def _through(self, faults: Sequence[ActiveFault], events: list[Event]) -> Planned:
        planned: Planned = [(event, None) for event in events]
        for active in faults:
            before = [event for event, _ in planned]
            if not before:
                break
            # Equal pauses of two faults are told apart by their identity.
            makers = {id(event): maker for event, maker in planned}
            made = self._step(active, before)
            planned = [
                (event, makers[id(event)] if id(event) in makers else _maker(event, active))
                for event in made
            ]
        return planned

    def _step(self, active: ActiveFault, events: list[Event]) -> list[Event]:
        __tracebackhide__ = True
        try:
            return self._made(active, events)
        except BaseException as error:
            raise self._way.failed(active, error) from error

    def _made(self, active: ActiveFault, events: list[Event]) -> list[Event]:
        __tracebackhide__ = True
        fault = self._state(active)
        made = _performable(fault.plan(events))
        after = self._states[active] = then(fault, events)
        more = receipt(events, made, _held(after) - _held(fault))
        # What is lost behind an end was counted with the end.
        self._way.counted(active, replace(more, times=0) if isinstance(fault, Ended) else more)
        return made


def _begun(fault: Fault) -> tuple[int, Fault]:
    """Return how many bytes are to go by before a fault begins, and what does then."""
    if not isinstance(fault, After):
        return 0, fault
    left, inner = _begun(fault.fault)
    return fault.count + left, inner


def _maker(event: Event, active: ActiveFault) -> ActiveFault | None:
    return active if isinstance(event, Paused) else None


def _performable(made: Iterable[Event]) -> list[Event]:
    """Return what a fault has ``made`` where it can be performed.

    Raises:
        TypeError: it can't.
    """
    __tracebackhide__ = True
    events = list(made)
    for event in events:
        if not isinstance(event, Event):
            raise TypeError(f"its plan holds {event!r}, which is no event")
        if isinstance(event, (Sent, Datagram)) and not isinstance(event.data, (bytes, bytearray)):
            raise TypeError(f"its plan sends {event.data!r}, which is not bytes")
        if isinstance(event, Paused) and not isinstance(event.seconds, Real):
            raise TypeError(f"its plan pauses for {event.seconds!r}, which is no number")
    return events


def _held(fault: Fault) -> int:
    return len(fault.held) if isinstance(fault, Holding) else 0


def lost(given: Sequence[Event], planned: Sequence[Event]) -> int:
    """Return how many bytes, or datagrams, of what was given are not planned."""
    return _amount(given) - _amount(planned)


def _amount(events: Sequence[Event]) -> int:
    return sum(
        len(event.data) if isinstance(event, Sent) else isinstance(event, Datagram)
        for event in events
    )
