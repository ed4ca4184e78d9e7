"""The fixtures that any test can use, without a target: names, arguments and ends.

Knows pytest, and which of our own objects each fixture hands out. Does not know
how they work. Every pytest run loads this module, so what a fixture needs is
imported when a test asks for it.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .kernel.held import Hold, Port, PortFactory
    from .kernel.ports import Kind
    from .leaks import LeakWatch
    from .proxies import FaultyProxies


@pytest.fixture
def port_factory() -> Iterator[PortFactory]:
    """Hold ports of any kind: ``port_factory(kind, host, hold)`` returns a ``Port``.

    ``kind`` is "tcp" or "udp", ``host`` a numeric address, ``hold`` how the number is
    kept: "lock" (nobody else gets it; bind it as you like), "bound" or "listening" (by
    a socket, which ``bound()`` or ``listening()`` of the port hands over). A fixture of
    a wider scope holds its port by itself: ``with pytest_sockets.hold_port() as port``.

    Example:
        def test_a_port_held_open(port_factory):
            port = port_factory("tcp", "127.0.0.1", hold="listening")
            with socket.create_connection(port.address) as client:
                with port.listening() as server, server.accept()[0] as connection:
                    assert connection.getpeername() == client.getsockname()
    """
    from .kernel.held import hold_port

    with contextlib.ExitStack() as stack:

        def hold(kind: Kind = "tcp", host: str = "127.0.0.1", hold: Hold = "lock") -> Port:
            return stack.enter_context(hold_port(kind, host, hold))

        yield hold


@pytest.fixture
def tcp_port(port_factory: PortFactory) -> int:
    """Hold a TCP port number: free on all addresses of this machine.

    Nobody else gets the number, neither by bind(0) nor by connect, until the test ends.

    Example:
        def test_serves(tcp_port):
            with http.server.HTTPServer(("127.0.0.1", tcp_port), None):
                socket.create_connection(("127.0.0.1", tcp_port)).close()
    """
    return port_factory("tcp").number


@pytest.fixture
def udp_port(port_factory: PortFactory) -> int:
    """Hold a UDP port number: free on all addresses of this machine.

    Nobody else gets the number, neither by bind(0) nor by connect, until the test ends.

    Example:
        def test_a_datagram_arrives(udp_port):
            with socket.socket(type=socket.SOCK_DGRAM) as server:
                server.bind(("127.0.0.1", udp_port))
                with socket.socket(type=socket.SOCK_DGRAM) as client:
                    client.sendto(b"hello", ("127.0.0.1", udp_port))
                    assert server.recv(100) == b"hello"
    """
    return port_factory("udp").number


@pytest.fixture
def busy_port() -> Iterator[int]:
    """Occupy a TCP port, 127.0.0.1 and ::1: every bind fails with EADDRINUSE.

    So it does with SO_REUSEADDR, and of the wildcard addresses. A connection is made,
    and nobody answers it.

    Example:
        def test_says_that_the_port_is_taken(busy_port):
            with pytest.raises(OSError) as refused:
                socket.create_server(("127.0.0.1", busy_port))
            assert refused.value.errno == errno.EADDRINUSE
    """
    from .kernel.held import busy_port as occupy

    with occupy() as port:
        yield port.number


@pytest.fixture
def lingering_port() -> Iterator[int]:
    """Leave a TCP port, 127.0.0.1 and ::1, in TIME_WAIT: to bind it needs SO_REUSEADDR.

    So does a server find its port when it is started again. The state is proved; where
    it can't be had (Windows), the test is skipped with the reason.

    Example:
        def test_can_be_started_again_at_once(lingering_port):
            with socket.socket() as server:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind(("127.0.0.1", lingering_port))
    """
    from .kernel.leftover import NoLeftover
    from .kernel.leftover import lingering_port as leave

    try:
        port = leave()
    except NoLeftover as missing:
        pytest.skip(f"lingering_port: {missing}")
    with port:
        yield port.number


@pytest.fixture
def faulty_proxy(request: pytest.FixtureRequest) -> Iterator[FaultyProxies]:
    """Start proxies with faults: ``faulty_proxy(upstream, *faults)`` returns a ``Proxy``.

    It stands between a client and a TCP, UDP or AF_UNIX server; ``address`` is where the
    client connects. Faults are given for both directions, or added to ``to_server`` and
    ``to_client`` while it runs, where they are counted. A half-close and a reset go
    through as what they are. ``transcript`` is the record of what arrived; it is drawn in
    the report when the test fails.

    Example:
        def test_survives_pieces_and_a_reset(faulty_proxy, tcp_echo_server):
            proxy = faulty_proxy(tcp_echo_server, Fragment(size=1))
            with socket.create_connection(proxy.address) as client:
                client.sendall(b"hello")
                assert client.makefile("rb").read(5) == b"hello"
                with proxy.to_client.add(Reset(after=2)) as reset, pytest.raises(OSError):
                    client.sendall(b"hello")
                    while client.recv(100):
                        pass
                assert reset.count == 1
    """
    from .proxies import FaultyProxies

    with FaultyProxies(request) as proxies:
        yield proxies


@pytest.fixture
def no_socket_leaks(request: pytest.FixtureRequest) -> LeakWatch:
    """Fail the test if it leaves sockets, threads or child processes behind.

    Each is named with its address and state and, where Python code made it, with the
    line. The check comes when all fixtures of the test were torn down. What existed
    before does not count, nor what belongs to fixtures of a wider scope, nor what
    ``no_socket_leaks.allow(thing)`` lets stay: a socket, thread, process, or an object
    that holds some. A test that fails by itself is not checked.

    Example:
        def test_closes_what_it_opens(no_socket_leaks):
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
    """
    from .leak_check import LeakCheck

    return LeakCheck(request).watch
