"""What a busy machine does to those who work on it: each stress can be switched on, and proved.

Knows processes, sockets of loopback and files. A stress yields a function that returns
a receipt, what it has taken by then, and raises NotInForce where it is none. All are
bounded, and nothing of them is left behind but sockets that the system forgets within
a minute. Does not know who is to suffer.
"""

from __future__ import annotations

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import psutil

from pytest_sockets.kernel.sock_diag import SockDiag

Receipt = Callable[[], str]

CORES = os.cpu_count() or 1
HOGS = 2

HOG = """
while os.getppid() == parent:
    for _ in range(1_000_000): pass
"""

MOST_MEMORY = 1 << 30
"""Bytes that the memory stress takes at most, in all its processes together."""

EATER = """
import mmap
size = int(sys.argv[1])
while os.getppid() == parent:
    with mmap.mmap(-1, size) as taken:
        for start in range(0, size, mmap.PAGESIZE):
            taken[start] = 1
        print(size, flush=True)
"""

LEFT_OVER = 5_000
"""Sockets in TIME_WAIT that are kept up."""

AT_A_TIME = 100

WRITER = """
data = os.urandom(1 << 20)
while os.getppid() == parent:
    with open(sys.argv[1], "wb") as file:
        for _ in range(4):
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        file.truncate(0)
    print(4, flush=True)
"""

BRIM = 64 << 10
"""Bytes of the file system that is full to the brim."""

START_LIMIT = 60.0


class NotInForce(Exception):  # noqa: N818 - it says what the stress is
    """The stress does not stress here, and why."""


@contextlib.contextmanager
def _running(source: str, *arguments: Sequence[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run ``source`` once for each of ``arguments``, until the end or that of this process."""
    source = f"import os, sys\nparent = {os.getpid()}\n{source}"
    with tempfile.TemporaryFile() as said, contextlib.ExitStack() as closing:
        processes = []
        for words in arguments:
            process = subprocess.Popen(
                [sys.executable, "-I", "-c", source, *words],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip
            closing.enter_context(process)
            closing.callback(process.kill)
            processes.append(process)
        yield processes


class _Counted:
    """How often some processes, by their own word, have done what they do."""

    def __init__(self, processes: Sequence[subprocess.Popen[bytes]]) -> None:
        self._processes = processes
        self._words = [0] * len(processes)
        self._began = time.monotonic()
        self._told = threading.Condition()
        for number in range(len(processes)):
            threading.Thread(target=self._read, args=(number,), daemon=True).start()
        with self._told:
            self._told.wait_for(lambda: all(self._words), START_LIMIT)

    def _read(self, number: int) -> None:
        with contextlib.suppress(OSError, ValueError):
            for word in self._processes[number].stdout or ():
                with self._told:
                    self._words[number] += int(word)
                    self._told.notify_all()

    def total(self) -> int:
        """Return the sum of all that was said.

        Raises:
            NotInForce: one of the processes said nothing, or has ended.
        """
        if not all(self._words):
            raise NotInForce(f"one of {len(self._words)} processes has done nothing yet")
        if any(process.poll() is not None for process in self._processes):
            raise NotInForce(f"one of {len(self._words)} processes has ended")
        return sum(self._words)

    def rate(self) -> float:
        """Return how much was done in a second."""
        return self.total() / (time.monotonic() - self._began)


@contextlib.contextmanager
def busy_cores() -> Iterator[Receipt]:
    """Keep ``HOGS`` loops running for each core; the receipt is the time that they have got."""
    with _running(HOG, *[()] * (HOGS * CORES)) as loops:
        began = time.monotonic()

        def receipt() -> str:
            try:
                taken = sum(psutil.Process(loop.pid).cpu_times().user for loop in loops)
            except psutil.Error as error:
                raise NotInForce("a loop has ended") from error
            share = taken / (time.monotonic() - began)
            if not taken:
                raise NotInForce("the loops have not run yet")
            return f"{len(loops)} loops took {share:.1f} of {CORES} cores"

        _await(receipt)
        yield receipt


@contextlib.contextmanager
def short_memory() -> Iterator[Receipt]:
    """Take memory page by page, give it back and take it again, up to ``MOST_MEMORY`` bytes.

    That is a quarter of what is free at most, so that nobody else runs out of it: pages are
    cleared and mapped without end, and caches are cold; nothing is swapped out.
    """
    size = min(MOST_MEMORY, psutil.virtual_memory().available // 4) // CORES
    with _running(EATER, *[(str(size),)] * CORES) as eaters:
        counted = _Counted(eaters)

        def receipt() -> str:
            rate = counted.rate() / (1 << 20)
            return f"{CORES} times {size >> 20} MiB, {rate:.0f} MiB taken in a second"

        yield receipt


@contextlib.contextmanager
def lingering_sockets() -> Iterator[Receipt]:
    """Keep thousands of sockets in TIME_WAIT; the receipt is the kernel's count (sock_diag).

    They are on addresses of loopback that nobody else uses, so that no port is taken away.
    """
    over = threading.Event()
    with SockDiag() as diag:

        def count() -> int:
            return len(diag.dump("tcp", ["TIME_WAIT"]))

        def receipt() -> str:
            there = count()
            if there < LEFT_OVER / 2:
                raise NotInForce(f"only {there} sockets are in TIME_WAIT")
            return f"{there} sockets in TIME_WAIT"

        refilling = threading.Thread(target=_leave_over, args=(over,), daemon=True)
        refilling.start()
        try:
            _await(receipt)
            yield receipt
        finally:
            over.set()
            refilling.join()


def _leave_over(over: threading.Event) -> None:
    """Leave sockets in TIME_WAIT, as many as are forgotten: that takes a minute (tcp(7))."""
    with contextlib.ExitStack() as closing:
        diag = closing.enter_context(SockDiag())
        listeners = [
            closing.enter_context(socket.create_server((f"127.77.0.{number}", 0)))
            for number in range(1, 11)
        ]
        while not over.is_set():
            missing = LEFT_OVER - len(diag.dump("tcp", ["TIME_WAIT"]))
            for number in range(min(missing, AT_A_TIME)):
                listener = listeners[number % len(listeners)]
                with socket.create_connection(listener.getsockname()):
                    # Whoever closes first is left over.
                    listener.accept()[0].close()
            if missing < AT_A_TIME:
                over.wait(0.5)


@contextlib.contextmanager
def slow_disk() -> Iterator[Receipt]:
    """Write and sync without end to the file system of temporary files, 4 MiB for each core.

    Whatever is synced there waits for its turn. The receipt compares how long that takes
    with what it took before.
    """
    with tempfile.TemporaryDirectory() as name:
        before = _synced(Path(name))
        files = [(str(Path(name, f"storm{number}")),) for number in range(CORES)]
        with _running(WRITER, *files) as writers:
            counted = _Counted(writers)

            def receipt() -> str:
                now = _synced(Path(name))
                synced = f"a sync of 4 KiB takes {now * 1e3:.1f} ms, {before * 1e3:.1f} ms before"
                return f"{counted.rate():.0f} MiB written and synced in a second; {synced}"

            yield receipt


def _synced(folder: Path, times: int = 9) -> float:
    """Return the median of the seconds that writing and syncing a page takes."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        with (folder / "probe").open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _await(receipt: Receipt) -> None:
    """Wait until there is a receipt.

    Raises:
        NotInForce: there is none within ``START_LIMIT`` seconds.
    """
    until = time.monotonic() + START_LIMIT
    while True:
        try:
            receipt()
            return
        except NotInForce:
            if time.monotonic() > until:
                raise
        time.sleep(0.01)


STRESSES: dict[str, Callable[[], AbstractContextManager[Receipt]]] = {
    "cpu": busy_cores,
    "memory": short_memory,
    "time-wait": lingering_sockets,
    "disk": slow_disk,
}
"""The stresses that whoever works on the machine has to live with, by their names."""


def switched_on(name: str, closing: contextlib.ExitStack) -> Receipt:
    """Switch a stress on until ``closing`` ends; where it can't be, no receipt is to be had."""
    try:
        return closing.enter_context(STRESSES[name]())
    except (NotInForce, OSError) as error:
        why = str(error)

    def receipt() -> str:
        raise NotInForce(why)

    return receipt


def proof(receipt: Receipt) -> tuple[bool, str]:
    """Return whether a stress is in force, and the receipt or the reason why not."""
    try:
        return True, receipt()
    except (NotInForce, OSError) as error:
        return False, f"not in force: {error}"
