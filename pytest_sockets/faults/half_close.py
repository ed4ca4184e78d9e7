"""HalfClose: the peer says that it is done (FIN) and goes on receiving.

Faithful: shutdown(SHUT_WR), the half-close of RFC 9293 §3.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..wire.events import Event, Finished, Sent


@dataclass(frozen=True)
class HalfClose:
    """Finish right behind the last message, before any answer was read."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with FIN behind the last Sent."""
        planned = [event for event in events if not isinstance(event, Finished)]
        sent = [event for event in planned if isinstance(event, Sent)]
        return [*planned, Finished(side=sent[-1].side)] if sent else planned
