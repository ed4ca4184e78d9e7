"""What was opened since a moment and is still open.

Knows what was there before, what belongs to whom, and how to wait for an end
that is under way. Of what C code opens it sees sockets only (Linux); it does not
see a process whose parent has ended.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing.process
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator

import psutil

from pytest_sockets.kernel import processes
from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import readable

from .belongings import belongings
from .leak import Leak, process_leak, socket_leak, thread_leak
from .origins import Origin, Origins

LIMIT = 2.0
"""Seconds for what is about to end: a thread, a process, a socket that another thread closes."""

PAUSE = 0.01
"""Seconds between looks at a process whose end no descriptor tells."""

_PROCESSES = (subprocess.Popen, multiprocessing.process.BaseProcess, psutil.Process)
_SERVICES = (
    ("multiprocessing.resource_tracker", "_resource_tracker", "_pid"),
    ("multiprocessing.forkserver", "_forkserver", "_forkserver_pid"),
)


class LeakWatch:
    """Watches what this process opens, from ``start`` to ``stop``.

    What existed before does not count, nor what those threads and processes open
    that existed before, nor what is made ``aside``, nor what belongs to an object
    that was allowed. ``borders`` are classes whose objects lead to everything
    there is: what is behind them does not belong to an allowed object.
    """

    def __init__(self, borders: tuple[type, ...] = ()) -> None:
        self._borders = borders
        self._origins = Origins()
        self._allowed: list[object] = []
        self._owned_threads: set[threading.Thread] = set()
        self._owned_descriptors: set[int] = set()
        self._owned_processes: set[int] = set()

    def start(self) -> None:
        """Begin to watch."""
        self._thread = threading.current_thread()
        self._threads_before = set(threading.enumerate())
        self._processes_before = processes.tree(os.getpid())
        self._inodes_before = set(_inodes().values())
        self._origins.start()

    def stop(self) -> None:
        """Watch no longer. Stopping twice does nothing."""
        self._origins.stop()

    def allow(self, *things: object) -> None:
        """Let these stay: sockets, threads, processes, and objects that hold such."""
        self._allowed += things

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """Return a context in which what this thread makes does not count."""
        return self._origins.aside()

    def leaks(self, limit: float = LIMIT) -> list[Leak]:
        """Return what was left, after at most ``limit`` seconds for what is about to end."""
        if not (self._threads() or self._processes() or self._sockets()):
            return []
        gc.collect()  # what nobody holds any longer is closed by now, or by this
        self._look_into(belongings(self._allowed, self._borders))
        self._wait(time.monotonic() + limit)
        self.stop()
        return list(self._found())

    def _found(self) -> Iterator[Leak]:
        for descriptor, origin in self._sockets().items():
            with contextlib.suppress(OSError):  # closed just now
                yield socket_leak(descriptor, origin)
        for thread in self._threads():
            yield thread_leak(thread, self._origins.threads.get(thread))
        for pid in self._processes():
            with contextlib.suppress(psutil.Error):  # ended just now
                yield process_leak(pid, self._origins.processes.get(pid))

    def _look_into(self, owned: Iterable[object]) -> None:
        """Note the threads, descriptors and processes among ``owned``."""
        for thing in owned:
            if isinstance(thing, threading.Thread):
                self._owned_threads.add(thing)
            elif isinstance(thing, _PROCESSES):
                self._owned_processes.add(thing.pid or 0)
            elif hasattr(type(thing), "fileno"):
                with contextlib.suppress(Exception):  # a closed one, or no file at all
                    self._owned_descriptors.add(thing.fileno())  # type: ignore[attr-defined]
        for module, service, pid in _SERVICES:
            found = getattr(getattr(sys.modules.get(module), service, None), pid, None)
            self._owned_processes.add(found or 0)

    def _wait(self, until: float) -> None:
        for thread in self._threads():
            thread.join(max(0.0, until - time.monotonic()))
        for pid in self._processes():
            _wait_for_end(pid, max(0.0, until - time.monotonic()))
        if threading.active_count() > 1:
            with self._origins.closed:
                left = max(0.0, until - time.monotonic())
                self._origins.closed.wait_for(lambda: not self._sockets(), left)

    def _counts(self, origin: Origin | None) -> bool:
        return origin is None or not (origin.aside or self._is_foreign(origin.thread))

    def _is_foreign(self, thread: threading.Thread) -> bool:
        """Return whether a thread existed before, or was started by one that did."""
        if thread is self._thread:
            return False
        started = self._origins.threads.get(thread)
        return thread in self._threads_before or not self._counts(started)

    def _threads(self) -> list[threading.Thread]:
        return [
            each
            for each in threading.enumerate()
            if each is not self._thread
            and each not in self._owned_threads
            and not self._is_foreign(each)
        ]

    def _processes(self) -> list[int]:
        gone = {os.getpid()}
        for other in (*self._processes_before[1:], *filter(None, self._owned_processes)):
            gone.update(processes.tree(other))
        return [
            pid
            for pid in processes.tree(os.getpid())
            if pid not in gone
            and self._counts(self._origins.processes.get(pid))
            and processes.alive(pid)
        ]

    def _sockets(self) -> dict[int, Origin | None]:
        """Return the descriptors that were left, one for each socket, with their origins."""
        if not processes.available():
            made = self._origins.open_sockets().items()
            return {
                descriptor: origin
                for descriptor, origin in made
                if descriptor not in self._owned_descriptors and self._counts(origin)
            }
        now = _inodes()
        owned = {now.get(descriptor) for descriptor in self._owned_descriptors}
        new = {
            inode: descriptor
            for descriptor, inode in now.items()
            if inode not in owned and inode not in self._inodes_before
        }
        origins = {descriptor: self._origins.of_inode(inode) for inode, descriptor in new.items()}
        return {each: origin for each, origin in origins.items() if self._counts(origin)}


def _inodes() -> dict[int, int]:
    """Return the inodes of this process's sockets by descriptor; empty where they are not shown."""
    return processes.socket_inodes(os.getpid()) if processes.available() else {}


def _wait_for_end(pid: int, limit: float) -> None:
    """Wait until a child ends, without taking its status from whoever waits for it."""
    if sys.platform != "linux" or portable():
        until = time.monotonic() + limit
        while processes.alive(pid) and time.monotonic() < until:
            time.sleep(PAUSE)
        return
    with contextlib.suppress(OSError):
        descriptor = os.pidfd_open(pid)
        try:
            readable([descriptor], limit)
        finally:
            os.close(descriptor)
