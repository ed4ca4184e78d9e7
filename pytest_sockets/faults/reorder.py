"""Reorder: a datagram arrives behind others that were sent after it.

Faithful: packets may take different ways (RFC 768 promises no order). When
nothing is sent after it, the datagram is only late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event

from .chance import Chosen


@dataclass(frozen=True)
class Reorder(Chosen):
    """Hold each chosen datagram back until ``by`` others have gone by.

    It waits no longer than ``patience`` seconds of silence.

    Raises:
        ValueError: ``by`` is below 1, ``patience`` negative or no number, or see ``Chosen``.
    """

    by: int = 1
    patience: float = 0.05
    waiting: tuple[tuple[Event, int], ...] = ()
    """The datagrams held back now, each with how many have to go by."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.by < 1:
            raise ValueError(
                str(message("Reorder lets 1 datagram or more go by, not {n}", n=self.by))
            )
        if not self.patience >= 0:
            raise ValueError(
                str(message("Reorder waits for 0 s of silence or more, not {n}", n=self.patience))
            )

    @property
    def held(self) -> tuple[Event, ...]:
        """The datagrams that are held back."""
        return tuple(event for event, _ in self.waiting)

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` in their new order; what is still held back comes later."""
        return self._run(events)[0]

    def then(self, events: Sequence[Event]) -> Reorder:
        """Return the fault with what it holds back behind ``events``."""
        return replace(super().then(events), waiting=self._run(events)[1])

    def released(self) -> Reorder:
        """Return the fault with nothing held back."""
        return replace(self, waiting=())

    def _run(self, events: Sequence[Event]) -> tuple[list[Event], tuple[tuple[Event, int], ...]]:
        planned: list[Event] = []
        waiting = list(self.waiting)
        for event, number in self.numbered(events):
            if number and self.chooses(number):
                waiting.append((event, self.by))
                continue
            planned.append(event)
            if number:
                waiting = [(late, left - 1) for late, left in waiting]
                planned += [late for late, left in waiting if left == 0]
                waiting = [(late, left) for late, left in waiting if left]
        return planned, tuple(waiting)
