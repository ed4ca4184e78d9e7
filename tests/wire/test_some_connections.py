"""A proxy counts its connections, and a fault may work on some of them only."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from pytest_sockets import (
    Corrupt,
    Fragment,
    Lose,
    Misuse,
    Proxy,
    Reset,
    Stall,
    Truncate,
    events,
    open_proxy,
)
from pytest_sockets.wire.course import Course
from pytest_sockets.wire.way import Way

from .crossing import LIMIT, listening, reach, received, to_the_end


@dataclass
class Crossings:
    """A listener of the test and a proxy before it, through which any number may connect."""

    listener: socket.socket
    proxy: Proxy
    stack: contextlib.ExitStack

    def another(self) -> tuple[socket.socket, socket.socket]:
        """Return both ends of one more connection."""
        client = self.stack.enter_context(reach(self.proxy.address))
        server = self.stack.enter_context(self.listener.accept()[0])
        server.settimeout(LIMIT)
        return client, server


@contextlib.contextmanager
def crossings(kind: str = "tcp") -> Iterator[Crossings]:
    """Yield a proxy without faults and without connections."""
    with (
        listening(kind) as (listener, address),
        open_proxy(address) as proxy,
        contextlib.ExitStack() as stack,
    ):
        listener.settimeout(LIMIT)
        yield Crossings(listener, proxy, stack)


@pytest.mark.parametrize("kind", ["tcp", "tcp6", "unix"])
def test_connections_are_counted(kind: str) -> None:
    """Also those that have ended since; each is counted before its server sees it."""
    with crossings(kind) as many:
        assert many.proxy.accepted == 0
        for count in (1, 2, 3):
            client, server = many.another()
            assert many.proxy.accepted == count
            client.close()
            assert to_the_end(server) == b""


def test_a_refused_connection_is_counted() -> None:
    """The client has connected to the proxy, whatever became of it."""
    with listening() as (_, address):
        pass
    with open_proxy(address, may_refuse=True) as proxy, reach(proxy.address) as client:
        with pytest.raises(ConnectionResetError):
            client.recv(1)
        assert proxy.accepted == 1
        assert [refused.connection for refused in proxy.transcript.of(events.Refused)] == [1]


def test_clients_are_counted_where_there_are_no_connections() -> None:
    """By their addresses, however many datagrams each sends."""
    with open_udp() as (server, proxy):
        for number in (1, 2):
            with socket.socket(type=socket.SOCK_DGRAM) as client:
                for _ in range(3):
                    client.sendto(b"hello", proxy.address)
                    server.recv(100)
            assert proxy.accepted == number


def has_accepted(proxy: Proxy, count: int) -> bool:
    """Tell whether so many clients are known."""
    return proxy.accepted == count


@contextlib.contextmanager
def open_udp() -> Iterator[tuple[socket.socket, Proxy]]:
    """Yield a UDP socket of the test and a proxy before it."""
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(LIMIT)
        with open_proxy(server.getsockname(), kind="udp") as proxy:
            yield server, proxy


@pytest.mark.parametrize(
    ("connections", "bad"),
    [(1, {1}), (2, {1, 2}), ((2,), {2}), ({1, 3}, {1, 3}), (range(2, 10**9), {2, 3})],
)
@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_fault_works_on_the_connections_it_is_for(
    kind: str, connections: int | Collection[int], bad: set[int]
) -> None:
    """The others carry everything, before and behind those; the receipt is of the bad ones."""
    with crossings(kind) as many:
        truncate = many.proxy.to_client.add(Truncate(3), connections=connections)
        ends = [many.another() for _ in range(3)]
        for number, (client, server) in enumerate(ends, start=1):
            server.sendall(b"hello")
            server.shutdown(socket.SHUT_WR)
            assert to_the_end(client) == (b"hel" if number in bad else b"hello")
        assert truncate.receipt.given.size == 5 * len(bad)
        assert truncate.receipt.made.size == 3 * len(bad)


def test_the_first_connection_may_be_open_when_the_fault_comes() -> None:
    """It is reset in place of its next answer, and the next connection is a good one."""
    with crossings() as many:
        client, server = many.another()
        server.sendall(b"hello")
        assert received(client, 5) == b"hello"
        reset = many.proxy.to_client.add(Reset(after=0), connections=1)
        server.sendall(b"hello")
        with pytest.raises(ConnectionResetError):
            client.recv(1)
        client, server = many.another()
        server.sendall(b"hello")
        assert received(client, 5) == b"hello"
        assert reset.count == 1
        assert [event.connection for event in many.proxy.transcript.of(events.Reset)] == [1]


def test_the_next_connection_can_be_named() -> None:
    """It is the one behind those that were accepted so far."""
    with crossings() as many:
        before, other = many.another()
        many.proxy.to_client.add(Truncate(0), connections=(many.proxy.accepted + 1,))
        client, server = many.another()
        for each in (other, server):
            each.sendall(b"hello")
        assert received(before, 5) == b"hello"
        assert to_the_end(client) == b""


def test_much_data_passes_beside_a_fault_for_another_connection() -> None:
    """More than is recorded, so that nobody looks at it; a stall next to it holds up nothing."""
    data = bytes(range(256)) * 4096
    with crossings() as many:
        stall = many.proxy.to_server.add(Stall(), connections=(2,))
        client, server = many.another()
        stalled, _ = many.another()
        stalled.sendall(b"hello")
        for half in (data[: len(data) // 2], data[len(data) // 2 :]):
            got = bytearray()
            client.setblocking(False)
            sent = 0
            while sent < len(half) or len(got) < len(half):
                with contextlib.suppress(BlockingIOError):
                    sent += client.send(half[sent:])
                if len(got) < sent:
                    got += server.recv(1 << 16)
            assert bytes(got) == half
        assert many.proxy.transcript.wait(lambda: stall.count == 1, LIMIT)
        assert stall.receipt.given.size == 5


def test_pieces_are_counted_of_the_connections_that_are_cut() -> None:
    """A whole message on another connection is no piece."""
    with crossings() as many:
        way = many.proxy.to_server
        way.add(Fragment(size=1), connections=1)
        for expected in (5, 5):
            client, server = many.another()
            client.sendall(b"hello")
            assert received(server, 5) == b"hello"
            client.shutdown(socket.SHUT_WR)
            assert to_the_end(server) == b""
            assert way.apart + way.unproved == expected


def test_datagrams_are_lost_of_the_clients_that_are_named() -> None:
    """The others get through."""
    with open_udp() as (server, proxy):
        lose = proxy.to_server.add(Lose(rate=1), connections=(2,))
        clients = [socket.socket(type=socket.SOCK_DGRAM) for _ in range(3)]
        with contextlib.ExitStack() as stack:
            for number, client in enumerate(map(stack.enter_context, clients), start=1):
                client.sendto(b"from %d" % number, proxy.address)
                assert proxy.transcript.wait(partial(has_accepted, proxy, number), LIMIT)
            assert [server.recv(100), server.recv(100)] == [b"from 1", b"from 3"]
        assert lose.count == 1


@pytest.mark.parametrize(
    "wrong", [0, -1, True, (), (0,), (1, -2), ("1",), "1", 1.0, range(0), range(3), object()]
)
def test_what_names_no_connection_is_refused(wrong: object) -> None:
    """The argument is named, with what it takes; nothing is added."""
    way = Way("client", "tcp")
    with pytest.raises(Misuse, match=r"connections: .* names none: give how many of the first"):
        way.add(Reset(after=1), connections=wrong)  # type: ignore[arg-type]
    assert way.faults == ()


def test_a_fault_says_on_which_connections_it_works() -> None:
    """As it was written, so that a report can show it."""
    way = Way("client", "tcp")
    assert repr(way.add(Reset(after=1), connections=2)) == "Reset(after=1), connections=2"
    assert repr(way.add(Reset(after=1))) == "Reset(after=1)"


def test_a_course_is_free_while_the_faults_are_for_others() -> None:
    """Nothing is planned there, and nothing is counted."""
    way = Way("client", "tcp")
    corrupt = way.add(Corrupt(at=(0,)), connections=1)
    said = events.Sent(data=b"hello")
    bad, good = Course(way, 1), Course(way, 2)
    assert (bad.free, good.free) == (False, True)
    assert good.plan([said]) == [(said, None)]
    assert corrupt.count == 0
    assert bad.plan([said]) != [(said, None)]
    assert corrupt.count == 1
