"""Duplicate: a datagram arrives more than once.

Faithful: IP may deliver a packet twice, and UDP does not count (RFC 768). Real
duplicates may come much later; these follow each other at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event

from .chance import Chosen


@dataclass(frozen=True)
class Duplicate(Chosen):
    """Deliver the chosen datagrams ``times`` times.

    Raises:
        ValueError: ``times`` is below 2, or see ``Chosen``.
    """

    times: int = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.times < 2:
            raise ValueError(
                str(message("Duplicate delivers twice or more often, not {n}", n=self.times))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with every chosen datagram so many times."""
        planned: list[Event] = []
        for event, number in self.numbered(events):
            planned += [event] * (self.times if number and self.chooses(number) else 1)
        return planned
