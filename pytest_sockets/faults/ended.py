"""What is left of a fault whose moment is over: nothing gets through, or everything does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.wire.events import Event


@dataclass(frozen=True)
class Ended:
    """Behind the end of a stream: whatever comes is lost."""

    def plan(self, events: Sequence[Event]) -> list[Event]:  # noqa: ARG002
        """Return nothing."""
        return []


@dataclass(frozen=True)
class Spent:
    """A fault that has done what it had to: whatever comes goes through."""

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events``."""
        return list(events)
