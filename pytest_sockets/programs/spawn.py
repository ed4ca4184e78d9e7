"""Starts each program as a new interpreter: the way that works on every system.

Knows subprocess and psutil. Slower than the warm site, with the same result. When the
harness itself is killed, a watchdog ends the programs, as far as it finds them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import uuid
from pathlib import Path
from typing import Any

from ..kernel import processes
from .child import surroundings
from .child_process import Child, environment
from .pipes import Pipes
from .request import Request
from .survivors import MARK, kill, kill_marked
from .watchdog import Watchdog

CHILD_SIDE = str(Path(__file__).parent / "child")
NOT_STARTED = "import sys; sys.stderr.write(sys.argv[1]); sys.exit(int(sys.argv[2]))"


class Spawner:
    """Starts programs with ``python``, each in a process group of its own."""

    network = False
    bounded = None

    def __init__(self, python: str, *, clean: bool = True) -> None:
        self.python = python
        self._clean = clean
        self._starting = threading.Lock()
        self.abilities = {"limits": sys.platform != "win32"}
        self._watchdog = Watchdog([sys.executable, "-I", "-S", CHILD_SIDE, "watchdog"])

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher."""
        # What one program is to inherit, no other may while it starts (Windows).
        with self._starting:
            process, pipes, mark = self._begun(request)
        self._watchdog.started(mark, process.pid)

        def end() -> bool:
            _end(process, mark)
            self._watchdog.ended(mark)
            return True

        return Child(process.pid, *pipes.ours, wait=process.wait, end=end)

    def _begun(self, request: Request) -> tuple[subprocess.Popen[bytes], Pipes, str]:
        pipes = Pipes(terminal=request.kind == "command")
        mark = uuid.uuid4().hex
        self._watchdog.watch(mark, request.temporary)
        try:
            own = surroundings.variables(request.temporary, home=self._clean)
            variables = environment(clean=self._clean) | own | {MARK: mark}
            return self._start(request, pipes, variables), pipes, mark
        except OSError:
            self._watchdog.ended(mark)
            pipes.close()
            raise
        finally:
            pipes.close_theirs()

    def _start(
        self, request: Request, pipes: Pipes, variables: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        stdin, stdout, stderr, trace = pipes.theirs
        options: dict[str, Any] = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
        options["env"] = variables
        if sys.platform != "win32":
            options["start_new_session"] = True
        if request.kind == "command" and sys.platform == "win32":
            return _start_command(request, options)
        if request.kind == "command":
            return self._start_alone("command", request.document(), options)
        number = _inherited(trace, options)
        return self._start_alone("run", request.document() | {"trace": number}, options)

    def _start_alone(
        self, name: str, document: dict[str, Any], options: dict[str, Any]
    ) -> subprocess.Popen[bytes]:
        """Start a new interpreter with the module ``name`` of the child side."""
        command = [self.python, "-I", CHILD_SIDE, name, json.dumps(document)]
        return subprocess.Popen(command, **options)  # noqa: S603 - running it is the purpose

    def close(self) -> None:
        """End the watchdog; programs that still run are killed."""
        self._watchdog.close()


def _start_command(request: Request, options: dict[str, Any]) -> subprocess.Popen[bytes]:
    options["cwd"] = request.folder
    # Into a pipe Python writes in the code page of the system, cp936 on a Chinese one.
    options["env"] = {"PYTHONIOENCODING": "utf-8", **options["env"], "PYTHONUNBUFFERED": "1"}
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
