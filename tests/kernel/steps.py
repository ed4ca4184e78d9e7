"""Steps that several tests of this folder take."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from pytest_sockets.kernel.sock_diag import Address, SockDiag, Socket
from pytest_sockets.kernel.threads import Thread, snapshot

Found = TypeVar("Found")
Child = subprocess.Popen[bytes]
Start = Callable[[str], Child]
Sees = Callable[[tuple[Thread, ...]], bool]
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


def number(child: Child) -> int:
    """Return the number that the child printed when it was ready."""
    return numbers(child)[0]


def threads_of(child: Child, sees: Sees) -> tuple[Thread, ...]:
    """Look until the threads of the child are as expected."""

    def look() -> tuple[Thread, ...] | None:
        found = snapshot([child.pid])
        return found if sees(found) else None

    return until(look)


def all_settled(child: Child, sees: Sees) -> tuple[Thread, ...]:
    """Return the threads of the child once they are as expected and stay there."""
    return threads_of(child, lambda found: sees(found) and found == snapshot([child.pid]))


def settled(child: Child, sees: Callable[[Thread], bool]) -> Thread:
    """Return the only thread of the child once it is as expected and stays there."""
    return all_settled(child, lambda found: len(found) == 1 and sees(found[0]))[0]


def polls(thread: Thread) -> bool:
    """Return whether the thread is in a call that watches a list of descriptors."""
    return thread.call in {"poll", "ppoll", "select", "pselect6"}


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
