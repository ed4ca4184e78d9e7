"""Who made a socket, a thread or a process, and at which line.

Knows what Python code makes while it looks on: ``socket.socket`` and its
subclasses, ``threading.Thread``, ``subprocess.Popen``, ``multiprocessing``. Does
not see what C code opens by itself.
"""

from __future__ import annotations

import contextlib
import functools
import linecache
import multiprocessing.process
import os
import socket
import subprocess
import sys
import sysconfig
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

_OWN = str(Path(__file__).parent.parent)
_LIBRARIES = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), _OWN)
_STANDARD = (sysconfig.get_path("stdlib"), "<")


@dataclass(frozen=True)
class Origin:
    """The line that made something, and the thread it ran in.

    ``aside`` is true for what was made while its maker was set aside.
    """

    line: str
    thread: threading.Thread
    aside: bool


class Origins:
    """Looks on while things are made, from ``start`` to ``stop``.

    ``threads`` and ``processes`` (by process id) tell the origin of each.
    ``closed`` is notified whenever a socket is closed.
    """

    def __init__(self) -> None:
        self.threads: dict[threading.Thread, Origin] = {}
        self.processes: dict[int, Origin] = {}
        self.closed = threading.Condition()
        self._sockets: list[tuple[weakref.ref[socket.socket], Origin]] = []
        self._inodes: dict[int, Origin] = {}
        self._aside = 0
        self._patches = contextlib.ExitStack()

    def start(self) -> None:
        """Begin to look on."""
        for owner, name, note, before in (
            (socket.socket, "__init__", self._note_socket, False),
            (socket.socket, "_real_close", self._note_close, False),
            (threading.Thread, "start", self._note_thread, True),
            (subprocess.Popen, "__init__", self._note_process, False),
            (multiprocessing.process.BaseProcess, "start", self._note_process, False),
        ):
            self._patches.enter_context(_patched(owner, name, note, before=before))

    def stop(self) -> None:
        """Look on no longer. Stopping twice does nothing."""
        self._patches.close()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Mark what is made meanwhile as not the test's own."""
        self._aside += 1
        try:
            yield
        finally:
            self._aside -= 1

    def open_sockets(self) -> dict[int, Origin]:
        """Return the descriptors of the sockets that were made and are open, with their origins."""
        made = [(ref(), origin) for ref, origin in self._sockets]
        return {
            sock.fileno(): origin
            for sock, origin in made
            if sock is not None and sock.fileno() >= 0
        }

    def of_inode(self, inode: int) -> Origin | None:
        """Return the origin of a socket by its inode, which outlives ``detach`` (POSIX)."""
        return self._inodes.get(inode)

    def _note_socket(self, sock: socket.socket) -> None:
        origin = self._origin()
        self._sockets.append((weakref.ref(sock), origin))
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                self._inodes[os.fstat(sock.fileno()).st_ino] = origin

    def _note_close(self, _: socket.socket) -> None:
        with self.closed:
            self.closed.notify_all()

    def _note_thread(self, thread: threading.Thread) -> None:
        self.threads[thread] = self._origin()

    def _note_process(self, process: Any) -> None:
        self.processes[process.pid] = self._origin()

    def _origin(self) -> Origin:
        return Origin(line_of(sys._getframe(3)), threading.current_thread(), self._aside > 0)


def line_of(frame: FrameType | None) -> str:
    """Return the innermost line of the user's own code, from ``frame`` outwards.

    Where there is none it is an installed package's line, else the standard
    library's: ``file:line (function)  source``.
    """
    frames = []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    return _shown(max(frames, key=_nearness))  # the innermost of the nearest


def _nearness(frame: FrameType) -> int:
    """Return 2 for the user's code, 1 for an installed package's, 0 for the standard library's."""
    name = frame.f_code.co_filename
    if name.startswith(_LIBRARIES):
        return 1
    return 0 if name.startswith(_STANDARD) else 2


def _shown(frame: FrameType) -> str:
    path, line = frame.f_code.co_filename, frame.f_lineno
    with contextlib.suppress(ValueError):  # another drive, on Windows
        path = min(path, os.path.relpath(path), key=len)
    source = linecache.getline(frame.f_code.co_filename, line).strip()
    return f"{path}:{line} ({frame.f_code.co_name})  {source}".rstrip()


@contextlib.contextmanager
def _patched(owner: Any, name: str, note: Callable[[Any], None], *, before: bool) -> Iterator[None]:
    """Call ``note(self)`` before or after each call of a method."""
    original = owner.__dict__[name]

    @functools.wraps(original)
    def noted(self: Any, *arguments: Any, **named: Any) -> Any:
        if before:
            note(self)
        result = original(self, *arguments, **named)
        if not before:
            note(self)
        return result

    setattr(owner, name, noted)
    try:
        yield
    finally:
        setattr(owner, name, original)
