"""Which sockets and descriptors are ready, however high their numbers are.

select(2) knows none beyond 1,023, and a test may have opened thousands. Does not know
what is read or written.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

Waitable = int | socket.socket
Look = Callable[[float | None], set[int]]
Each = TypeVar("Each", int, socket.socket)

LONGEST = 86400.0
"""Seconds that are waited for at a time: poll(2) takes no more than 24 days."""


def readable(files: Iterable[Each], seconds: float | None = None) -> list[Each]:
    """Wait up to ``seconds`` for the first of ``files``; return those that can be read.

    An end of the stream can, and an error. None is when the time is over, or after a day.
    """
    files = list(files)
    ready = looking(files, [])(seconds)
    return [each for each in files if _number(each) in ready]


def looking(reading: Collection[Waitable], writing: Collection[Waitable]) -> Look:
    """Return a function that waits so many seconds, and returns the descriptors that are ready.

    None is when the time is over, or after a day (``LONGEST``). poll(2) knows no descriptor
    that is too large; where there is none, select has to do.
    """
    if not hasattr(select, "poll"):
        return lambda seconds: _selected(reading, writing, _bounded(seconds))
    poll = select.poll()
    asked = dict.fromkeys(reading, select.POLLIN)
    for each in writing:
        asked[each] = asked.get(each, 0) | select.POLLOUT
    for each, events in asked.items():
        poll.register(each, events)

    def look(seconds: float | None) -> set[int]:
        bounded = _bounded(seconds)
        return {fd for fd, _ in poll.poll(None if bounded is None else bounded * 1000)}

    return look


def _bounded(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(0.0, seconds), LONGEST)


def _selected(
    reading: Collection[Waitable], writing: Collection[Waitable], seconds: float | None
) -> set[int]:
    if not (reading or writing):
        # On Windows select refuses to wait for nothing.
        time.sleep(LONGEST if seconds is None else seconds)
        return set()
    # Windows tells among the exceptional ones that a connection could not be made.
    found = select.select(reading, writing, writing, seconds)
    ready = [each for several in found for each in several]
    return {_number(each) for each in ready}


def _number(each: Waitable) -> int:
    return each if isinstance(each, int) else each.fileno()
