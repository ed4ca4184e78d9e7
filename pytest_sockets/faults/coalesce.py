"""Coalesce: several messages arrive stuck together, as one (sticky packets).

Faithful: TCP keeps no borders between messages (RFC 9293 §3.7). They are sent
in one call while the program is stopped, so that they wait as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pytest_sockets.wire.events import Event, Sent

COALESCED = "coalesced"
"""The note of a joined message: it has to wait as one before the program may read."""


@dataclass(frozen=True)
class Coalesce:
    """Join neighbouring messages of one ``send``; what lies between them stays where it is."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with every run of Sent joined."""
        planned: list[Event] = []
        for event in events:
            last = planned[-1] if planned else None
            if isinstance(event, Sent) and isinstance(last, Sent) and _same_stream(last, event):
                joined = last.data + event.data
                planned[-1] = replace(last, data=joined, piece=False, note=COALESCED)
            else:
                planned.append(event)
        return planned


def _same_stream(one: Sent, other: Sent) -> bool:
    return (one.side, one.connection) == (other.side, other.connection)
