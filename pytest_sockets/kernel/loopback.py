"""A barrier on the loopback device: what was sent before it has arrived behind it.

A packet on loopback waits in a queue of the processor that sent it (softnet
backlog) and is usually delivered before the sending call returns, but not
always on a loaded machine. A datagram of our own, sent to ourselves from each
processor, comes out behind everything that was queued there before.

Knows processors and one socket. Does not know whose packets they were.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading

from .portable import portable

LIMIT = 2.0
_NUMBER = struct.Struct("!Q")


class Barrier:
    """Sends datagrams to itself; usable from one thread at a time.

    ``sock`` is an unbound UDP socket (IPv4) of the network in question, by default of
    this process's own. It is closed with this object.
    """

    def __init__(self, sock: socket.socket | None = None) -> None:
        self._socket = sock or socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.connect(self._socket.getsockname())
        self._socket.settimeout(LIMIT)
        self._lock = threading.Lock()
        self._number = 0

    def wait(self) -> bool:
        """Wait until everything sent on loopback by now was delivered; False if unknown.

        It is unknown where threads can't be moved between processors
        (sched_setaffinity(2)), or when our own datagram is lost.
        """
        if sys.platform != "linux" or portable():
            return False
        with self._lock:
            processors = os.sched_getaffinity(0)
            try:
                return all(self._pass(processor) for processor in processors)
            except OSError:
                return False
            finally:
                os.sched_setaffinity(0, processors)

    def _pass(self, processor: int) -> bool:
        os.sched_setaffinity(0, {processor})
        self._number += 1
        self._socket.send(_NUMBER.pack(self._number))
        while True:
            if self._socket.recv(_NUMBER.size) == _NUMBER.pack(self._number):
                return True

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()
