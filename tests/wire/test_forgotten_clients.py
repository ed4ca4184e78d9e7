"""A UDP proxy remembers so many clients; of one that it has forgotten nothing is left."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from pytest_sockets import Proxy, open_proxy
from pytest_sockets.wire import datagram_proxy
from pytest_sockets.wire.events import Event, Refused

from .crossing import LIMIT, descriptors


@contextlib.contextmanager
def ends(count: int) -> Iterator[tuple[list[socket.socket], socket.socket, Proxy]]:
    """Yield ``count`` clients and their server, with a proxy between them."""
    with contextlib.ExitStack() as stack:
        socks = [
            stack.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(count + 1)
        ]
        for sock in socks:
            sock.bind(("127.0.0.1", 0))
            sock.settimeout(LIMIT)
        *clients, server = socks
        yield clients, server, stack.enter_context(open_proxy(server.getsockname(), kind="udp"))


@dataclass
class Gate:
    """A fault that changes nothing, and holds up whoever asks it until it is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` once the gate is open."""
        self.reached.set()
        assert self.opened.wait(LIMIT)
        return list(events)


def test_a_forgotten_client_leaves_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its socket and its lines end; what they carried stays counted."""
    monkeypatch.setattr(datagram_proxy, "MOST_CLIENTS", 2)
    with ends(6) as (clients, server, proxy):
        before = descriptors()
        for client in (*clients, clients[-1]):  # heard once more, the last has displaced another
            client.sendto(b"hello", proxy.address)
            server.recv(100)
        assert descriptors() - before == 2
        for way in (proxy.to_server, proxy.to_client):
            assert len(way._carriers) == 2
        assert proxy.to_server.size == 7 * len(b"hello")


def test_an_answer_reaches_a_client_that_is_being_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It came at the same time as the client that takes its place, and nobody refused anything."""
    monkeypatch.setattr(datagram_proxy, "MOST_CLIENTS", 1)
    gate = Gate()
    with ends(2) as ((old, new), server, proxy):
        old.sendto(b"hello", proxy.address)
        _, name = server.recvfrom(100)
        proxy.to_server.add(gate)
        old.sendto(b"again", proxy.address)
        assert gate.reached.wait(LIMIT)
        server.sendto(b"answer", name)
        new.sendto(b"hello", proxy.address)
        gate.opened.set()
        assert old.recv(100) == b"answer"
        assert [server.recv(100), server.recv(100)] == [b"again", b"hello"]
        assert proxy.transcript.of(Refused) == []
