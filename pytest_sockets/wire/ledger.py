"""What one direction of a connection leaves in the transcript.

Knows how many bytes are kept before they are only counted. Does not know where
they come from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from .events import Event, Side, Streamed
from .recording import Recording

E = TypeVar("E", bound=Event)


class Ledger:
    """The entries of ``sender`` on one connection.

    ``room`` is how many more bytes the transcript keeps, ``recorded`` how many
    it was given; ``unseen`` are those that were only counted since the last entry.
    """

    def __init__(self, transcript: Recording, sender: Side, number: int, room: int) -> None:
        self.room = room
        self.recorded = 0
        self.unseen = 0
        self._transcript = transcript
        self._sender = sender
        self._number = number
        self._last = transcript.now()

    @property
    def carried(self) -> int:
        """How many bytes were handed on, or are just being handed on."""
        return self.recorded + self.unseen

    def own(self, event: E) -> E:
        """Return ``event`` as one of this sender's, on this connection."""
        return replace(event, side=self._sender, connection=self._number)

    def note(self, event: Event) -> None:
        """Record an event that happens now."""
        self.settle()
        self._last = self._transcript.now()
        self._transcript.add(replace(self.own(event), at=self._last))

    def sent(self, data: bytes) -> None:
        """Record bytes that are handed on, or count them once enough was recorded."""
        if self.room <= 0:
            self.unseen += len(data)
            return
        self.recorded += len(data)
        self.room -= len(data)
        self._transcript.sent(self._sender, self._number, data)
        if self.room <= 0:
            self._last = self._transcript.now()

    def settle(self) -> None:
        """Record how many bytes were only counted, as behind the last entry."""
        size, self.unseen = self.unseen, 0
        if size:
            self.recorded += size
            self._transcript.add(self.own(Streamed(size=size, at=self._last)))
