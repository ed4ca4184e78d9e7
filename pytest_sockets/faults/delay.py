"""Delay: a message comes later than it could.

Faithful to a slow peer, not to a slow network: what is behind it waits too.
Towards a program under test the silence may be cut short once it is proved
that the program waits for as long as it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Datagram, Event, Paused, Sent

from .checked import Checked


@dataclass(frozen=True)
class Delay(Checked):
    """Stay silent for ``seconds`` before each message or datagram.

    Raises:
        ValueError: ``seconds`` is negative or no number.
    """

    seconds: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.seconds >= 0:
            raise ValueError(
                str(message("Delay waits 0 seconds or more, not {seconds}", seconds=self.seconds))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with a pause before every Sent and Datagram; none of 0 seconds."""
        planned: list[Event] = []
        for event in events:
            if isinstance(event, (Sent, Datagram)) and self.seconds:
                planned.append(
                    Paused(seconds=self.seconds, side=event.side, connection=event.connection)
                )
            planned.append(event)
        return planned
