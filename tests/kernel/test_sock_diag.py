"""What the kernel's socket table says of sockets made by the test itself."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import threading

import pytest

from pytest_sockets.kernel import sock_diag
from pytest_sockets.kernel.sock_diag import SockDiag

from .steps import Connected, ends, seen_by, until

pytestmark = pytest.mark.skipif(not sock_diag.available(), reason="netlink does not answer here")

CLONE_NEWNET = 0x40000000
FOR_NO_SOCKET = struct.pack("=IHHII", 72, 20, 1, 0, 0) + struct.pack(
    "=BBxxI48x", socket.AF_INET, socket.IPPROTO_TCP, 0
)


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]
)
def test_a_listener_is_in_the_dump_once_it_listens(
    diag: SockDiag, host: str, family: socket.AddressFamily
) -> None:
    """A bound socket is no listener; after listen it is, with its address, inode and owner."""
    with socket.socket(family) as listener:
        listener.bind((host, 0))
        port = listener.getsockname()[1]
        assert diag.dump("tcp", ["LISTEN"], port=port) == []
        listener.listen(7)
        (row,) = diag.dump("tcp", ["LISTEN"], port=port)
        inode = os.fstat(listener.fileno()).st_ino

    assert (row.state, row.local, row.family) == ("LISTEN", (host, port), family)
    assert (row.inode, row.uid, row.send_queue) == (inode, os.getuid(), 7)


def test_a_dual_stack_listener_is_seen_once(diag: SockDiag, dual_stack: socket.socket) -> None:
    """A dual-stack listener is one IPv6 row, whatever clients it takes."""
    port = dual_stack.getsockname()[1]

    (row,) = diag.dump("tcp", ["LISTEN"], port=port)

    assert (row.family, row.local) == (socket.AF_INET6, ("::", port))


def test_the_queue_of_a_listener_counts_connections_nobody_accepted(diag: SockDiag) -> None:
    """A listener's receive queue is in connections, not in bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        with socket.create_connection(address), socket.create_connection(address):
            (row,) = until(
                lambda: [
                    r for r in diag.dump("tcp", ["LISTEN"], port=address[1]) if r.receive_queue == 2
                ]
            )

    assert row.inode != 0


def test_a_port_limits_the_dump_to_its_own_sockets(diag: SockDiag) -> None:
    """Sockets of other local ports are left out, those of the port all seen."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        ports = {listener.getsockname()[1] for listener in (one, two)}
        every = {row.local[1] for row in diag.dump("tcp", ["LISTEN"])}
        alone = [row.local for row in diag.dump("tcp", ["LISTEN"], port=min(ports))]

    assert ports <= every
    assert alone == [("127.0.0.1", min(ports))]


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]
)
def test_a_bound_datagram_socket_is_seen(
    diag: SockDiag, host: str, family: socket.AddressFamily
) -> None:
    """UDP knows no LISTEN: bound is UNCONN, and connected is ESTABLISHED."""
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.bind((host, 0))
        port = udp.getsockname()[1]
        (bound,) = diag.dump("udp", ["UNCONN"], port=port)
        udp.connect((host, 9))
        (joined,) = diag.dump("udp", ["UNCONN", "ESTABLISHED"], port=port)

    assert (bound.state, bound.local) == ("UNCONN", (host, port))
    assert (joined.state, joined.remote) == ("ESTABLISHED", (host, 9))


def test_a_datagram_nobody_read_is_in_the_receive_queue(diag: SockDiag) -> None:
    """Its receive queue is empty once the program has read it; it counts more than the payload."""
    with socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        port = udp.getsockname()[1]
        udp.sendto(b"hello", ("127.0.0.1", port))
        until(lambda: diag.dump("udp", ["UNCONN"], port=port)[0].receive_queue >= 5)
        udp.recv(100)
        (after,) = diag.dump("udp", ["UNCONN"], port=port)

    assert after.receive_queue == 0


@pytest.mark.parametrize(("protocol", "state"), [("tcp", "LISTENING"), ("udp", "LISTEN")])
def test_a_state_that_does_not_exist_is_refused(
    diag: SockDiag, protocol: sock_diag.Protocol, state: str
) -> None:
    """A misspelt state would find nothing for ever, so it is an error."""
    with pytest.raises(ValueError, match=f"{protocol} has no state {state}"):
        diag.dump(protocol, [state])


def test_time_wait_is_seen_where_the_server_closed_first(diag: SockDiag, pair: Connected) -> None:
    """The side that closes first keeps the port in TIME_WAIT, the other nothing."""
    client, server = pair
    ours, theirs = server.getsockname(), client.getsockname()
    server.close()
    assert client.recv(1) == b""
    client.close()

    (row,) = until(lambda: diag.dump("tcp", ["TIME_WAIT"], port=ours[1]))

    assert (row.local, row.remote, row.inode) == (ours, theirs, 0)
    assert until(lambda: diag.lookup(ours, theirs)).state == "TIME_WAIT"
    until(lambda: diag.lookup(theirs, ours) is None)


def test_a_reset_leaves_nothing_behind(diag: SockDiag, pair: Connected) -> None:
    """Closing with unread bytes sends RST: neither end has a TIME_WAIT."""
    client, server = pair
    ours, theirs = server.getsockname(), client.getsockname()
    client.sendall(b"never read")
    until(lambda: seen_by(diag, server).receive_queue == 10)
    server.close()

    until(lambda: diag.lookup(theirs, ours) is None)
    assert diag.lookup(ours, theirs) is None
    assert diag.dump("tcp", ["TIME_WAIT"], port=ours[1]) == []


def test_a_conversation_keeps_the_namespace_it_was_opened_in(diag: SockDiag) -> None:
    """A thread that enters another namespace sees the old one through the old socket."""
    found: list[int] = []

    def look(port: int) -> None:
        if ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0:
            with SockDiag() as inside:
                found.append(len(diag.dump("tcp", ["LISTEN"], port=port)))
                found.append(len(inside.dump("tcp", ["LISTEN"], port=port)))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=look, args=(listener.getsockname()[1],))
        thread.start()
        thread.join()

    if not found:
        pytest.skip("making a network namespace is forbidden here")
    assert found == [1, 0]


def test_threads_may_share_a_conversation(diag: SockDiag, pair: Connected) -> None:
    """Answers never go to a thread that did not ask."""
    right: list[bool] = []

    def ask(end: socket.socket) -> None:
        local, remote = ends(end)
        for _ in range(300):
            row = diag.lookup(local, remote)
            right.append(row is not None and row.local == local)

    threads = [threading.Thread(target=ask, args=(end,), daemon=True) for end in pair * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert right == [True] * 1200


def test_an_answer_nobody_waited_for_is_skipped(pair: Connected) -> None:
    """What an interrupted request left in the netlink socket is not taken for the next answer."""
    client, _ = pair
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 4)
    netlink.sendto(FOR_NO_SOCKET, (0, 0))
    with SockDiag(netlink) as diag:
        row = seen_by(diag, client)

    assert (row.state, row.local) == ("ESTABLISHED", client.getsockname())


def test_a_conversation_closes_its_netlink_socket() -> None:
    """The socket that was handed over is closed with the conversation."""
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 4)
    with SockDiag(netlink):
        pass

    assert netlink.fileno() == -1
