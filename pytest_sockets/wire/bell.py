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
from collections.abc import Collection

from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import looking

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
