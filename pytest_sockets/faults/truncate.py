"""Truncate: a stream ends (FIN) before all was said.

Faithful: it is what a server that crashes in mid-reply, or that announced a
greater Content-Length than it sends, looks like (RFC 9112 §8). What the sender
sends beyond is taken and lost, so that the sender does not notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event, Finished

from .checked import Checked
from .ended import Ended
from .fault import STREAM, Fault, Medium, divided, size


@dataclass(frozen=True)
class Truncate(Checked):
    """End the stream with FIN behind ``after`` bytes, and lose the rest.

    In a proxy the bytes of one direction of a connection are counted, in a Peer
    those that one ``send`` is given.

    Raises:
        ValueError: ``after`` is negative.
    """

    after: int

    media: ClassVar[frozenset[Medium]] = STREAM

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.after < 0:
            raise ValueError(
                str(message("Truncate ends after 0 bytes or more, not {n}", n=self.after))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` up to the end of the stream, which is the last of them."""
        before, behind = divided(events, self.after)
        if not self._ends(before, behind):
            return list(events)
        last = (before or behind)[-1]
        return [*before, Finished(side=last.side, connection=last.connection)]

    def then(self, events: Sequence[Event]) -> Fault:
        """Return what is left to go by; behind the end all is lost."""
        before, behind = divided(events, self.after)
        return Ended() if self._ends(before, behind) else Truncate(self.after - size(before))

    def _ends(self, before: list[Event], behind: list[Event]) -> bool:
        """Tell whether the border is reached: with its last byte, or with what comes behind it."""
        reached = size(before) == self.after > 0 and not _finished(before)
        return reached or bool(behind)


def _finished(events: list[Event]) -> bool:
    return any(isinstance(event, Finished) for event in events)
