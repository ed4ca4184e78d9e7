"""A bell: one thread rings, another that waits for sockets hears it.

Knows one descriptor where the system has eventfd(2), a pair of sockets
elsewhere. Does not know why it is rung.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import threading
from collections.abc import Callable, Collection

from pytest_sockets.kernel.portable import portable

Waitable = int | socket.socket
Look = Callable[[float | None], set[int]]

LONGEST = 86400.0
"""Seconds that are waited for at a time: poll(2) takes no more than 24 days."""

ONE = (1).to_bytes(8, sys.byteorder)
"""What rings: eventfd adds eight bytes up, a socket takes any."""


class Bell:
    """Something to wait for beside sockets; it rings until ``silence``.

    ``descriptor`` can be read while it rings.
    """

    def __init__(self) -> None:
        self._pair: tuple[socket.socket, ...] = ()
        if hasattr(os, "eventfd") and not portable():
            self.descriptor = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        else:
            self._pair = socket.socketpair()
            for sock in self._pair:
                sock.setblocking(False)  # noqa: FBT003
            self.descriptor = self._pair[0].fileno()
        self._open = True
        self._lock = threading.Lock()

    def ring(self) -> None:
        """Wake whoever waits, now or later; a bell that was closed stays silent."""
        with self._lock, contextlib.suppress(BlockingIOError):  # full: it rings already
            if not self._open:
                return
            if self._pair:
                self._pair[1].send(ONE)
            else:
                os.write(self.descriptor, ONE)

    def silence(self) -> None:
        """Stop ringing."""
        with contextlib.suppress(BlockingIOError):
            while self._pair[0].recv(4096) if self._pair else os.read(self.descriptor, 8):
                pass

    def close(self) -> None:
        """Take the bell down; closing twice does nothing."""
        with self._lock:
            if not self._open:
                return
            self._open = False
            for sock in self._pair:
                sock.close()
            if not self._pair:
                os.close(self.descriptor)

    def wait(
        self,
        reading: Collection[socket.socket] = (),
        writing: Collection[socket.socket] = (),
        timeout: float | None = None,
    ) -> list[socket.socket]:
        """Wait until a socket is ready, the bell rings, or ``timeout`` seconds have passed.

        Returns the sockets that can be read or written; nothing while the bell rings.
        """
        look = looking([*reading, self.descriptor], [*writing])
        ready = look(timeout)
        if self.descriptor in ready:
            return []
        return [sock for sock in (*reading, *writing) if sock.fileno() in ready]

    def until_gone(self, sock: socket.socket) -> bool:
        """Wait until ``sock`` fails or is shut down in both directions, True; or the bell rings."""
        if not hasattr(select, "poll"):
            looking([self.descriptor], [])(None)
            return False
        poll = select.poll()
        poll.register(sock, 0)
        poll.register(self.descriptor, select.POLLIN)
        return any(fd == sock.fileno() for fd, _ in poll.poll())


def looking(reading: Collection[Waitable], writing: Collection[Waitable]) -> Look:
    """Return a function that waits so many seconds, and returns the descriptors that are ready.

    None is when the time is over, or after a day (``LONGEST``). poll(2) knows no descriptor
    that is too large; where there is none, select has to do.
    """
    if not hasattr(select, "poll"):
        return lambda seconds: _selected(reading, writing, _bounded(seconds))
    poll = select.poll()
    for each in reading:
        poll.register(each, select.POLLIN)
    for each in writing:
        poll.register(each, select.POLLOUT)

    def look(seconds: float | None) -> set[int]:
        bounded = _bounded(seconds)
        return {fd for fd, _ in poll.poll(None if bounded is None else bounded * 1000)}

    return look


def _bounded(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(0.0, seconds), LONGEST)


def _selected(
    reading: Collection[Waitable], writing: Collection[Waitable], seconds: float | None
) -> set[int]:
    # Windows tells among the exceptional ones that a connection could not be made.
    found = select.select(reading, writing, writing, seconds)
    ready = [each for several in found for each in several]
    return {each if isinstance(each, int) else each.fileno() for each in ready}
