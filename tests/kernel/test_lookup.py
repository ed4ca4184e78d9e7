"""What the kernel tells of one connection: its state, its queues and its counters."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from functools import partial

import pytest

from pytest_sockets.kernel import sock_diag
from pytest_sockets.kernel.sock_diag import Address, SockDiag, Socket

from .steps import Connected, connected, ends, seen_by, until

pytestmark = pytest.mark.skipif(not sock_diag.available(), reason="netlink does not answer here")

READER = """
import socket, sys
host, port = sys.argv[1:]
peer = socket.create_connection((host, int(port)))
for line in sys.stdin:
    print(len(peer.recv(int(line))), flush=True)
"""


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]
)
def test_a_connection_is_found_from_both_ends(
    diag: SockDiag, host: str, family: socket.AddressFamily
) -> None:
    """Each end of a connection has a row of its own, told by the order of the addresses."""
    with connected(host, family) as (client, server):
        rows = seen_by(diag, server), seen_by(diag, client)
        inodes = tuple(os.fstat(end.fileno()).st_ino for end in (server, client))

    assert tuple(row.inode for row in rows) == inodes
    assert {row.state for row in rows} == {"ESTABLISHED"}
    assert rows[0].local == rows[1].remote


@pytest.mark.parametrize("spelling", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_an_ipv4_client_of_a_dual_stack_server_is_found(
    diag: SockDiag, dual_stack: socket.socket, spelling: str
) -> None:
    """The server's end is an IPv6 socket, and is found by either spelling of its address."""
    port = dual_stack.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)) as client:
        there = client.getsockname()
        server = dual_stack.accept()[0]
        with server:
            row = diag.lookup((spelling, port), (spelling, there[1]))

    assert row is not None
    assert (row.family, row.local, row.remote) == (socket.AF_INET6, ("127.0.0.1", port), there)


@pytest.mark.parametrize(
    ("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]
)
def test_a_listener_is_never_taken_for_a_connection(
    diag: SockDiag, host: str, family: socket.AddressFamily
) -> None:
    """The kernel answers with the listener where the connection is missing; we do not."""
    with socket.create_server((host, 0), family=family) as listener:
        assert diag.lookup(listener.getsockname()[:2], (host, 1)) is None


def test_no_socket_at_all_is_none(diag: SockDiag) -> None:
    """Asking for a connection that nobody has is no error."""
    assert diag.lookup(("127.0.0.1", 1), ("127.0.0.1", 1)) is None


def test_a_host_name_is_refused(diag: SockDiag) -> None:
    """Nothing is resolved: the hosts are numeric."""
    with pytest.raises(OSError, match="illegal IP address"):
        diag.lookup(("localhost", 1), ("localhost", 2))


def test_a_fresh_connection_has_received_nothing(diag: SockDiag, pair: Connected) -> None:
    """The SYN is no received byte; to the client alone its acknowledgement counts as one."""
    client, server = pair

    assert (seen_by(diag, server).bytes_received, seen_by(diag, server).bytes_acked) == (0, 0)
    assert (seen_by(diag, client).bytes_received, seen_by(diag, client).bytes_acked) == (0, 1)


def test_received_bytes_are_counted_exactly(diag: SockDiag, pair: Connected) -> None:
    """Received counts what arrived, the queue what of it was not read."""
    client, server = pair
    client.sendall(b"0123456789")
    until(lambda: seen_by(diag, server).bytes_received == 10)
    before = seen_by(diag, server)
    server.recv(4)
    after = seen_by(diag, server)

    assert (before.bytes_received, before.receive_queue) == (10, 10)
    assert (after.bytes_received, after.receive_queue) == (10, 6)


def test_a_fin_counts_as_one_received_byte(diag: SockDiag, pair: Connected) -> None:
    """After a half-close bytes_received is one more than was sent, and so is the queue."""
    client, server = pair
    client.sendall(b"abc")
    client.shutdown(socket.SHUT_WR)
    row = until(partial(_in_state, diag, *ends(server), "CLOSE_WAIT"))
    server.recv(3)
    assert server.recv(1) == b""
    read = seen_by(diag, server)

    assert (row.bytes_received, row.receive_queue) == (4, 4)
    assert (read.bytes_received, read.receive_queue) == (4, 0)


def test_a_recv_may_reach_the_fin_behind_the_bytes_it_returns(
    diag: SockDiag, pair: Connected
) -> None:
    """An empty queue does not prove that the program has seen the end of the stream."""
    client, server = pair
    client.sendall(b"abc")
    client.shutdown(socket.SHUT_WR)
    until(partial(_in_state, diag, *ends(server), "CLOSE_WAIT"))

    assert server.recv(100) == b"abc"
    assert seen_by(diag, server).receive_queue == 0


@pytest.mark.parametrize(("end", "acknowledged"), [("client", 5), ("server", 4)])
def test_the_own_fin_counts_as_one_acknowledged_byte(
    diag: SockDiag, pair: Connected, end: str, acknowledged: int
) -> None:
    """Three bytes and a FIN are four acknowledged bytes, and the client's SYN makes five."""
    one, other = pair if end == "client" else reversed(pair)
    one.sendall(b"abc")
    one.shutdown(socket.SHUT_WR)
    other.recv(3)

    row = until(partial(_in_state, diag, *ends(one), "FIN_WAIT2"))

    assert (row.bytes_acked, row.send_queue) == (acknowledged, 0)


def test_an_orphan_keeps_no_counters(diag: SockDiag, pair: Connected) -> None:
    """Once no process holds a socket in FIN_WAIT2 its counters are gone, not zero."""
    client, server = pair
    ours, theirs = server.getsockname(), client.getsockname()
    server.close()
    row = until(partial(_in_state, diag, ours, theirs, "FIN_WAIT2"))

    assert (row.inode, row.bytes_received, row.bytes_acked) == (0, None, None)


def test_bytes_that_were_not_acknowledged_are_in_the_send_queue(
    diag: SockDiag, pair: Connected
) -> None:
    """A reader that does not read fills its own queue, then our send queue."""
    client, server = pair
    client.setblocking(False)

    def fill() -> bool:
        with contextlib.suppress(BlockingIOError):
            while True:
                client.send(b"x" * 65536)
        return seen_by(diag, client).send_queue > 0

    until(fill)
    assert seen_by(diag, server).receive_queue > 0


def test_taken_is_proved_only_when_a_late_reader_has_read(diag: SockDiag) -> None:
    """The proof does not hold while a piece waits, and holds for each piece the child took."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        host, port = listener.getsockname()
        child = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", READER, host, str(port)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )
        )
        stack.callback(child.kill)
        assert child.stdin is not None
        assert child.stdout is not None
        ours = stack.enter_context(listener.accept()[0])
        local, remote = ends(ours)
        for total in (5, 10, 15):
            ours.sendall(b"piece")
            row = until(partial(_received, diag, remote, local, total))
            assert row.receive_queue == 5
            child.stdin.write(b"4096\n")
            row = until(partial(_taken, diag, remote, local))
            assert row.bytes_received == total
            assert child.stdout.readline() == b"5\n"


def _in_state(diag: SockDiag, local: Address, remote: Address, state: str) -> Socket | None:
    row = diag.lookup(local, remote)
    return row if row is not None and row.state == state else None


def _received(diag: SockDiag, local: Address, remote: Address, total: int) -> Socket | None:
    row = diag.lookup(local, remote)
    return row if row is not None and row.bytes_received == total else None


def _taken(diag: SockDiag, local: Address, remote: Address) -> Socket | None:
    row = diag.lookup(local, remote)
    return row if row is not None and row.receive_queue == 0 else None
