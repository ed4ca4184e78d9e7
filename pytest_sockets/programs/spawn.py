"""Starts each program as a new interpreter: the way that works on every system.

Knows subprocess and psutil. Slower than the warm site, with the same result,
but nothing ends the programs when the harness itself is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from ..kernel import processes
from ..messages import translatable
from .child_process import Child, environment
from .pipes import Pipes
from .request import Request
from .survivors import MARK, kill, kill_marked

CHILD_SIDE = str(Path(__file__).parent / "child")
NOT_STARTED = "import sys; sys.stderr.write(sys.argv[1]); sys.exit(int(sys.argv[2]))"


class Spawner:
    """Starts programs with ``python``, each in a process group of its own."""

    containment = translatable("throw-away folder")

    def __init__(self, python: str) -> None:
        self.python = python

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher."""
        pipes = Pipes(terminal=request.kind == "command")
        mark = uuid.uuid4().hex
        try:
            process = self._start(request, pipes, environment() | {MARK: mark})
        except OSError:
            pipes.close()
            raise
        finally:
            pipes.close_theirs()
        return Child(process.pid, *pipes.ours, wait=process.wait, end=lambda: _end(process, mark))

    def _start(
        self, request: Request, pipes: Pipes, variables: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        stdin, stdout, stderr, trace = pipes.theirs
        options: dict[str, Any] = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
        options["env"] = variables
        if sys.platform != "win32":
            options["start_new_session"] = True
        if request.kind == "command":
            return _start_command(request, options)
        number = _inherited(trace, options)
        document = json.dumps(request.document() | {"trace": number})
        command = [self.python, "-I", CHILD_SIDE, "run", document]
        return subprocess.Popen(command, **options)  # noqa: S603 - running it is the purpose

    def close(self) -> None:
        """Nothing is kept between programs."""


def _start_command(request: Request, options: dict[str, Any]) -> subprocess.Popen[bytes]:
    options["cwd"] = request.folder
    options["env"]["PYTHONUNBUFFERED"] = "1"
    options["env"].update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), request.temporary))
    try:
        return subprocess.Popen(request.arguments, **options)  # noqa: S603 - the user wrote it
    except OSError as error:
        # As in a shell: what can't be started is a program that ends with 127 or 126.
        missing = isinstance(error, FileNotFoundError)
        why, status = ("command not found", "127") if missing else (error.strerror, "126")
        stand_in = [sys.executable, "-I", "-c", NOT_STARTED, f"{request.arguments[0]}: {why}\n"]
        return subprocess.Popen([*stand_in, status], **options)  # noqa: S603


def _inherited(trace: int, options: dict[str, Any]) -> int:
    """Let the child inherit the trace's descriptor; return the number it has there."""
    if sys.platform != "win32":
        options["pass_fds"] = (trace,)
        return trace
    import msvcrt  # noqa: PLC0415 - it exists on Windows only

    handle: int = msvcrt.get_osfhandle(trace)
    os.set_handle_inheritable(handle, True)  # noqa: FBT003 - it takes no keywords
    options["close_fds"] = False
    return handle


def _end(process: subprocess.Popen[bytes], mark: str) -> None:
    """Kill the process, its descendants, its group, and what left both."""
    family = processes.tree(process.pid)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    kill(family[1:])
    if sys.platform != "win32":
        kill_marked(mark)
