"""How long this machine takes now for what a program does between two events.

Knows one small program: it loads what the larger reference programs load and
repeats a line. Where rest can't be proved, a multiple of its time stands in.
"""

from __future__ import annotations

import itertools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import pipes
from .child_process import Child, Launcher
from .folder import ThrowAway
from .request import Request

SOURCE = "import asyncio, socketserver\nprint(input())\n"
LINE = b"ready\n"
TIMES = 4
AT_ONCE = min(TIMES, os.cpu_count() or 1)
"""Programs that run together, here and where behaviours overlap."""

FACTOR = 5.0
LEAST, MOST = 0.4, 8.0


def quiet_time(launcher: Launcher, times: int = TIMES) -> float:
    """Return the seconds without an event after which a program counts as silent.

    So many programs are started for it as ``times`` says.

    Raises:
        OSError: the program can't be started.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        slowest = max(pool.map(_answer_time, [launcher] * times))
    return min(max(LEAST, FACTOR * slowest), MOST)


def _answer_time(launcher: Launcher) -> float:
    """Return the seconds from the start of the program to its answer."""
    folder = ThrowAway(None)
    try:
        path = Path(folder.work, "repeats_a_line.py")
        path.write_text(SOURCE, "utf-8")
        work = str(folder.work)
        request = Request(
            kind="script",
            root=work,
            folder=work,
            path=str(path),
            temporary=str(folder.work.parent.parent),
        )
        began = time.monotonic()
        child = launcher.run(request)
        answer = _answer(child)
        took = time.monotonic() - began
        child.end()
        for descriptor in (child.stdin, child.stdout, child.stderr, child.trace):
            os.close(descriptor)
        if answer != LINE:
            raise OSError(f"no answer from the interpreter: {answer!r}")
        return took
    finally:
        folder.close()


def _answer(child: Child) -> bytes:
    pipes.write(child.stdin, LINE)
    pieces = iter(lambda: os.read(child.stdout, 1), b"")
    return b"".join(itertools.islice(pieces, len(LINE)))
