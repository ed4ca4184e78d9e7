"""Coalesce: several messages arrive stuck together, as one (sticky packets).

Faithful: TCP keeps no borders between messages (RFC 9293 §3.7). They are sent
in one call while the program is stopped, so that they wait as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..wire.events import Event, Sent


@dataclass(frozen=True)
class Coalesce:
    """Join neighbouring messages into one; what lies between them stays where it is."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with every run of Sent joined."""
        planned: list[Event] = []
        for event in events:
            last = planned[-1] if planned else None
            if isinstance(event, Sent) and isinstance(last, Sent) and last.side == event.side:
                planned[-1] = replace(last, data=last.data + event.data, note="coalesced")
            else:
                planned.append(event)
        return planned
