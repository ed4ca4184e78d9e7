"""Sockets of ours that are bound to an address: what servers begin with.

Knows addresses and socket files. Does not know what a server says.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from pytest_sockets.findings import Misuse
from pytest_sockets.messages import message

SURE_TO_FIT = 100
"""Bytes of a path that every system can bind (sun_path of unix(7): 108; 104 on macOS)."""


def bound(host: str, port: int, kind: int) -> socket.socket:
    """Return a socket that is bound to ``host`` (numeric) and ``port``; ``kind`` is SOCK_….

    Raises:
        OSError: the address can't be bound.
    """
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)
    try:
        if kind == socket.SOCK_STREAM:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    return sock


def bound_at(path: str | None) -> tuple[socket.socket, Callable[[], None]]:
    """Return an AF_UNIX stream socket bound to ``path``, and what removes its file.

    Without a path it is bound in a folder of its own.

    Raises:
        Misuse: the path, or that of the folder for temporary files, is too long.
        OSError: the path can't be bound.
    """
    given = path
    with contextlib.ExitStack() as stack:
        if path is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pytest-sockets-"))
            path = str(Path(folder) / "server")
        sock = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        try:
            sock.bind(path)
        except OSError as error:
            # Python asks no system about a path that has no room in sun_path (unix(7)).
            if error.errno is None:
                raise _too_long(given) from None
            raise
        kept = stack.pop_all()
        kept.callback(_removed, path)
        # The server closes the socket itself, before.
        return sock, kept.close


def _too_long(path: str | None) -> Misuse:
    if path is not None:
        text = "path: {path} is too long for a socket file: give one of at most {most} bytes"
        return Misuse(message(text, path=repr(path), most=SURE_TO_FIT))
    text = (
        "path: {folder}, the folder for temporary files, has too long a name for a socket file "
        "in it: set TMPDIR to a shorter one"
    )
    return Misuse(message(text, folder=repr(tempfile.gettempdir())))


def _removed(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
