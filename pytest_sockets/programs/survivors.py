"""Finds what a program left running after it left its process family behind.

Knows the mark that a spawned program is given in its environment, which all
that it starts inherits. Does not find a process that was started with another
environment on purpose.
"""

from __future__ import annotations

import contextlib

import psutil

MARK = "PYTEST_SOCKETS_RUN"
ROUNDS = 100


def kill_marked(mark: str) -> None:
    """Kill every process of this user that carries ``mark``, until none is left."""
    for _ in range(ROUNDS):
        found = [process for process in psutil.process_iter() if _carries(process, mark)]
        if not found:
            return
        for process in found:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(found, timeout=0.1)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == mark)
    except (psutil.Error, OSError):
        return False
