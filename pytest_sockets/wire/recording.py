"""A transcript for whoever is in a hurry: events are made when somebody reads them.

Knows how little has to be noted while bytes cross the wire. A note costs a tenth
of what an event costs, so that a server can keep a record and be fast.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from .events import Address, Datagram, Event, Finished, Opened, Reset, Sent, Side
from .transcript import MOST_BYTES, MOST_EVENTS, Transcript

Fields = dict[str, object]
Single = tuple[float, Callable[..., Event], Side, int, Fields]
"""When, what, by whom, on which connection, and the event's own fields."""
Exchange = tuple[float, int, bytes, bytes]
"""When, on which connection, what the program said, and our answer."""


class Recording(Transcript):
    """A transcript with a quick way to note what happened.

    Several threads may note; how much is kept is then counted roughly.
    """

    def __init__(self) -> None:
        super().__init__()
        self._notes: deque[Single | Exchange] = deque()
        self._left = MOST_EVENTS
        self._space = MOST_BYTES
        self._waiting = 0

    def opened_by(self, side: Side, number: int, local: Address, remote: Address) -> None:
        """Note a connection."""
        self._note(Opened, side, number, {"local": local, "remote": remote}, 0)

    def sent(self, side: Side, number: int, data: bytes) -> None:
        """Note bytes of a stream."""
        self._note(Sent, side, number, {"data": data}, len(data))

    def answered(self, number: int, heard: bytes, said: bytes) -> None:
        """Note what the program said, and our answer, in one: here every step counts."""
        if self._left <= 1 or self._space <= 0:
            self.dropped += 2
        else:
            self._left -= 2
            self._space -= len(heard) + len(said)
            self._notes.append((monotonic(), number, heard, said))
        if self._waiting:
            self.wake()

    def datagram(
        self, side: Side, number: int, data: bytes, local: Address, remote: Address
    ) -> None:
        """Note a datagram."""
        fields: Fields = {"data": data, "local": local, "remote": remote}
        self._note(Datagram, side, number, fields, len(data))

    def finished(self, side: Side, number: int) -> None:
        """Note a FIN."""
        self._note(Finished, side, number, {}, 0)

    def reset(self, side: Side, number: int) -> None:
        """Note an RST."""
        self._note(Reset, side, number, {}, 0)

    def _note(
        self,
        kind: Callable[..., Event],
        side: Side,
        number: int,
        fields: Fields,
        size: int,
    ) -> None:
        if self._left > 0 and size <= self._space:
            self._left -= 1
            self._space -= size
            self._notes.append((monotonic(), kind, side, number, fields))
        else:
            self.dropped += 1
        if self._waiting:
            self.wake()

    def wake(self) -> None:
        """Have whoever waits look again: something has happened that is no event."""
        with self._changed:
            self._changed.notify_all()

    @property
    def events(self) -> list[Event]:
        """All events so far, in the order of their times."""
        with self._changed:
            while self._notes:
                self._add(self._notes.popleft())
            return super().events

    def _add(self, note: Single | Exchange) -> None:
        at = note[0] - self.opened
        if len(note) == 5:
            _, kind, side, connection, fields = note
            self.add(kind(at=at, side=side, connection=connection, **fields))
            return
        _, connection, heard, said = note
        self.add(Sent(at=at, side="program", connection=connection, data=heard))
        self.add(Sent(at=at, side="peer", connection=connection, data=said))

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until ``condition()`` holds, looking again after each event; False in time.

        ``timeout`` is in seconds.
        """
        with self._changed:
            # Set before the condition is looked at: what is noted from now on wakes us.
            self._waiting += 1
            try:
                return super().wait(condition, timeout)
            finally:
                self._waiting -= 1
