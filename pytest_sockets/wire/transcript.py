"""What happened, in order: the record that a verdict and its picture rest on.

Knows time and order. Does not know what was expected. Safe to use from several
threads: the program's streams are read beside the conversation.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from .events import Event, Started

E = TypeVar("E", bound=Event)

MOST_EVENTS = 50_000
"""Events beyond this many are counted and dropped: a program may say anything."""

MOST_BYTES = 64 * 1024 * 1024
"""The same for the bytes of all events together."""


class Transcript:
    """An append-only list of events with a way to wait for one."""

    def __init__(self) -> None:
        self.opened = time.monotonic()
        self.dropped = 0
        self._events: list[Event] = []
        self._room = MOST_BYTES
        self._changed = threading.Condition()

    def now(self) -> float:
        """Return the seconds since the transcript was opened."""
        return time.monotonic() - self.opened

    def add(self, event: Event) -> None:
        """Keep ``event``, which carries its own time."""
        with self._changed:
            size = len(getattr(event, "data", b""))
            if len(self._events) < MOST_EVENTS and size <= self._room:
                self._events.append(event)
                self._room -= size
            else:
                self.dropped += 1
            self._changed.notify_all()

    @property
    def events(self) -> list[Event]:
        """All events so far, in the order of their times."""
        with self._changed:
            return sorted(self._events, key=lambda event: event.at)

    def of(self, kind: type[E]) -> list[E]:
        """Return the events of class ``kind`` so far, in the order of their times."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def started(self) -> float:
        """When a program was started last, in seconds since the transcript was opened, else 0."""
        return max((event.at for event in self.of(Started)), default=0.0)

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until ``condition()`` holds, looking again after each event; False in time.

        ``timeout`` is in seconds.
        """
        with self._changed:
            return self._changed.wait_for(condition, timeout)
