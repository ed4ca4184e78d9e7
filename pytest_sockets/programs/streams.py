"""Reads what a child writes, up to a limit, and turns it into events.

Knows pipes, the limit on output and the form of trace lines. Does not trust
either: a line that is no trace line is left out.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Literal

from ..kernel.readiness import readable
from ..wire.events import Called, Printed
from ..wire.transcript import Transcript

OUTPUT_LIMIT = 1 << 20
"""Bytes of output that are read; after that the program blocks in its write."""

VERBOSE = 5
"""Bytes more for each byte that it moves: a program may print all of it, as ``b'\\x00'``."""

MOST_OUTPUT = 16 << 20
"""Bytes of output that are read in any case at most."""

UNTOLD_LIMIT = 4 << 20
"""Bytes of output that are read of a program that does not tell what it moves."""

TRACE_LIMIT = 16 << 20
"""Bytes of the trace that are read; an honest program stops of its own accord before that."""

MOST_CALLS = 20_000
"""Lines of the trace that are told as events: the conversation needs room beside them."""

LONGEST_LINE = 4096
MOST = 1 << 40


class Reader:
    """Reads one descriptor to its end, or to ``limit`` bytes, when ``serve`` is given it.

    ``full`` is true when the limit was reached: what the program writes after
    that is never read.
    """

    def __init__(self, fd: int, take: Callable[[bytes], None], limit: int) -> None:
        self.fd = fd
        self.full = False
        self._idle = True
        self._take = take
        self._left = limit
        self._more = max(0, MOST_OUTPUT - limit)
        self._over = threading.Event()

    def read(self) -> bool:
        """Take what is there, waiting for it where it is not; False once there will be no more."""
        self._idle = False
        try:
            data = os.read(self.fd, min(65536, self._left))
        except OSError:
            return False
        if not data:
            return False
        self._left -= len(data)
        self._take(data)
        self._idle = True
        self.full = self._left == 0
        return not self.full

    def allow(self, more: int) -> None:
        """Raise the limit by ``more`` bytes, though not beyond ``MOST_OUTPUT``."""
        more = min(more, self._more)
        self._more -= more
        self._left += more

    def stop(self) -> None:
        """Read no more."""
        self._over.set()

    @property
    def caught_up(self) -> bool:
        """True when everything written by now was read, as far as that can be seen."""
        if self.full or os.name != "posix" or self._over.is_set():
            return True
        return not readable([self.fd], 0) and self._idle

    def drain(self, timeout: float) -> None:
        """Wait until all that was written by now is read, at most ``timeout`` seconds.

        Another process of the program's may hold the pipe open: its end is not
        waited for where the pipe can be seen to be empty.
        """
        until = time.monotonic() + timeout
        while not self._over.is_set() and time.monotonic() < until:
            if os.name == "posix" and self.caught_up:
                return
            self._over.wait(0.002)

    def close(self) -> None:
        """Close the descriptor, once its writers are gone."""
        self._over.wait()
        os.close(self.fd)


def serve(readers: Sequence[Reader]) -> list[threading.Thread]:
    """Have ``readers`` read, by a thread for all where pipes can be waited for together.

    Returns the threads; each ends once its readers are over.
    """
    threads = [
        threading.Thread(target=_serve, args=(served,), daemon=True, name="pytest-sockets")
        for served in ([readers] if os.name == "posix" else [[each] for each in readers])
    ]
    for thread in threads:
        thread.start()
    return threads


def _serve(readers: Sequence[Reader]) -> None:
    left = list(readers)
    try:
        while left:
            for reader in _ready(left):
                if not reader.read():
                    left.remove(reader)
                    reader.stop()
    finally:
        for reader in left:
            reader.stop()


def _ready(readers: Sequence[Reader]) -> list[Reader]:
    """Return those that have something to read, once there are any."""
    if os.name != "posix":
        return list(readers)
    ready = readable(each.fd for each in readers)
    return [each for each in readers if each.fd in ready]


class Output:
    """Standard output or standard error of a program, kept and told as events."""

    def __init__(self, transcript: Transcript, stream: Literal["stdout", "stderr"]) -> None:
        self._transcript = transcript
        self._stream = stream
        self._data = bytearray()

    def take(self, data: bytes) -> None:
        """Keep ``data`` and tell it as an event of the program."""
        self._data += data
        self._transcript.add(
            Printed(at=self._transcript.now(), side="program", data=data, stream=self._stream)
        )

    @property
    def data(self) -> bytes:
        """Everything that was read so far."""
        return bytes(self._data)

    def __len__(self) -> int:
        return len(self._data)


class TraceLines:
    """Splits the trace into lines and the lines into events; ``moved`` is told what calls move."""

    def __init__(
        self, transcript: Transcript, moved: Callable[[int], None] = lambda _: None
    ) -> None:
        self._transcript = transcript
        self._moved = moved
        self._rest = b""
        self._left = MOST_CALLS

    def take(self, data: bytes) -> None:
        """Tell each whole line in ``data`` as an event; keep the rest for later."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        # One byte more than a line may have is enough to know that it is none.
        self._rest = self._rest[: LONGEST_LINE + 1]
        told, self._left = lines[: self._left], max(0, self._left - len(lines))
        for line in told:
            event = parse(line, self._transcript.opened, self._transcript.now())
            if event is not None:
                self._moved(event.size or 0)
                self._transcript.add(event)


def parse(line: bytes, opened: float, now: float) -> Called | None:
    """Return the call that a trace line reports, None when it is no trace line.

    ``opened`` is the monotonic time at which the transcript was opened; a call
    is never dated before that nor after ``now``, seconds since ``opened``.
    """
    if not line.startswith(b"[") or len(line) > LONGEST_LINE:
        return None
    try:
        record = json.loads(line.decode("utf-8", "surrogatepass"))
        at, call, fd, file, number, arguments, result, size, flow, entered, error = record
        made = Called(
            at=_between(0.0, float(at) - opened, now),
            side="program",
            call=_text(call)[:40],
            arguments=_text(arguments),
            result=_text(result),
            file=None if file is None else _text(file),
            line=_number(number),
            fd=_number(fd),
            size=_number(size),
            flow=flow if flow in ("in", "out") else None,
            entered=bool(entered),
            error=None if error is None else _text(error),
        )
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    return made


def _between(least: float, value: float, most: float) -> float:
    """Return ``value`` within its bounds; what is no number is as late as can be."""
    return max(least, value) if value <= most else most


def _text(value: object) -> str:
    """Return text that can be written in every encoding of Unicode."""
    return str(value).encode("utf-8", "replace").decode()


def _number(value: object) -> int | None:
    """Return a count, a line or a descriptor; None for anything else."""
    return value if type(value) is int and 0 <= value < MOST else None
