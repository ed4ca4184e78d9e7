"""The harness's end of the nursery: reference programs, forked before they are needed.

Knows what ``child/nursery.py`` answers, and keeps the folders that a program has left
as it found them for the next. Does not contain anything: the programs are ours. Linux.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from .child import channel
from .child_process import Child, LauncherGone
from .folder import ThrowAway, made, remove
from .pipes import Pipes
from .request import Request
from .socket_files import SocketFiles
from .spawn import CHILD_SIDE
from .talk import answer, hang_up, interpreter, tell, wait_for
from .warm import exit_status

TRIES = 10


class Nursery:
    """A process that forks reference programs, with one in advance."""

    network = False
    bounded = None

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes], folder: Path
    ) -> None:
        self.abilities: dict[str, bool] = {}
        self._control = control
        self._process = process
        self._folder = folder
        self._lock = threading.Lock()
        self._asked = False
        self._untouched: list[ThrowAway] = []

    @classmethod
    def start(cls, python: str) -> Nursery:
        """Start the nursery with the interpreter ``python``.

        Raises:
            OSError: it can't be started here.
        """
        if not hasattr(os, "pidfd_open"):
            raise OSError("this system does not watch processes by descriptors")
        os.close(os.pidfd_open(os.getpid()))
        folder = made()
        try:
            command = [python, "-I", "-S", CHILD_SIDE, "nursery", str(folder)]
            control, _, _, process = interpreter(command)
        except OSError:
            remove(folder)
            raise
        return cls(control, process, folder)

    @property
    def alive(self) -> bool:
        """False once the process that forks has ended."""
        return self._process.poll() is None

    def folder(self) -> ThrowAway:
        """Return a folder with nothing in it."""
        with contextlib.suppress(IndexError):
            return self._untouched.pop()
        return _Folder(self._folder, self._untouched.append)

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher."""
        pipes = Pipes()
        try:
            pid, status, watched = self._hand_over(request, pipes.theirs)
        except OSError:
            pipes.close()
            raise
        finally:
            pipes.close_theirs()

        def end() -> bool:
            _kill(watched)
            # Whoever waits for the program's status is told that there will be none.
            with contextlib.suppress(OSError):
                status.shutdown(socket.SHUT_RDWR)
            status.close()
            with contextlib.suppress(LauncherGone), self._lock:
                self._ask(request.path)
            return self.alive

        return Child(pid, *pipes.ours, wait=lambda: exit_status(status), end=end)

    def _hand_over(self, request: Request, fds: tuple[int, ...]) -> tuple[int, socket.socket, int]:
        """Give the request to the process that waits for one; to another when that was killed."""
        with self._lock:
            for _ in range(TRIES):
                self._ask(request.path)
                # Whatever comes is the answer, an error as well.
                self._asked = False
                said, theirs = answer(self._control)
                status, watched = socket.socket(fileno=theirs[1]), theirs[2]
                try:
                    with socket.socket(fileno=theirs[0]) as asking:
                        channel.send(asking, request.document(), fds)
                    return said["pid"], status, watched
                except OSError:
                    status.close()
                    os.close(watched)
        raise LauncherGone("whatever is forked is killed at once")

    def _ask(self, path: str) -> None:
        """Have another one forked, unless one waits already."""
        if self._asked:
            return
        tell(self._control, {"path": path})
        self._asked = True

    def close(self) -> None:
        """End the nursery with all its programs, and remove their folders."""
        hang_up(self._control)
        wait_for(self._process)
        remove(self._folder)


class _Folder(ThrowAway):
    """A throw-away folder that is kept for the next program while nothing is in it."""

    def __init__(self, within: Path, keep: Callable[[ThrowAway], None]) -> None:
        super().__init__(within=within)
        self._keep = keep

    def close(self) -> None:
        """Keep the folder when it is as it was, and remove it otherwise."""
        work = {self.work.parent, self.work, SocketFiles(self.outer).folder}
        if set(self.outer.rglob("*")) <= work:
            self._keep(self)
        else:
            super().close()


def _kill(watched: int) -> None:
    """Kill the process of a pidfd (pidfd_open(2)), and wait until it has ended."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(watched, signal.SIGKILL)
    over = select.poll()
    over.register(watched, select.POLLIN)
    over.poll()
    os.close(watched)
