"""Lose: a datagram never arrives.

Faithful: UDP promises no delivery (RFC 768), and neither side is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.wire.events import Event

from .chance import Chosen


@dataclass(frozen=True)
class Lose(Chosen):
    """Lose the datagrams with ``numbers``, or each with the probability ``rate``."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` without the datagrams that are lost."""
        return [
            event
            for event, number in self.numbered(events)
            if not (number and self.chooses(number))
        ]
