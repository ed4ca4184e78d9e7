"""The harness's end of the watchdog, which ends the programs of a harness that was killed.

Knows what ``child/watchdog.py`` reads. Where it can't be started, or was ended itself,
programs run unwatched: nothing else changes.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence

CLOSE_LIMIT = 5.0


class Watchdog:
    """One process for all programs of a session, started by ``command`` with the first of them."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self, mark: str, folder: str) -> None:
        """Tell of a program that is about to start; ``folder`` is to be removed with it."""
        self._tell({"mark": mark, "folder": folder})

    def started(self, mark: str, pid: int) -> None:
        """Tell by which process id it is known now."""
        self._tell({"mark": mark, "pid": pid})

    def ended(self, mark: str) -> None:
        """Tell that nothing is left of it, or that it never started."""
        self._tell({"mark": mark, "ended": True})

    def close(self) -> None:
        """End the watchdog; what was not told to have ended is ended."""
        if self._process is None or self._process.stdin is None:
            return
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(CLOSE_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _tell(self, document: dict[str, object]) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._process is None:
                self._process = self._start()
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(document).encode() + b"\n")
            self._process.stdin.flush()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # What ends the harness by its group or its terminal is not meant for it.
            start_new_session=sys.platform != "win32",
        )
