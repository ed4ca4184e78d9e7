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
from pytest_sockets.kernel import families
from pytest_sockets.kernel.held import bind
from pytest_sockets.kernel.ports import Kind
from pytest_sockets.messages import message

from .events import Address

SURE_TO_FIT = 100
"""Bytes of a path that every system can bind (sun_path of unix(7): 108; 104 on macOS)."""


def bound(kind: Kind, host: str, port: int) -> socket.socket:
    """Return a socket that is bound to ``host`` (numeric) and ``port``; a server's, for "tcp".

    Raises:
        Misuse: there is no such port.
        OSError: the address can't be bound.
    """
    try:
        return bind(kind, (host, port), reuse=True)
    except OverflowError:
        text = "port: {given} is none: ports are numbers from 0 to 65535"
        raise Misuse(message(text, given=port)) from None


def inet(address: Address | str) -> Address:
    """Return ``address`` where it is ``(host, port)``.

    Raises:
        Misuse: it is a path.
    """
    if isinstance(address, str):
        raise Misuse(message("a server at a path has no host and no port: use address"))
    return address


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
        sock = stack.enter_context(socket.socket(families.unix(), socket.SOCK_STREAM))
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
