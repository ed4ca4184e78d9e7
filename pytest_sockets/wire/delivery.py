"""What became of bytes that were sent: whether they left, and whether the receiver took them.

Knows the kernel's queues of the connections on this machine. Does not know who
the receiver is: on another machine nothing of it can be seen.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator

from pytest_sockets.kernel import sock_diag, unix_diag
from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.sock_diag import SockDiag

LONGEST = 1.0
"""Seconds that bytes may take to leave for a receiver that reads slowly."""

_SIOCOUTQNSD = 0x894B
_INT = struct.Struct("i")


class Delivery:
    """The questions of all connections of one proxy; asks the kernel from the first one on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._diag: SockDiag | None = None

    def taken(self, sock: socket.socket, sent: int) -> bool | None:
        """Tell whether the other end of ``sock`` took all ``sent`` bytes out of its queue.

        None where that can't be seen: not on Linux, not on this machine, or the
        connection is gone. Of an AF_UNIX socket the empty queue has to do.
        """
        try:
            if sock.family == getattr(socket, "AF_UNIX", None):
                return self._unix_queue_is_empty(sock)
            if not sock_diag.available():
                return None
            row = self._kernel().lookup(sock.getpeername()[:2], sock.getsockname()[:2])
        except OSError:
            return None
        if row is None or row.bytes_received is None:
            return None
        return row.receive_queue == 0 and row.bytes_received >= sent

    def let_out(self, sock: socket.socket, called_off: Callable[[], bool]) -> None:
        """Wait until what was sent has left, for as long as ``LONGEST``, or until called off.

        A reset throws away what has not left (RFC 9293 §3.10.7).
        """
        until, pause = time.monotonic() + LONGEST, 0.0
        while _unsent(sock) and time.monotonic() < until and not called_off():
            time.sleep(pause)
            pause = min(0.01, pause * 2 + 0.0001)

    def close(self) -> None:
        """Ask no more."""
        with self._lock:
            if self._diag is not None:
                self._diag.close()
                self._diag = None

    def _kernel(self) -> SockDiag:
        with self._lock:
            if self._diag is None:
                self._diag = SockDiag()
            return self._diag

    def _unix_queue_is_empty(self, sock: socket.socket) -> bool | None:
        if not unix_diag.available():
            return None
        asked = unix_diag.UnixDiag(self._kernel())
        ours = asked.lookup(os.fstat(sock.fileno()).st_ino)
        theirs = asked.lookup(ours.peer) if ours is not None and ours.peer else None
        return None if theirs is None else theirs.receive_queue == 0


def _unsent(sock: socket.socket) -> int:
    """Return how many bytes of a TCP socket wait for room at the receiver; 0 if unknown."""
    if sys.platform != "linux" or portable():
        return 0
    import fcntl  # noqa: PLC0415

    with contextlib.suppress(OSError, ValueError):
        answer = fcntl.ioctl(sock.fileno(), _SIOCOUTQNSD, _INT.pack(0))
        found: int = _INT.unpack(answer)[0]
        return found
    return 0


@contextlib.contextmanager
def corked(sock: socket.socket) -> Iterator[None]:
    """Let what is sent meanwhile leave as one (TCP_CORK, tcp(7)), where the system can."""
    cork = getattr(socket, "TCP_CORK", None)
    if cork is None or portable() or sock.family == getattr(socket, "AF_UNIX", None):
        yield
        return
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, cork, 1)
    yield
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, cork, 0)
