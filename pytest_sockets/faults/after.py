"""After: a fault that begins at a moment, once so many bytes have gone by.

As faithful as the fault that it delays: networks fail in the middle, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event

from .checked import Checked
from .fault import Fault, Medium, divided, media, size, then


@dataclass(frozen=True)
class After(Checked):
    """Let ``count`` bytes of a stream, or ``count`` datagrams, go by; then do what ``fault`` does.

    A message that crosses the border is cut in two, and only its second part is
    given to ``fault``. In a proxy the count runs over the whole of one
    direction of a connection, in a Peer over what one ``send`` is given.

    Raises:
        ValueError: ``count`` is negative.
    """

    count: int
    fault: Fault

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.count < 0:
            raise ValueError(
                str(message("After lets 0 bytes or more go by, not {n}", n=self.count))
            )

    @property
    def media(self) -> frozenset[Medium]:
        """Where the fault makes sense."""
        return media(self.fault)

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events``, those behind the first ``count`` bytes as the fault plans them."""
        before, behind = divided(events, self.count)
        return [*before, *self.fault.plan(behind)] if behind else before

    def then(self, events: Sequence[Event]) -> Fault:
        """Return what is left to wait for, or the fault once it has begun."""
        before, behind = divided(events, self.count)
        if behind:
            return then(self.fault, behind)
        return After(self.count - size(before), self.fault)
