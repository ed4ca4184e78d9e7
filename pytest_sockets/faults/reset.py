"""Reset: the peer aborts the connection (RST) instead of closing it.

Faithful: made with SO_LINGER (1, 0), as when a Windows console program is closed
or a peer crashes with unread data (RFC 9293 §3.10.7). The program sees
ConnectionResetError, or BrokenPipeError when it sends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pytest_sockets.wire import events as vocabulary
from pytest_sockets.wire.events import Event, Finished, Sent


@dataclass(frozen=True)
class Reset:
    """Abort after ``after`` bytes of what one ``send`` is given; in place of the close when None.

    A ``send`` of fewer bytes than ``after`` goes out whole, without a reset.

    Raises:
        ValueError: ``after`` is negative.
    """

    after: int | None = None

    def __post_init__(self) -> None:
        if self.after is not None and self.after < 0:
            raise ValueError(f"Reset comes after 0 bytes or more, not {self.after}")

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


def _reset(event: Event) -> vocabulary.Reset:
    return vocabulary.Reset(side=event.side, connection=event.connection)
