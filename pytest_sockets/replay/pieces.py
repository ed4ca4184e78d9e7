"""A message that was sent in many pieces, found among the events.

Knows which events belong to one run of pieces. Does not know how they are sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.wire.events import Event, Sent


@dataclass(frozen=True)
class Pieces:
    """Pieces of equal size, the last one possibly shorter.

    ``between`` is what the program sent meanwhile, ``length`` how many events
    the run takes.
    """

    pieces: Sequence[Sent]
    between: Sequence[Event]
    length: int

    @property
    def data(self) -> bytes:
        """The message."""
        return b"".join(piece.data for piece in self.pieces)

    @property
    def size(self) -> int:
        """The size of a piece in bytes."""
        return len(self.pieces[0].data)


def run_of_pieces(events: Sequence[Event]) -> Pieces | None:
    """Return the run that ``events`` begin with, None without at least two pieces."""
    pieces: list[Sent] = []
    length = 0
    for place, event in enumerate(events):
        if not isinstance(event, Sent):
            break
        if event.side == "peer":
            if not _continues(event, pieces):
                break
            pieces.append(event)
            length = place + 1
    if len(pieces) < 2 or events[0] is not pieces[0]:
        return None
    between = [event for event in events[:length] if event.side == "program"]
    return Pieces(pieces, between, length)


def _continues(event: Sent, pieces: Sequence[Sent]) -> bool:
    if not event.piece or not event.data or not pieces:
        return event.piece and bool(event.data)
    first, last = pieces[0], pieces[-1]
    alike = event.connection == first.connection and len(event.data) <= len(first.data)
    return alike and len(last.data) == len(first.data)
