"""A proxy for UDP: datagrams cross as they are, or as the faults plan."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from facilities import listed

from pytest_sockets import (
    Corrupt,
    Delay,
    Duplicate,
    Fault,
    Fragment,
    Lose,
    Misuse,
    Proxy,
    Reorder,
    Reset,
    Stall,
    open_proxy,
)
from pytest_sockets.wire.course import LOST
from pytest_sockets.wire.events import Datagram, Event, Paused, Refused

from .crossing import LIMIT, descriptors


@dataclass
class Exchange:
    """A client and a server of the test, and the proxy between them."""

    client: socket.socket
    server: socket.socket
    proxy: Proxy

    def says(self, *datagrams: bytes) -> None:
        """Send from the client."""
        for data in datagrams:
            self.client.sendto(data, self.proxy.address)

    def heard(self, count: int) -> list[bytes]:
        """Return the next datagrams of the server."""
        return [self.server.recv(65535) for _ in range(count)]

    def answers(self, *datagrams: bytes) -> list[bytes]:
        """Meet the client, send it ``datagrams`` and return them as they arrive."""
        self.says(b"hello")
        _, address = self.server.recvfrom(100)
        for data in datagrams:
            self.server.sendto(data, address)
        return [self.client.recv(100) for _ in datagrams]


@contextlib.contextmanager
def exchange(*faults: Any, host: str = "127.0.0.1", **options: Any) -> Iterator[Exchange]:
    """Yield both ends and the proxy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_DGRAM) as server,
        socket.socket(family, socket.SOCK_DGRAM) as client,
    ):
        server.bind((host, 0))
        for sock in (server, client):
            sock.settimeout(LIMIT)
        upstream = server.getsockname()[:2]
        with open_proxy(upstream, *faults, kind="udp", **options) as proxy:
            yield Exchange(client, server, proxy)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_datagrams_cross_both_ways(host: str) -> None:
    """Also an empty one, and every answer finds its client."""
    with exchange(host=host) as both:
        both.says(b"one", b"", b"two")
        assert both.heard(3) == [b"one", b"", b"two"]
        assert both.answers(b"yes", b"") == [b"yes", b""]
        sides = [(event.side, event.data) for event in both.proxy.transcript.of(Datagram)]
        assert sides[:3] == [("client", b"one"), ("client", b""), ("client", b"two")]
        assert sides[-1] == ("server", b"")


def test_each_client_has_an_address_of_its_own() -> None:
    """The server tells them apart, and so does the transcript."""
    with exchange() as both, socket.socket(type=socket.SOCK_DGRAM) as second:
        second.settimeout(LIMIT)
        both.says(b"first")
        _, one = both.server.recvfrom(100)
        second.sendto(b"second", both.proxy.address)
        _, other = both.server.recvfrom(100)
        both.server.sendto(b"to the second", other)
        both.server.sendto(b"to the first", one)
        assert (both.client.recv(100), second.recv(100)) == (b"to the first", b"to the second")
        assert {event.connection for event in both.proxy.transcript.of(Datagram)} == {1, 2}


def test_the_named_datagrams_are_lost() -> None:
    """They leave a note in the transcript, and a receipt."""
    with exchange(to_server=[Lose(numbers=(1, 3))]) as both:
        both.says(b"1", b"2", b"3", b"4")
        assert both.heard(2) == [b"2", b"4"]
        lost = [e.data for e in both.proxy.transcript.of(Datagram) if e.note == LOST]
        assert lost == [b"1", b"3"]
        active = both.proxy.to_server.faults[0]
        assert (active.count, active.receipt.given.messages, active.receipt.made.messages) == (
            2,
            4,
            2,
        )


def test_chance_loses_what_its_plan_says() -> None:
    """The same seed loses the same datagrams on the wire as on paper."""
    lose = Lose(0.5, seed=4711)
    datagrams = [b"%d" % number for number in range(100)]
    kept = [data for number, data in enumerate(datagrams, start=1) if not lose.chooses(number)]
    with exchange(to_server=[lose]) as both:
        both.says(*datagrams)
        assert both.heard(len(kept)) == kept


def test_a_datagram_comes_twice() -> None:
    """The copies follow each other."""
    with exchange(to_client=[Duplicate(numbers=(1,))]) as both:
        assert both.answers(b"a", b"b") == [b"a", b"a"]
        assert both.client.recv(100) == b"b"


def test_a_datagram_comes_behind_the_next() -> None:
    """The order is the planned one."""
    with exchange(to_server=[Reorder(numbers=(1,))]) as both:
        both.says(b"1", b"2", b"3")
        assert both.heard(3) == [b"2", b"1", b"3"]


def test_a_datagram_with_nothing_behind_it_is_only_late() -> None:
    """What is held back goes on its way once there is silence."""
    with exchange(to_server=[Reorder(numbers=(1,), patience=0.01)]) as both:
        both.says(b"1")
        assert both.heard(1) == [b"1"]
        assert both.proxy.to_server.faults[0].receipt.held == 0


def test_a_fault_taken_away_lets_go_of_what_it_held() -> None:
    """Nothing is lost with it."""
    with exchange() as both:
        reorder = both.proxy.to_server.add(Reorder(numbers=(1,), patience=1000.0))
        both.says(b"1")
        assert both.proxy.to_server.wait(lambda: reorder.receipt.given.messages == 1, LIMIT)
        reorder.close()
        assert both.heard(1) == [b"1"]


def test_a_pause_holds_only_its_own_client_up() -> None:
    """While one client waits, another is served."""
    with exchange(to_server=[Stall(after=1)]) as both:
        both.says(b"1", b"2")
        assert both.heard(1) == [b"1"]
        assert both.proxy.transcript.wait(lambda: bool(both.proxy.transcript.of(Paused)), LIMIT)
        with socket.socket(type=socket.SOCK_DGRAM) as second:
            second.sendto(b"another", both.proxy.address)
            assert both.heard(1) == [b"another"]
        both.proxy.to_server.clear()
        assert both.heard(1) == [b"2"]


@pytest.mark.parametrize("fault", [Delay(0.01), Corrupt(1.0)])
def test_what_is_planned_is_what_arrives(fault: Fault) -> None:
    """The bytes are those of the plan."""
    with exchange(to_server=[fault]) as both:
        both.says(b"hello")
        like = Datagram(data=b"hello", local=("127.0.0.1", 1), remote=("127.0.0.1", 2))
        (planned,) = [e.data for e in fault.plan([like]) if isinstance(e, Datagram)]
        assert both.heard(1) == [planned]


def test_a_refusal_is_recorded() -> None:
    """Nobody is at the server's address any more: the transcript says so."""
    with exchange() as both:
        both.server.close()
        both.says(b"hello")
        assert both.proxy.transcript.wait(lambda: bool(both.proxy.transcript.of(Refused)), LIMIT)


@listed
def test_an_upstream_that_is_not_there_is_told_at_once() -> None:
    """The error names the argument and what to do."""
    with socket.socket(type=socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        port = gone.getsockname()[1]
    with pytest.raises(Misuse, match=rf"^upstream: nobody listens at udp://127.0.0.1:{port}"):
        open_proxy(f"udp://127.0.0.1:{port}")


@pytest.mark.parametrize(("fault", "fits"), [(Fragment(size=1), "streams"), (Reset(), "TCP")])
def test_what_fits_streams_only_does_not_fit_datagrams(fault: Fault, fits: str) -> None:
    """The error names the fault, what it is for, and what the proxy carries."""
    text = f"^faults: {type(fault).__name__} is for {fits}, not for datagrams$"
    with pytest.raises(Misuse, match=text), exchange(fault):
        pass


def test_nothing_is_left_of_30_clients() -> None:
    """Their sockets end with the proxy."""
    before = descriptors()
    with exchange() as both:
        for number in range(30):
            with socket.socket(type=socket.SOCK_DGRAM) as client:
                client.sendto(b"%d" % number, both.proxy.address)
                assert both.heard(1) == [b"%d" % number]
    assert descriptors() == before


@pytest.mark.parametrize("host", ["fe80::1%no-such-device", "x" * 64])
def test_a_server_without_an_address_refuses_every_datagram(host: str) -> None:
    """The proxy tells so, and goes on."""
    with (
        open_proxy((host, 9), kind="udp", may_refuse=True) as proxy,
        socket.socket(_family_of(proxy), socket.SOCK_DGRAM) as client,
    ):
        for count in (1, 2):
            client.sendto(b"hello", proxy.address)
            assert proxy.transcript.wait(partial(_refused, proxy, count), LIMIT)


def _family_of(proxy: Proxy) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in proxy.host else socket.AF_INET


def _refused(proxy: Proxy, count: int) -> bool:
    return len(proxy.transcript.of(Refused)) == count


def test_a_pause_may_be_longer_than_the_system_can_wait() -> None:
    """It ends with its fault all the same."""
    with exchange() as both:
        with both.proxy.to_server.add(Delay(1e10)):
            both.says(b"hello")
            assert both.proxy.transcript.wait(lambda: bool(both.proxy.transcript.of(Paused)), LIMIT)
        assert both.heard(1) == [b"hello"]


class Choosy(Fault):
    """A fault of somebody's own that can plan nothing but one thing."""

    def __repr__(self) -> str:
        return "Choosy()"

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Plan one datagram."""
        (event,) = events
        assert isinstance(event, Datagram)
        if event.data != b"hello":
            raise ValueError("not hello")
        return [event]


def test_a_fault_that_fails_costs_one_datagram() -> None:
    """The next goes on, and the proxy's stop tells of it."""
    with exchange(to_server=[Choosy()]) as both:
        both.says(b"what", b"hello")
        assert both.heard(1) == [b"hello"]
        with pytest.raises(Misuse, match=r"^faults: Choosy\(\) has failed: ValueError: not hello$"):
            both.proxy.stop()
        assert [event.note for event in both.proxy.transcript.of(Datagram)] == [LOST, None]


def test_at_once_datagrams_have_no_end() -> None:
    """What could be meant is said."""
    with exchange() as both:
        said = r"^at_once: datagrams have no end: add\(Stall\(\)\) works on the next$"
        with pytest.raises(Misuse, match=said.replace(r"Stall\(\)", r"Stall\(.*\)")):
            both.proxy.to_client.at_once(Stall())


@listed
def test_a_kind_that_was_forgotten_is_suggested() -> None:
    """The port is seen to be bound over the other one."""
    with exchange() as both:
        host, port = both.server.getsockname()
        said = (
            f"upstream: nobody listens at tcp://{host}:{port}, but somebody does at "
            f'udp://{host}:{port}: give that, or kind="udp"'
        )
        with pytest.raises(Misuse, match=f"^{re.escape(said)}$"):
            open_proxy((host, port))
