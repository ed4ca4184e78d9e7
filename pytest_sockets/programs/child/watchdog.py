"""Ends the programs that a killed harness has left, where nobody else would.

A process of its own, which reads what the harness tells of its programs; the end of that
is the end of the harness, however it came about. Whatever still carries a program's mark
in its environment is killed then; where the system shows no environments, the group that
the program leads. Does not know a process that took off its mark on purpose.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from typing import Dict, List

ROUNDS = 1000
PAUSE = 0.001

NEVER = -1
"""The process id of a program of which it was never told that it started."""


def main(_arguments: List[str]) -> None:
    """Read what is told by standard input until its end, then take down what is left."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    running: Dict[str, Dict[str, object]] = {}
    for line in sys.stdin.buffer:
        told = json.loads(line)
        if told.pop("ended", False):
            running.pop(told["mark"], None)
        else:
            running.setdefault(told["mark"], {}).update(told)
    for program in running.values():
        _take_down(str(program["mark"]), int(str(program.get("pid", NEVER))))
        shutil.rmtree(str(program["folder"]), ignore_errors=True)


def _take_down(mark: str, pid: int) -> None:
    entry = "PYTEST_SOCKETS_RUN={}".format(mark).encode()
    if not os.path.isdir("/proc/self"):
        if pid > 0:
            _kill_group(pid)
        return
    for _ in range(ROUNDS):
        found = _carrying(entry)
        if not found:
            return
        for each in found:
            _kill(each)
        time.sleep(PAUSE)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _carrying(entry: bytes) -> List[int]:
    """Return the processes with ``entry`` in their environment; those that ended have none."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        with contextlib.suppress(OSError), open("/proc/{}/environ".format(name), "rb") as file:
            if entry in file.read().split(b"\0"):
                found.append(int(name))
    return found
