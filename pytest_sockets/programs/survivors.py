"""Kills what a program left running, wherever it went, and sees it gone.

Knows the mark that a spawned program is given in its environment, which all
that it starts inherits. Does not find a process that was started with another
environment on purpose.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable

import psutil

from ..kernel import processes

MARK = "PYTEST_SOCKETS_RUN"
ROUNDS = 100
PAUSE, LIMIT = 0.001, 5.0


def kill_marked(mark: str) -> None:
    """Kill every process of this user that carries ``mark``, until none is left."""
    for _ in range(ROUNDS):
        found = [process.pid for process in psutil.process_iter() if _carries(process, mark)]
        if not found:
            return
        kill(found)


def kill(pids: Iterable[int]) -> None:
    """Kill the processes and wait, for a while, until they have ended."""
    pids = list(pids)
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).kill()
    until = time.monotonic() + LIMIT
    while any(processes.alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(PAUSE)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == mark)
    except (psutil.Error, OSError):
        return False
