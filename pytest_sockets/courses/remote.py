"""What a worker of a Dask cluster is asked to do: it hands each task to a process of its own.

Dask's workers run this module's functions in threads. They read nothing that a
submission has made: a submission runs below a worker's child (see ``serve``), and
that child answers with a line of bytes, which is passed on as it is.

Knows which of those processes are free, for each run of a grader. Does not know Dask.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import IO

from ..kernel import processes
from ..messages import Message, message
from ..programs.containment import refusal
from ..programs.place import Runner
from ..programs.survivors import kill
from ..programs.versions import version_of
from .pool import TRIES, Finished
from .serve import to_line

START = "from pytest_sockets.courses.serve import main; main()"

SLACK = 120.0
"""Seconds that a process may take beyond the limits of its submission."""


class Lost(Exception):  # noqa: N818 - it says what became of the process
    """What graded a submission here ended without an answer."""


class _Serving:
    """A process that grades for the run ``run``, one task at a time."""

    def __init__(self, run: str) -> None:
        told = json.loads(run)
        told["manner"]["python"] = told["manner"]["python"] or sys.executable
        command = [sys.executable, "-c", START, json.dumps(told)]
        # A new interpreter looks for modules where it starts; students' files are not there.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,  # noqa: S603
                                         cwd=os.path.abspath(os.sep),
                                         start_new_session=True)  # fmt: skip
        self._seconds = TRIES * told["limit"] + SLACK
        self.busy = False

    @property
    def alive(self) -> bool:
        """True until the process has ended."""
        return self._process.poll() is None

    def answer(self, parcel: bytes) -> bytes:
        """Return the line that the process says of ``parcel``.

        Raises:
            Lost: it ended instead, or was ended because it took far too long.
        """
        watch = threading.Timer(self._seconds, self.kill)
        watch.start()
        try:
            line = self._ask(parcel)
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            status = self._process.wait()
            raise Lost(f"the process that graded it ended with status {status}")
        return line

    def _ask(self, parcel: bytes) -> bytes:
        try:
            self._tasks.write(parcel + b"\n")
            self._tasks.flush()
            assert self._process.stdout is not None
            return self._process.stdout.readline()
        except (OSError, ValueError):  # it is gone, or was let go meanwhile
            return b""

    def let_go(self) -> None:
        """Let the process end, whatever it does; it sees to what it has started."""
        with suppress(OSError):
            self._tasks.close()
        threading.Thread(target=self._process.wait, daemon=True).start()

    def kill(self) -> None:
        """End the process with all that it has started."""
        kill(processes.tree(self._process.pid))
        self._process.wait()

    @property
    def _tasks(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin


_lock = threading.Lock()
_serving: dict[str, list[_Serving]] = {}
_released: set[str] = set()


def grade(parcel: bytes, run: str) -> bytes:
    """Return the line that tells what came of ``parcel``; see ``serve.from_line``.

    ``run`` is JSON: what ``serve.main`` takes, an ``id`` that no other run has, and
    the ``versions`` that the grader counts on.

    Raises:
        Lost: what graded it is gone; another try may help.
    """
    told = json.loads(run)
    wrong = mismatch(platform.node(), told["versions"], versions(told["manner"]["python"]))
    if wrong is not None:
        return to_line(Finished("", None, 1, wrong))
    serving = _taken(run)
    try:
        return serving.answer(parcel)
    finally:
        serving.busy = False


def release(run: str) -> None:
    """End what grades for ``run`` here, and let no more of it begin."""
    with _lock:
        _released.add(run)
        for serving in _serving.pop(run, []):
            serving.let_go()


def versions(python: str) -> dict[str, str]:
    """Return which version of ours is here, and which one of the interpreter ``python``.

    Without a ``python`` it is the one that runs this. There may be none: then it is "".
    """
    try:
        interpreter = version_of(python or sys.executable)
    except OSError:
        interpreter = ""
    return {"pytest-sockets": version("pytest-sockets"), "python": interpreter}


def uncontained(manner: str) -> Message | None:
    """Return why nothing may run here in the ``manner`` (JSON) of strict containment, if so."""
    told = json.loads(manner)
    runner = Runner(told["python"] or sys.executable, portable=told["portable"], private=True,
                    containment=told["containment"])  # fmt: skip
    try:
        contained = runner.contained
    finally:
        runner.close()
    return refusal(contained) if contained.missing else None


def mismatch(where: object, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Message | None:
    """Return why ``where`` is not to grade for a grader that counts on the versions ``ours``."""
    if not theirs.get("pytest-sockets"):
        text = "{where} has no pytest-sockets: install {ours} there"
        return message(text, where=where, ours=ours["pytest-sockets"])
    if theirs["pytest-sockets"] != ours["pytest-sockets"]:
        text = "{where} has pytest-sockets {theirs}, and {ours} is needed: install it there"
        return message(text, where=where, theirs=theirs["pytest-sockets"],
                       ours=ours["pytest-sockets"])  # fmt: skip
    if not theirs["python"]:
        return message("{where} has no such interpreter as --python names", where=where)
    if theirs["python"] != ours["python"]:
        text = "{where} runs programs with Python {theirs}, and the grader counts on {ours}"
        return message(text, where=where, theirs=theirs["python"], ours=ours["python"])
    return None


def _taken(run: str) -> _Serving:
    """Return a process for ``run`` that is free, or a new one."""
    with _lock:
        if run in _released:
            raise Lost("its grader has ended")
        known = _serving.setdefault(run, [])
        known[:] = [each for each in known if each.busy or each.alive]
        free = next((each for each in known if not each.busy), None)
        if free is None:
            free = _Serving(run)
            known.append(free)
        free.busy = True
        return free
