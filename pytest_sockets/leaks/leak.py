"""One thing that was left behind, and the sentences about it.

Knows what a socket, a thread and a process tell of themselves. Does not know why
they are still there.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil

from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.sock_diag import STATES
from pytest_sockets.messages import Message, message

from .origins import Origin, line_of

_KINDS = {socket.SOCK_STREAM: "TCP", socket.SOCK_DGRAM: "UDP"}


@dataclass(frozen=True)
class Leak:
    """``what`` was left, the line that ``made`` it, and the one where it is ``now``."""

    what: Message
    made: str | None = None
    now: str | None = None

    def __str__(self) -> str:
        lines = [str(self.what)]
        if self.made:
            lines.append(str(message("    made by {line}", line=self.made)))
        if self.now:
            lines.append(str(message("    now in {line}", line=self.now)))
        return "\n".join(lines)


def socket_leak(descriptor: int, origin: Origin | None) -> Leak:
    """Describe the open socket of a descriptor: kind, addresses and state.

    Raises:
        OSError: it is no socket, or was closed meanwhile.
    """
    with _copy(descriptor) as sock:
        kind, state = _kind(sock), _state(sock)
        local, remote = _name(sock.getsockname), _name(sock.getpeername)
    values = {"kind": kind, "local": local, "remote": remote, "state": state}
    if remote:
        what = message(
            "left open: {kind} socket {local}, connected to {remote} ({state})", **values
        )
    elif local:
        what = message("left open: {kind} socket {local} ({state})", **values)
    else:
        what = message("left open: {kind} socket ({state})", **values)
    return Leak(what, origin.line if origin else None)


def thread_leak(thread: threading.Thread, origin: Origin | None) -> Leak:
    """Describe a thread that runs, and say where it is."""
    name = repr(thread.name)
    if thread.daemon:
        what = message("left running: thread {name} (daemon)", name=name)
    else:
        what = message("left running: thread {name}", name=name)
    frame = sys._current_frames().get(thread.ident or 0)
    now = line_of(frame) if frame is not None else None
    return Leak(what, origin.line if origin else None, now)


def process_leak(pid: int, origin: Origin | None) -> Leak:
    """Describe a process that runs, with its command.

    Raises:
        psutil.Error: it ended meanwhile.
    """
    words = psutil.Process(pid).cmdline()
    what = message("left running: process {pid}, {command}", pid=pid, command=shlex.join(words))
    return Leak(what, origin.line if origin else None)


def _copy(descriptor: int) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromfd(descriptor, 0, 0)
    copy = os.dup(descriptor)
    try:
        return socket.socket(fileno=copy)
    except BaseException:
        os.close(copy)
        raise


def _kind(sock: socket.socket) -> str:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type in _KINDS:
        return _KINDS[sock.type]
    return str(getattr(sock.family, "name", sock.family))


def _state(sock: socket.socket) -> Message | str:
    if sys.platform == "linux" and not portable() and _kind(sock) == "TCP":
        return STATES["tcp"][sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]]
    with contextlib.suppress(OSError):
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return message("listening")
    return message("open")


def _name(ask: Callable[[], Any]) -> object:
    """Return an address that ``ask`` tells, empty when there is none."""
    try:
        name = ask()
    except OSError:
        return ""
    if isinstance(name, tuple):
        return name[:2] if name[1] else ""
    return os.fsdecode(name)
