"""What a fault is: a pure map from events to events, and how several combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from pytest_sockets.wire.events import Event


class Fault(Protocol):
    """Something that goes wrong in a way that can be planned."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return what happens instead of ``events``; the argument is not changed."""


def plan(faults: Iterable[Fault], events: Sequence[Event]) -> list[Event]:
    """Return what becomes of ``events`` when each fault is applied in turn."""
    planned = list(events)
    for fault in faults:
        planned = fault.plan(planned)
    return planned
