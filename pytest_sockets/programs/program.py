"""A program under test as a running child: what it prints, asks, and how it ends.

Knows one child and its transcript. Does not know what the program is asked to
do, nor what its silence means (see ``rest``).
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

from ..kernel import processes, threads
from ..wire.events import Exited, Typed
from ..wire.transcript import Transcript
from . import pipes
from .child_process import Child
from .streams import (
    OUTPUT_LIMIT,
    TRACE_LIMIT,
    UNTOLD_LIMIT,
    VERBOSE,
    Output,
    Reader,
    TraceLines,
    serve,
)

DRAIN_LIMIT = 2.0

STOP_LIMIT = 5.0
"""Seconds after which a program that was told to stop is no longer waited for."""

KILLED = -9

TRACE = 250
"""The descriptor on which a Python program reports its socket calls."""


class Program:
    """A child that was started, until ``end``.

    ``status`` is its exit status once it ended by itself (negative for a
    signal), None while it runs. ``lost`` is true when its end was not its own:
    what watched over it was killed from outside, and the program with it.
    ``spun`` is set once it was seen to compute without end. A program that is
    ``traced`` reports its socket calls.
    """

    def __init__(self, child: Child, transcript: Transcript, *, traced: bool = True) -> None:
        self.traced = traced
        self.child = child
        self.transcript = transcript
        self.status: int | None = None
        self.lost = False
        self.spun = False
        self._ended = False
        self._stdout = Output(transcript, "stdout")
        self._stderr = Output(transcript, "stderr")
        limit = OUTPUT_LIMIT if traced else UNTOLD_LIMIT
        self._outputs = [
            Reader(child.stdout, self._stdout.take, limit),
            Reader(child.stderr, self._stderr.take, limit),
        ]
        trace = Reader(child.trace, TraceLines(transcript, self._moved).take, TRACE_LIMIT)
        # Of what it moved the trace tells before it prints it.
        self._readers = [trace, *self._outputs]
        waiter = threading.Thread(target=self._wait, daemon=True, name="pytest-sockets")
        self._threads = [waiter, *serve(self._readers)]
        waiter.start()

    def _moved(self, size: int) -> None:
        for reader in self._outputs:
            reader.allow(VERBOSE * size)

    def _wait(self) -> None:
        status = self.child.wait()
        if self._ended:
            return
        # What it wrote before its end has to be known before its end is.
        for reader in self._readers:
            reader.drain(DRAIN_LIMIT)
        self.lost = status is None
        self.status = KILLED if status is None else status
        self.transcript.add(Exited(at=self.transcript.now(), side="program", status=self.status))

    @property
    def pid(self) -> int:
        """The program's process id, as this process sees it."""
        return self.child.pid

    @property
    def running(self) -> bool:
        """True until the program itself has ended; what it started may live on."""
        return self.status is None and not self._ended

    @property
    def stdout(self) -> bytes:
        """What it wrote to standard output so far."""
        return self._stdout.data

    @property
    def stderr(self) -> bytes:
        """What it wrote to standard error so far."""
        return self._stderr.data

    @property
    def printed(self) -> int:
        """How many bytes it wrote to standard output and standard error so far."""
        return len(self._stdout) + len(self._stderr)

    @property
    def flooding(self) -> bool:
        """True when it wrote more than anybody reads."""
        return any(reader.full for reader in self._outputs)

    def unread(self, descriptor: int) -> bool:
        """Tell whether what it writes to ``descriptor`` is not read any more, so that it blocks."""
        numbers = {TRACE: 0, 1: 1, 2: 2}
        return descriptor in numbers and self._readers[numbers[descriptor]].full

    @property
    def caught_up(self) -> bool:
        """True when everything it has written by now is known here."""
        return all(reader.caught_up for reader in self._readers)

    def read_up(self) -> None:
        """Wait until everything it has written by now is known here, where that can be seen."""
        for reader in self._readers:
            if not reader.caught_up:
                reader.drain(DRAIN_LIMIT)

    def pids(self) -> list[int]:
        """Return the process ids of the program and all it started."""
        return processes.tree(self.pid) if self.running else []

    def has_keyboard(self, pid: int, descriptor: int) -> bool:
        """Tell whether a descriptor of its process ``pid`` is the keyboard, and nothing of its own.

        Linux; False where that can't be seen.
        """
        try:
            theirs = os.stat(f"/proc/{pid}/fd/{descriptor}")
        except OSError:
            return False
        return os.path.samestat(theirs, os.fstat(self.child.stdin))

    def signal(self, name: str) -> None:
        """Send a signal to it and all it started, where the system has one of that name."""
        for pid in self.pids():
            _send(pid, name)

    def stop(self, *, shows: bool) -> None:
        """Stop it and all it started; they have stopped where the system ``shows`` that."""
        told: set[int] = set()
        until = time.monotonic() + STOP_LIMIT
        while time.monotonic() < until:
            # A thread that was woken by the signal takes what comes before it stops. Once
            # all have stopped none is forked any more, so that the next look finds all.
            still = shows and all(each.call == "stopped" for each in threads.snapshot(told))
            new = set(self.pids()) - told
            for pid in new:
                _send(pid, "SIGSTOP")
            told |= new
            if not shows or (still and not new):
                return
            time.sleep(0)

    def type(self, line: str) -> None:
        """Type ``line`` and the return key; it is lost when nobody reads any more."""
        self.transcript.add(Typed(at=self.transcript.now(), line=line))
        pipes.write(self.child.stdin, line.encode("utf-8", "surrogateescape") + b"\n")

    def wait_ended(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds for the program to end; True when it has."""
        return self.transcript.wait(lambda: self.status is not None, timeout)

    def end(self) -> None:
        """Take the program down with everything it started."""
        if self._ended:
            return
        self._ended = True
        watched = self.child.end()
        for thread in self._threads:
            thread.join()
        self.lost = self.lost or not (watched or self.status is not None)
        for reader in self._readers:
            reader.close()
        os.close(self.child.stdin)


def _send(pid: int, name: str) -> None:
    """Send the signal ``name`` to a process, if both exist."""
    number = getattr(signal, name, None)
    if number is not None:
        with contextlib.suppress(OSError):
            os.kill(pid, number)
