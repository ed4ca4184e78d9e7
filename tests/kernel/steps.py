"""Steps that several tests of this folder take."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from pytest_sockets.kernel.sock_diag import Address, SockDiag, Socket

Found = TypeVar("Found")
Child = subprocess.Popen[bytes]
Start = Callable[[str], Child]
Connected = tuple[socket.socket, socket.socket]


def until(found: Callable[[], Found | None]) -> Found:
    """Ask again until there is an answer; the bound only ends a test that fails."""
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        answer = found()
        if answer:
            return answer
        time.sleep(0)
    raise AssertionError("it never came about")


def numbers(child: Child) -> list[int]:
    """Return the numbers on the next line that the child prints."""
    assert child.stdout is not None
    return [int(word) for word in child.stdout.readline().split()]


def tell(child: Child, line: bytes) -> None:
    """Write to the standard input of a child."""
    assert child.stdin is not None
    child.stdin.write(line)
    child.stdin.flush()


@contextlib.contextmanager
def connected(host: str, family: socket.AddressFamily) -> Iterator[Connected]:
    """Return the client's and the server's socket of a connection to ``host``."""
    with socket.create_server((host, 0), family=family) as listener:
        client = socket.create_connection(listener.getsockname()[:2])
        server = listener.accept()[0]
    with client, server:
        yield client, server


def ends(end: socket.socket) -> tuple[Address, Address]:
    """Return the local and the remote address of a live connection."""
    return end.getsockname(), end.getpeername()


def seen_by(diag: SockDiag, end: socket.socket) -> Socket:
    """Return the row of one end of a live connection."""
    row = diag.lookup(*ends(end))
    assert row is not None
    return row
