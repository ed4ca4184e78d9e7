"""What the kernel's table says of AF_UNIX sockets made by the test itself."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_sockets.kernel import unix_diag
from pytest_sockets.kernel.sock_diag import SockDiag
from pytest_sockets.kernel.unix_diag import UnixDiag, UnixSocket

pytestmark = pytest.mark.skipif(not unix_diag.available(), reason="unix_diag does not answer here")


@pytest.fixture
def unix() -> Iterator[UnixDiag]:
    """Return a conversation with the kernel about AF_UNIX sockets."""
    with SockDiag() as diag:
        yield UnixDiag(diag)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a short path for a socket: a name in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    return "own.sock"


@pytest.fixture
def listener(path: str) -> Iterator[socket.socket]:
    """Return a socket that listens on the path."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path)
        sock.listen(3)
        yield sock


def inode(sock: socket.socket) -> int:
    """Return the number by which the kernel knows the socket."""
    return os.fstat(sock.fileno()).st_ino


def row(unix: UnixDiag, sock: socket.socket) -> UnixSocket:
    """Return the kernel's row of the socket."""
    found = unix.lookup(inode(sock))
    assert found is not None
    return found


def named(unix: UnixDiag, state: str, sock: socket.socket) -> list[str]:
    """Return the path of the socket when it is among those in ``state``."""
    return [found.path for found in unix.named(state) if found.inode == inode(sock)]


def connected(path: str) -> socket.socket:
    """Return a client of the path."""
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    return client


def test_a_bound_socket_listens_only_after_listen(unix: UnixDiag, path: str) -> None:
    """It is in CLOSE first and then in LISTEN, under the name that bind was given."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path)
        assert (named(unix, "CLOSE", sock), named(unix, "LISTEN", sock)) == ([path], [])
        sock.listen()
        assert (named(unix, "CLOSE", sock), named(unix, "LISTEN", sock)) == ([], [path])


@pytest.mark.parametrize("name", [b"\0pytest-sockets test", b"\0\xff\xfe\0inside"])
def test_an_abstract_name_keeps_its_zero_bytes(unix: UnixDiag, name: bytes) -> None:
    """It ends where it was said to end, and not at a zero."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(name)
        assert os.fsencode(row(unix, sock).path) == name


def test_a_path_may_hold_any_character(unix: UnixDiag, path: str) -> None:
    """It is decoded as Python decodes names of files."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path + "套接字\udcff")
        assert row(unix, sock).path == path + "套接字\udcff"


def test_who_has_no_name_has_an_empty_path(unix: UnixDiag, listener: socket.socket) -> None:
    """A client is not bound, and is left out of what is named."""
    with connected("own.sock") as client:
        assert row(unix, client).path == ""
        assert not named(unix, "ESTABLISHED", client)
        assert inode(listener) in [found.inode for found in unix.named("LISTEN")]


def test_a_connection_has_an_other_end_once_it_is_accepted(
    unix: UnixDiag, listener: socket.socket
) -> None:
    """Before that, and after that end was closed, its inode is 0."""
    with connected("own.sock") as client:
        assert row(unix, client).peer == 0
        assert row(unix, listener).receive_queue == 1
        server, _ = listener.accept()
        assert row(unix, client).peer == inode(server)
        assert row(unix, server).peer == inode(client)
        server.close()
        assert row(unix, client).peer == 0


def test_a_socket_that_was_never_connected_has_no_other_end(
    unix: UnixDiag, listener: socket.socket
) -> None:
    """There is none at all, rather than one that nobody holds."""
    assert row(unix, listener).peer is None


def test_the_queue_counts_bytes_that_were_not_read(unix: UnixDiag, listener: socket.socket) -> None:
    """They are there when send returns, and each recv takes its own away."""
    with connected("own.sock") as client, listener.accept()[0] as server:
        client.sendall(b"0123456789")
        client.sendall(b"ab")
        assert row(unix, server).receive_queue == 12
        server.recv(4)
        assert row(unix, server).receive_queue == 8
        server.recv(100)
        assert row(unix, server).receive_queue == 0


def test_a_socket_that_is_gone_is_none(unix: UnixDiag) -> None:
    """Asking for a socket that nobody holds is no error."""
    with socket.socket(socket.AF_UNIX) as sock:
        number = inode(sock)
    assert unix.lookup(number) is None


def test_a_socket_of_another_family_is_none(unix: UnixDiag) -> None:
    """It has an inode too, but no row here."""
    with socket.socket(socket.AF_INET) as sock:
        assert unix.lookup(inode(sock)) is None
