"""Bytes from one socket to another, by a thread that can be called off at any time.

Knows two sockets that never block, and waits for them beside a bell. Does not
know faults, nor what the bytes mean.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable, Generator, Iterator

from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import Look, looking

from .bell import Bell

PIPE = 1 << 20
"""Bytes that a pipe may hold: /proc/sys/fs/pipe-max-size of an ordinary user."""


class CalledOffError(Exception):
    """Nothing is to be carried any more."""


class Flow:
    """One direction, from ``source`` to ``sink``, until ``is_over()``; ``bell`` is rung then.

    ``sending`` is true while bytes are being sent, so when a send has failed.
    Every method raises CalledOffError once it is over, and OSError when a
    socket fails.
    """

    def __init__(
        self, source: socket.socket, sink: socket.socket, is_over: Callable[[], bool]
    ) -> None:
        self.source = source
        self.sink = sink
        self.bell = Bell()
        self.sending = False
        self._readable = looking([source, self.bell.descriptor], [])
        self._writable = looking([self.bell.descriptor], [sink])
        self._called = looking([self.bell.descriptor], [])
        self._is_over = is_over

    def close(self) -> None:
        """Wait no more."""
        self.bell.close()

    def receive(self, size: int) -> bytes:
        """Wait for bytes and return them, none at the end of the stream."""
        while True:
            self._check()
            try:
                return self.source.recv(size)
            except BlockingIOError:
                self._wait(self._readable)

    def receive_within(self, seconds: float | None) -> bytes | None:
        """Return the bytes that come within ``seconds``; None when none do, or the bell rings."""
        if not self._wait(self._readable, seconds):
            return None
        with contextlib.suppress(BlockingIOError):
            return self.source.recv(PIPE)
        return None

    def send(self, data: bytes) -> None:
        """Send everything."""
        self._check()
        self.sending = True
        left = memoryview(data)
        while left:
            left = left[self._write(left) :]
        self.sending = False

    def splice(self, least: int) -> Generator[int | bytes, bool | None, None]:
        """Let the kernel carry bytes (splice(2)) while ``least`` or more come at a time.

        Yields how many have come, before they are sent. Whoever answers with
        True gets them instead, as bytes, and they are not sent. Nothing is
        yielded, and nothing carried, without descriptors for a pipe.
        """
        try:
            ends = os.pipe()
        except OSError:
            return
        with _large(*ends) as (out, into):
            count = least
            while count >= least and (count := self._fill(into)):
                if (yield count):
                    yield _drained(out, count)
                    return
                self._pour(out, count)

    def pause(self, seconds: float, until: Callable[[], bool]) -> None:
        """Wait ``seconds``, or until the bell has rung and ``until()`` holds."""
        end = time.monotonic() + seconds
        while not until() and (left := end - time.monotonic()) > 0:
            self._wait(self._called, left)

    def _wait(self, look: Look, seconds: float | None = None) -> bool:
        """Wait for a socket, True; or for the bell or so many seconds, False."""
        ready = look(seconds)
        rung = self.bell.descriptor in ready
        if rung:
            self.bell.silence()
        # Behind silence: a bell that rings from now on is heard by the next wait.
        self._check()
        return bool(ready) and not rung

    def _write(self, data: memoryview) -> int:
        """Return how many bytes the system took; none when it had to be waited for."""
        try:
            return self.sink.send(data)
        except BlockingIOError:
            self._wait(self._writable)
            return 0

    def _check(self) -> None:
        if self._is_over():
            raise CalledOffError

    def _fill(self, into: int) -> int:
        while True:
            try:
                return os.splice(self.source.fileno(), into, PIPE)
            except BlockingIOError:  # noqa: PERF203 - it is what is waited for
                self._wait(self._readable)

    def _pour(self, out: int, count: int) -> None:
        self._check()
        self.sending = True
        while count:
            try:
                count -= os.splice(out, self.sink.fileno(), count)
            except BlockingIOError:  # noqa: PERF203 - it is what is waited for
                self._wait(self._writable)
        self.sending = False


def splices() -> bool:
    """Tell whether this Python and this system can splice."""
    return hasattr(os, "splice") and not portable()


@contextlib.contextmanager
def _large(out: int, into: int) -> Iterator[tuple[int, int]]:
    """Yield both ends of a pipe, made larger where it may be, and close them."""
    try:
        if sys.platform == "linux":
            import fcntl  # noqa: PLC0415

            with contextlib.suppress(OSError):
                fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, PIPE)
        yield out, into
    finally:
        os.close(out)
        os.close(into)


def _drained(out: int, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += os.read(out, count - len(data))
    return data
