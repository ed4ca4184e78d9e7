"""A datagram that reached nobody is told by the next recvfrom, as on Windows.

Linux does so with sockets that ask for it (IP_RECVERR, ip(7)).
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_sockets import open_proxy
from pytest_sockets.servers.datagrams import DatagramServer
from pytest_sockets.servers.loop import Loop
from pytest_sockets.wire.events import Datagram

from .crossing import LIMIT
from .other_end import datagrams

IP_RECVERR = 11

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux plays Windows")


class Telling(socket.socket):
    """A socket that tells of datagrams that were refused."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.type & 0xF == socket.SOCK_DGRAM:
            self.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make all sockets of this test tell."""
    with monkeypatch.context() as patched:
        patched.setattr(socket, "socket", Telling)
        yield


def test_the_sockets_tell(telling: None) -> None:
    """Otherwise the other tests would show nothing."""
    with socket.socket(type=socket.SOCK_DGRAM) as mine:
        with socket.socket(type=socket.SOCK_DGRAM) as gone:
            gone.bind(("127.0.0.1", 0))
            name = gone.getsockname()
        mine.sendto(b"hello", name)
        mine.settimeout(LIMIT)
        with pytest.raises(ConnectionError):
            mine.recvfrom(100)


def test_our_peer_goes_on(telling: None) -> None:
    """The program that is not there any more is met by silence, and the next one heard."""
    with datagrams() as both:
        name = both.theirs.getsockname()
        both.theirs.close()
        both.peer.send(b"hello")
        assert both.peer.take() == []
        with socket.socket(type=socket.SOCK_DGRAM) as again:
            again.bind(name)
            again.sendto(b"back", both.peer.local)
            assert both.peer.expect_any() == (b"back", name)


def test_a_proxy_goes_on(telling: None) -> None:
    """An answer to a client that has left hurts no other client."""
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(LIMIT)
        with open_proxy(server.getsockname(), kind="udp") as proxy:
            with socket.socket(type=socket.SOCK_DGRAM) as leaving:
                leaving.sendto(b"first", (proxy.host, proxy.port))
                _, first = server.recvfrom(100)
            with socket.socket(type=socket.SOCK_DGRAM) as staying:
                staying.settimeout(LIMIT)
                staying.sendto(b"second", (proxy.host, proxy.port))
                _, second = server.recvfrom(100)
                server.sendto(b"to nobody", first)
                assert proxy.transcript.wait(lambda: len(proxy.transcript.of(Datagram)) > 2, LIMIT)
                staying.sendto(b"third", (proxy.host, proxy.port))
                assert server.recv(100) == b"third"
                server.sendto(b"to you", second)
                assert staying.recv(100) == b"to you"


def test_our_server_goes_on(telling: None) -> None:
    """It had an answer for a client that has left meanwhile."""
    left, loop = threading.Event(), Loop()
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        server = DatagramServer(loop, sock, lambda data: data if left.wait(LIMIT) else None)
        with socket.socket(type=socket.SOCK_DGRAM) as leaving:
            leaving.sendto(b"first", sock.getsockname())
        left.set()
        with socket.socket(type=socket.SOCK_DGRAM) as staying:
            staying.settimeout(LIMIT)
            for _ in range(2):
                staying.sendto(b"second", sock.getsockname())
                assert staying.recv(100) == b"second"
        assert loop.errors == []
        server.stop()
    loop.close()
