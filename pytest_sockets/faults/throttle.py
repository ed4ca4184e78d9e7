"""Throttle: bytes come no faster than a given rate.

Faithful to a slow peer: pieces with pauses between them. A slow network has
buffers that let a first burst through and smooths what comes behind; here every
message is slow from its first byte on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Datagram, Event, Paused, Sent

from .checked import Checked
from .fault import ANY, Medium


@dataclass(frozen=True)
class Throttle(Checked):
    """Let ``rate`` bytes through in a second, in pieces of ``rate * tick`` bytes, at least 1.

    ``tick`` is in seconds. A datagram is not cut; it waits its time as a whole.

    Raises:
        ValueError: ``rate`` or ``tick`` is not above 0.
    """

    rate: float
    tick: float = 0.02

    media: ClassVar[frozenset[Medium]] = ANY

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.rate > 0 and self.tick > 0):
            raise ValueError(
                str(
                    message(
                        "Throttle needs a rate and a tick above 0, not {rate} and {tick}",
                        rate=self.rate,
                        tick=self.tick,
                    )
                )
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` in pieces, each behind the pause that it costs."""
        planned: list[Event] = []
        for event in events:
            if isinstance(event, (Sent, Datagram)) and event.data:
                planned += self._slowly(event)
            else:
                planned.append(event)
        return planned

    def _slowly(self, event: Sent | Datagram) -> list[Event]:
        whole = len(event.data)
        step = whole
        if isinstance(event, Sent):
            step = max(1, int(min(self.rate * self.tick, whole)))
        slow: list[Event] = []
        for start in range(0, whole, step):
            piece = replace(event, data=event.data[start : start + step])
            seconds = len(piece.data) / self.rate
            slow.append(Paused(seconds=seconds, side=event.side, connection=event.connection))
            slow.append(piece)
        return slow
