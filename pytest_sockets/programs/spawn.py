"""Starts each program as a new interpreter: the way that works on every system.

Knows subprocess and psutil. Slower than the warm site, with the same result.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil

from .child_process import Child
from .request import Request

CHILD_SIDE = str(Path(__file__).parent / "child")


class Spawner:
    """Starts programs with ``python``, each in a process group of its own."""

    containment = "throw-away folder"

    def __init__(self, python: str) -> None:
        self.python = python

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher."""
        reading, writing = os.pipe()
        try:
            process = self._start(request, writing)
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        assert process.stdin and process.stdout and process.stderr  # noqa: S101 - they are pipes
        streams = [os.dup(s.fileno()) for s in (process.stdin, process.stdout, process.stderr)]
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()
        return Child(
            process.pid, *streams, reading, wait=process.wait, end=lambda: _end(process)
        )

    def _start(self, request: Request, trace: int) -> subprocess.Popen[bytes]:
        options: dict[str, Any] = {"stdin": -1, "stdout": -1, "stderr": -1, "bufsize": 0}
        if os.name == "nt":
            options |= _inherit_on_windows(trace)
            number = options.pop("number")
        else:
            options |= {"pass_fds": (trace,), "start_new_session": True}
            number = trace
        if request.kind == "command":
            return subprocess.Popen(request.arguments, cwd=request.folder, **options)  # noqa: S603
        document = request.document() | {"trace": number}
        command = [self.python, "-I", CHILD_SIDE, "run", json.dumps(document)]
        return subprocess.Popen(command, **options)  # noqa: S603 - running it is the purpose

    def close(self) -> None:
        """Nothing is kept between programs."""


def _inherit_on_windows(trace: int) -> dict[str, Any]:
    if sys.platform != "win32":
        raise AssertionError("only Windows has handles")
    import msvcrt

    handle = msvcrt.get_osfhandle(trace)
    os.set_handle_inheritable(handle, True)  # noqa: FBT003
    return {"number": handle, "close_fds": False}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process, its descendants, and on POSIX its process group."""
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
        for member in family:
            with contextlib.suppress(psutil.Error):
                member.kill()
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, 9)
    process.kill()
    process.wait()


