"""A process on a machine of a cluster that grades what it reads: a line in, a line out.

Knows the lines: parcels (see ``parcel``) come in, and documents of what came of them go
out, all of it JSON. The submissions are graded by a pool of one worker, as on the
grader's own machine: what a submission does to its worker reaches neither this
process nor the one that started it. Does not know what a cluster is.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from ..interrupts import tell_main_thread
from ..kernel import processes
from ..messages import Message, message
from ..programs.survivors import kill
from .notices import shown
from .parcel import unpacked
from .pool import Finished, Pool, Task
from .worker import work

IDLE = 300.0
"""Seconds without a task after which the process ends: whoever gave them may be gone."""

GRACE = 20.0
"""Seconds that an orderly end may take."""


def main() -> None:
    """Grade until standard input ends; the one argument is JSON.

    ``manner`` is what ``worker.work`` takes, ``limit`` the seconds of a submission.
    """
    told = json.loads(sys.argv[1])
    tasks, answers = _own_streams()
    lines: Queue[bytes] = Queue()
    threading.Thread(target=_read, args=(tasks, lines), daemon=True).start()
    with (
        suppress(KeyboardInterrupt, BrokenPipeError),
        tempfile.TemporaryDirectory(prefix="pytest-sockets-", ignore_cleanup_errors=True) as folder,
    ):
        pool = Pool(functools.partial(work, **told["manner"]), 1, told["limit"])
        for finished in pool.grade(_unpacked(lines, answers, Path(folder))):
            _answer(answers, finished)


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return what to read and to write, which nothing that is started here inherits."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, answers


def _read(tasks: IO[bytes], lines: Queue[bytes]) -> None:
    """Read until whoever gives tasks is gone; then nobody waits for an answer."""
    for line in tasks:
        lines.put(line)
    tell_main_thread(signal.SIGINT)
    threading.main_thread().join(GRACE)
    kill(processes.tree(os.getpid())[1:])
    os._exit(1)


def _unpacked(lines: Queue[bytes], answers: IO[bytes], folder: Path) -> Iterator[Task]:
    while True:
        try:
            parcel = lines.get(timeout=IDLE)
        except Empty:
            return
        try:
            yield Task("", unpacked(parcel, folder))
        except (OSError, ValueError) as error:
            text = "its files can't be unpacked where it was to be graded: {why}"
            _answer(answers, Finished("", None, 1, message(text, why=shown(error))))


def _answer(answers: IO[bytes], finished: Finished) -> None:
    answers.write(to_line(finished))
    answers.flush()


def to_line(finished: Finished) -> bytes:
    """Return the line that tells what came of a task; see ``from_line``."""
    reason = finished.reason
    told = {
        "document": finished.document,
        "attempts": finished.attempts,
        "reason": None if reason is None else [reason.text, dict(reason.values)],
    }
    return json.dumps(told).encode() + b"\n"


def from_line(key: str, line: bytes) -> Finished:
    """Return what came of the task ``key``.

    Raises:
        ValueError: ``line`` does not tell.
    """
    try:
        told = json.loads(line)
        reason = None if told["reason"] is None else Message(*told["reason"])
        return Finished(key, told["document"], told["attempts"], reason)
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
