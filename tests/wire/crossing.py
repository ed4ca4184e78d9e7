"""A client and a server of the test with a proxy between them: real sockets, no time."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pytest_sockets import Proxy, open_proxy

LIMIT = 30.0
"""Seconds after which a test gives up; no test waits for it to pass."""


@dataclass
class Crossing:
    """Both ends, and the proxy that they talk through."""

    client: socket.socket
    server: socket.socket
    proxy: Proxy

    @property
    def told(self) -> list[str]:
        """The sides and names of all events so far: ``client sent``."""
        return [f"{event.side} {event.name}" for event in self.proxy.events]

    def ends(self, first: str) -> tuple[socket.socket, socket.socket]:
        """Return the end that is called ``first``, and the other."""
        ends = self.client, self.server
        return ends if first == "client" else ends[::-1]

    def passes(self, data: bytes = b"hello") -> None:
        """See ``data`` arrive at the server, and then at the client."""
        self.client.sendall(data)
        assert received(self.server, len(data)) == data
        self.server.sendall(data)
        assert received(self.client, len(data)) == data


@contextlib.contextmanager
def listening(kind: str = "tcp") -> Iterator[tuple[socket.socket, Any]]:
    """Yield a listener and its address: of ``kind`` tcp, tcp6 or unix."""
    if kind == "unix":
        if not hasattr(socket, "AF_UNIX"):
            pytest.skip("Python on this system has no AF_UNIX")
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "server.sock")
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(path)
                listener.listen()
                yield listener, path
        return
    family = socket.AF_INET6 if kind == "tcp6" else socket.AF_INET
    host = "::1" if kind == "tcp6" else "127.0.0.1"
    with socket.create_server((host, 0), family=family) as listener:
        yield listener, listener.getsockname()[:2]


def reach(address: Any) -> socket.socket:
    """Return a connection to an address, or to a path."""
    if isinstance(address, str):
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(address)
    else:
        sock = socket.create_connection(address)
    sock.settimeout(LIMIT)
    return sock


@contextlib.contextmanager
def crossing(*faults: Any, kind: str = "tcp", **options: Any) -> Iterator[Crossing]:
    """Yield a client and a server that are connected through a proxy."""
    with listening(kind) as (listener, address), open_proxy(address, *faults, **options) as proxy:
        listener.settimeout(LIMIT)
        with reach(proxy.address) as client, listener.accept()[0] as server:
            server.settimeout(LIMIT)
            yield Crossing(client, server, proxy)


def received(sock: socket.socket, size: int) -> bytes:
    """Return ``size`` bytes, or all up to the end of the stream."""
    data = b""
    while len(data) < size and (more := sock.recv(size - len(data))):
        data += more
    return data


def to_the_end(sock: socket.socket) -> bytes:
    """Return all bytes up to the end of the stream."""
    chunks = []
    while data := sock.recv(1 << 20):
        chunks.append(data)
    return b"".join(chunks)


def abort(sock: socket.socket) -> None:
    """Close with RST."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def fails(sock: socket.socket) -> bool:
    """Wait until something came of the connection; tell whether it was reset."""
    if not hasattr(select, "poll"):
        pytest.skip("this system does not tell before something is read or written")
    poll = select.poll()
    poll.register(sock, 0)
    return bool(poll.poll(LIMIT * 1000)) and bool(
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    )


def stuff(sock: socket.socket) -> None:
    """Send until nothing more is taken, however long that is tried."""
    sock.setblocking(False)
    while select.select([], [sock], [], 0.2)[1]:
        with contextlib.suppress(BlockingIOError):
            sock.send(bytes(1 << 20))


def descriptors() -> int:
    """Return how many descriptors this process has open."""
    return len(os.listdir("/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"))
