"""Reset: the peer aborts the connection (RST) instead of closing it.

Faithful: made with SO_LINGER (1, 0), as when a Windows console program is closed
or a peer crashes with unread data (RFC 9293 §3.10.7). The program sees
ConnectionResetError, or BrokenPipeError when it sends. AF_UNIX knows no reset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire import events as vocabulary
from pytest_sockets.wire.events import Event, Finished, Sent

from .checked import Checked
from .ended import Ended
from .fault import TCP, Fault, Medium, Step, size


@dataclass(frozen=True)
class Reset(Checked, Step):
    """Abort after ``after`` bytes of what one ``send`` is given; in place of the close when None.

    A ``send`` of fewer bytes than ``after`` goes out whole, without a reset. A
    proxy counts all bytes of one direction of a connection instead.

    Raises:
        ValueError: ``after`` is negative.
    """

    after: int | None = None

    media: ClassVar[frozenset[Medium]] = TCP

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.after is not None and self.after < 0:
            raise ValueError(
                str(message("Reset comes after 0 bytes or more, not {after}", after=self.after))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` up to the moment of the reset, which is the last of them."""
        planned: list[Event] = []
        left = self.after
        for event in events:
            if isinstance(event, Finished) and left is None:
                return [*planned, _reset(event)]
            if isinstance(event, Sent) and left is not None:
                if len(event.data) >= left:
                    kept = [replace(event, data=event.data[:left])] if left else []
                    return [*planned, *kept, _reset(event)]
                left -= len(event.data)
            planned.append(event)
        return planned

    def then(self, events: Sequence[Event]) -> Fault:
        """Return what is left to go by; behind the reset all is lost."""
        if any(isinstance(event, vocabulary.Reset) for event in self.plan(events)):
            return Ended()
        return self if self.after is None else Reset(self.after - size(events))


def _reset(event: Event) -> vocabulary.Reset:
    return vocabulary.Reset(side=event.side, connection=event.connection)
