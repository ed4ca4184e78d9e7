"""Waits for whichever of a few descriptors is ready first, and looks before it sleeps.

Knows epoll(7) where there is one. Does not know what is read.
"""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterable, Iterator

from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import looking

ENDS = select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR if hasattr(select, "epoll") else 0
"""Flags of a stream that has come to its end, or failed."""

_EDGES = select.EPOLLIN | select.EPOLLET | ENDS if hasattr(select, "epoll") else 0

GLANCES = 30
"""Looks for an answer, some 50 µs in all, before a thread sleeps: to be woken takes longer."""


@contextlib.contextmanager
def watching(descriptors: Iterable[int]) -> Iterator[Callable[[], list[tuple[int, int]]]]:
    """Yield a function that waits for any of ``descriptors``, and tells their flags.

    epoll(7) by edges answers soonest. A short read has emptied the queue, as long
    as the flags tell of no end of the stream behind it.

    Raises:
        OSError: no descriptor is left to wait by.
    """
    if hasattr(select, "epoll") and not portable():
        with select.epoll() as epoll:
            for descriptor in descriptors:
                epoll.register(descriptor, _EDGES)
            yield lambda: _soon(epoll.poll) or epoll.poll()
        return
    look = looking(list(descriptors), [])
    yield lambda: [(descriptor, 0) for descriptor in look(None)]


def _soon(poll: Callable[[float], list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Return what is ready within a few glances, and let others run in between."""
    for _ in range(GLANCES):
        if ready := poll(0):
            return ready
        os.sched_yield()
    return []
