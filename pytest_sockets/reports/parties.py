"""How a story of two programs is told: a client on the left, a server on the right.

Knows whose event is whose. Does not know rows. Where there is one program only,
everything stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pytest_sockets.messages import Message, message
from pytest_sockets.wire.events import Called, Datagram, Event, Finished, Opened, Reset, Sent, Side

from .matching import Beside, match

WHO = {"client": message("client"), "server": message("server")}
CROSSES = (Opened, Sent, Finished, Reset, Datagram)

Column = Literal["peer", "program", "harness"]
COLUMNS: dict[Side, Column] = {
    "peer": "peer",
    "program": "program",
    "harness": "harness",
    "client": "peer",
    "server": "program",
}


def beside(events: Sequence[Event]) -> Beside:
    """Return which calls belong to which of ``events``, program by program."""
    parties = [party for party in WHO if any(event.side == party for event in events)]
    if not parties:
        return match(events)
    found = Beside()
    for party in parties:
        places = [
            place
            for place, event in enumerate(events)
            if event.side == party or isinstance(event, CROSSES)
        ]
        own = match([_seen_by(party, events[place]) for place in places])
        for place, calls in own.calls.items():
            found.calls[places[place]] += calls
        found.loose += own.loose
        found.open += own.open
    return found


def _seen_by(party: str, event: Event) -> Event:
    """Return ``event`` as in a story in which ``party`` is the program under test."""
    if isinstance(event, Called):
        return event
    return replace(event, side="program" if event.side == party else "peer")


def by_name(side: Side, remark: Message) -> Message:
    """Return a remark in the margin, with the name of the one it is about where there are two."""
    return message("{who} {what}", who=WHO[side], what=remark) if side in WHO else remark
