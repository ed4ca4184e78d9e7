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
        OSError: the path can't be bound.
    """
    with contextlib.ExitStack() as stack:
        if path is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pytest-sockets-"))
            path = str(Path(folder) / "server")
        sock = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        sock.bind(path)
        kept = stack.pop_all()
        kept.callback(_removed, path)
        # The server closes the socket itself, before.
        return sock, kept.close


def _removed(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
