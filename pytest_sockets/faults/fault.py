"""What a fault is: a pure map from events to events, and how several combine.

A fault that depends on what has gone by, or that holds something back, is a
value too: ``then`` returns the fault as it is afterwards. Knows no sockets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, Protocol, runtime_checkable

from pytest_sockets.messages import Message, message
from pytest_sockets.wire.events import Datagram, Event, Sent

Medium = Literal["tcp", "unix", "udp", "program"]

TCP: frozenset[Medium] = frozenset({"tcp"})
STREAM: frozenset[Medium] = TCP | {"unix"}
DATAGRAM: frozenset[Medium] = frozenset({"udp"})
ANY: frozenset[Medium] = STREAM | DATAGRAM
PROGRAM: frozenset[Medium] = frozenset({"program"})
NAMES: dict[frozenset[Medium], Message] = {
    TCP: message("TCP"),
    STREAM: message("streams"),
    DATAGRAM: message("datagrams"),
    ANY: message("streams and datagrams"),
    PROGRAM: message("programs"),
}


class Fault(Protocol):
    """Something that goes wrong in a way that can be planned.

    An attribute ``media`` says where it makes sense: one of the keys of
    ``NAMES``. Without it a fault fits streams and datagrams. A fault of one's own
    needs no base class, only ``plan``; with this one a list of several kinds is a
    list of faults to a type checker. Where its ``plan`` raises an error, a proxy
    breaks the connection off, or loses the datagram, and the test fails.
    """

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return what happens instead of ``events``; the argument is not changed."""


class Step:
    """A step of a script: what one peer does or expects. Some faults are steps as well.

    A base class, so that to a type checker a list of several kinds is a list of steps.
    """


@runtime_checkable
class Progressing(Protocol):
    """A fault that is another one after some events have gone by."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return what happens instead of ``events``; the argument is not changed."""

    def then(self, events: Sequence[Event]) -> Fault:
        """Return the fault as it is once ``events`` were planned."""


@runtime_checkable
class Holding(Progressing, Protocol):
    """A fault that holds events back until others come, or until nothing comes."""

    @property
    def held(self) -> tuple[Event, ...]:
        """The events that were given to it and not yet planned."""

    @property
    def patience(self) -> float:
        """Seconds of silence after which what is held goes on its way."""

    def released(self) -> Fault:
        """Return the fault as it is once what it held has gone on its way."""


def plan(faults: Iterable[Fault], events: Sequence[Event]) -> list[Event]:
    """Return what becomes of ``events`` when each fault is applied in turn."""
    planned = list(events)
    for fault in faults:
        planned = fault.plan(planned)
    return planned


def then(fault: Fault, events: Sequence[Event]) -> Fault:
    """Return ``fault`` as it is once ``events`` were planned: most have no memory."""
    return fault.then(events) if isinstance(fault, Progressing) else fault


def media(fault: Fault) -> frozenset[Medium]:
    """Return where ``fault`` makes sense."""
    found: frozenset[Medium] = getattr(fault, "media", ANY)
    return found


def size(events: Iterable[Event]) -> int:
    """Return how many bytes of a stream ``events`` send, a datagram counting as one."""
    return sum(_size(event) for event in events)


def divided(events: Sequence[Event], count: int) -> tuple[list[Event], list[Event]]:
    """Return ``events`` up to ``count`` bytes (or datagrams), and what is behind them.

    A message that crosses the border is cut in two.
    """
    for place, event in enumerate(events):
        if count == 0:
            return list(events[:place]), list(events[place:])
        if isinstance(event, Sent) and len(event.data) > count:
            head, tail = cut(event, count)
            return [*events[:place], head], [tail, *events[place + 1 :]]
        count -= _size(event)
    return list(events), []


def cut(event: Sent, at: int) -> tuple[Sent, Sent]:
    """Return the first ``at`` bytes of a message and the rest, each a message."""
    return replace(event, data=event.data[:at]), replace(event, data=event.data[at:])


def _size(event: Event) -> int:
    return len(event.data) if isinstance(event, Sent) else int(isinstance(event, Datagram))
