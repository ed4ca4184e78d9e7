"""The story of a program that plays both ends of a conversation, told by its own calls.

Knows which descriptor is which end: what called connect, or sent a datagram
unbound, is the client. Nobody else was on the wire, so an arrow says that a call
sent something and returned; what came of it is told by the calls that follow.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pytest_sockets.literals import arguments_of
from pytest_sockets.messages import Message, message, size_of
from pytest_sockets.wire.events import Called, Event

from .folding import fold_runs
from .row import Row
from .rows import Sources, call_of

Handle = tuple[int, int]
"""A descriptor, and how many sockets had its number before."""

FINISHES = {"SHUT_WR", "SHUT_RDWR", "1", "2"}
SENDS = {"send", "sendall", "sendto", "sendmsg"}


@dataclass
class _Ends:
    """What each descriptor was used for."""

    connected: set[Handle] = field(default_factory=set)
    bound: set[Handle] = field(default_factory=set)
    listening: set[Handle] = field(default_factory=set)
    datagrams: set[Handle] = field(default_factory=set)


def both_ends(events: Sequence[Event], sources: Sources) -> list[Row]:
    """Return the story of ``events``, which are sorted by ``at``: one row for each call.

    The client is on the left, side ``peer``. Rows with an arrow are numbered.
    """
    calls = list(_with_handles(events))
    ends = _uses(calls)
    told: list[Row] = []
    for handle, call in calls:
        row = replace(_row(handle, call, ends), calls=(call_of(call, sources),))
        if row.arrow:
            number = 1 + sum(before.arrow for before in told)
            told.append(replace(row, number=number, side=_side(handle, ends)))
        elif told and not told[-1].arrow:
            told[-1] = replace(told[-1], calls=told[-1].calls + row.calls)
        else:
            told.append(row)
    return fold_runs(told)


def _with_handles(events: Iterable[Event]) -> Iterator[tuple[Handle, Called]]:
    """Yield each call that returned, with the socket that it was a method of."""
    closed: Counter[int] = Counter()
    for event in events:
        if isinstance(event, Called) and not event.entered and event.fd is not None:
            yield (event.fd, closed[event.fd]), event
            closed[event.fd] += event.call == "close"


def _uses(calls: Iterable[tuple[Handle, Called]]) -> _Ends:
    ends = _Ends()
    for handle, call in calls:
        if call.call in ("connect", "connect_ex"):
            ends.connected.add(handle)
        elif call.call == "bind":
            ends.bound.add(handle)
        elif call.call in ("listen", "accept"):
            ends.listening.add(handle)
        elif call.call.startswith(("sendto", "recvfrom")):
            ends.datagrams.add(handle)
    return ends


def _side(handle: Handle, ends: _Ends) -> Literal["peer", "program"]:
    client = handle in ends.connected or (handle in ends.datagrams and handle not in ends.bound)
    return "peer" if client else "program"


def _row(handle: Handle, call: Called, ends: _Ends) -> Row:
    """Return the row of one call, as yet without the call and its side."""
    stream = bool(ends.listening) and handle not in ends.datagrams
    if call.call in ("connect", "connect_ex"):
        return _connects(call, stream=stream)
    if call.error is not None:
        return Row()
    if call.call in SENDS and call.size is not None:
        return _sends(call, call.size) if call.size or not stream else Row()
    if stream and call.call == "shutdown" and call.arguments in FINISHES:
        return Row(arrow=True, label=Message("FIN"))
    unused = (ends.bound | ends.listening) - ends.connected
    if stream and call.call == "close" and handle not in unused:
        return Row(arrow=True, label=message("closes"))
    return Row()


def _connects(call: Called, *, stream: bool) -> Row:
    refused = str(errno.ECONNREFUSED) == call.result or "Refused" in (call.error or "")
    if refused:
        return Row(arrow=True, label=message("connects"), broken=message("refused"))
    if stream and call.error is None and call.result in ("", "0"):
        return Row(arrow=True, label=message("connects"))
    return Row()


def _sends(call: Called, size: int) -> Row:
    """Return the bytes as far as the trace has kept them, which is when they are few."""
    try:
        data = arguments_of(call.arguments)[0]
    except ValueError:
        data = None
    if isinstance(data, bytes) and len(data) == size:
        return Row(arrow=True, data=data)
    return Row(arrow=True, label=size_of(size))
