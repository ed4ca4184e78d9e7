"""Stall: the connection stays open and nothing more comes.

Faithful to a peer that hangs, and to a path that swallows packets as long as
the receiver looks no further than its socket: nothing ends and nothing fails.
The sender notices once the buffers between are full. Nothing is lost: when the
fault ends, what had waited goes on its way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event, Paused

from .checked import Checked
from .ended import Spent
from .fault import ANY, Fault, Medium, divided, size


@dataclass(frozen=True)
class Stall(Checked):
    """Fall silent behind ``after`` bytes (or datagrams), once, for ``seconds``.

    ``seconds`` is None for a silence that lasts until the fault is taken away.

    Raises:
        ValueError: ``after`` or ``seconds`` is negative.
    """

    after: int = 0
    seconds: float | None = None

    media: ClassVar[frozenset[Medium]] = ANY

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.after < 0:
            raise ValueError(
                str(message("Stall comes after 0 bytes or more, not {n}", n=self.after))
            )
        if self.seconds is not None and not self.seconds >= 0:
            raise ValueError(str(message("Stall lasts 0 seconds or more, not {n}", n=self.seconds)))

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with a pause at the border, if anything lies behind it."""
        before, behind = divided(events, self.after)
        if not behind:
            return before
        first = behind[0]
        seconds = math.inf if self.seconds is None else self.seconds
        pause = Paused(seconds=seconds, side=first.side, connection=first.connection)
        return [*before, pause, *behind]

    def then(self, events: Sequence[Event]) -> Fault:
        """Return what is left to go by; a stall comes once."""
        before, behind = divided(events, self.after)
        return Spent() if behind else Stall(self.after - size(before), self.seconds)
