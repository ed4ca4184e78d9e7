"""Without faults a proxy changes nothing: what both ends see is what they would see directly."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import threading
from pathlib import Path

import pytest
from facilities import listed, unix_listed

from pytest_sockets import Misuse, open_proxy
from pytest_sockets.wire import flow, lane
from pytest_sockets.wire.events import Opened, Refused, Sent, Streamed

from .crossing import (
    LIMIT,
    abort,
    crossing,
    descriptors,
    fails,
    listening,
    reach,
    received,
    stuff,
    to_the_end,
)

ENDS = ["client", "server"]
KINDS = ["tcp", "tcp6", "unix"]
LARGE = os.urandom(1 << 20) * 4


@pytest.mark.parametrize("kind", KINDS)
def test_both_sides_are_heard(kind: str) -> None:
    """Bytes cross in both directions, over IPv4, IPv6 and AF_UNIX."""
    with crossing(kind=kind) as both:
        both.passes()
        assert both.told == ["client opened", "client sent", "server sent"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", ENDS)
def test_a_half_close_stays_one(first: str, kind: str) -> None:
    """Who has finished still receives, and the other side learns it by FIN."""
    with crossing(kind=kind) as both:
        done, other = both.ends(first)
        done.sendall(b"last")
        done.shutdown(socket.SHUT_WR)
        assert to_the_end(other) == b"last"
        other.sendall(b"answer")
        assert received(done, 6) == b"answer"
        other.close()
        assert to_the_end(done) == b""
        assert f"{first} finished" in both.told


@pytest.mark.parametrize("first", ENDS)
def test_a_reset_stays_one(first: str) -> None:
    """An RST arrives as RST, behind all that was said before."""
    with crossing() as both:
        both.passes()
        gone, other = both.ends(first)
        gone.sendall(b"last")
        abort(gone)
        assert received(other, 4) == b"last"
        with pytest.raises(ConnectionResetError):
            other.recv(1)
        assert both.told[-1] == f"{first} reset"


@pytest.mark.parametrize("first", ENDS)
def test_a_reset_behind_a_half_close_stays_one(first: str) -> None:
    """Who has finished may still abort what the other says."""
    with crossing() as both:
        gone, other = both.ends(first)
        gone.shutdown(socket.SHUT_WR)
        assert other.recv(1) == b""
        abort(gone)
        assert fails(other)


@pytest.mark.parametrize("first", ENDS)
def test_a_reset_wakes_a_direction_that_is_stuck(first: str) -> None:
    """A side that takes nothing any more does not keep the other's reset from it."""
    with crossing() as both:
        gone, other = both.ends(first)
        stuff(other)
        abort(gone)
        assert fails(other)


def test_a_refused_client_is_reset() -> None:
    """Nobody listens: the client has a connection, and loses it at once."""
    with listening() as (listener, address):
        listener.close()
        with open_proxy(address, may_refuse=True) as proxy:
            with reach(proxy.address) as client, pytest.raises(ConnectionResetError):
                client.recv(1)
            (refused,) = proxy.transcript.of(Refused)
            assert (refused.side, refused.remote) == ("client", address)
            assert proxy.transcript.of(Opened) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full backlog refuses")
def test_a_full_backlog_is_waited_for() -> None:
    """As any client does: connect waits for room, which AF_UNIX tells nobody of (unix(7))."""
    with listening("unix") as (listener, path), contextlib.ExitStack() as closing:
        listener.listen(0)
        listener.settimeout(LIMIT)
        waiting = _filled_up(path, closing)
        proxy = closing.enter_context(open_proxy(path))
        client = closing.enter_context(reach(proxy.address))
        client.sendall(b"hello")
        assert proxy.transcript.wait(lambda: proxy.accepted == 1, LIMIT)
        for _ in range(waiting):
            listener.accept()[0].close()
        with listener.accept()[0] as server:
            assert received(server, 5) == b"hello"


def _filled_up(path: str, closing: contextlib.ExitStack) -> int:
    """Connect until there is no room in the backlog; return how many wait there."""
    for number in range(1000):
        sock = closing.enter_context(socket.socket(socket.AF_UNIX))
        sock.setblocking(False)
        try:
            sock.connect(path)
        except BlockingIOError:
            return number
    raise AssertionError("the backlog is never full")


def test_a_silent_client_is_connected_all_the_same() -> None:
    """The server sees the connection before a byte was said, and its end."""
    with crossing() as both:
        both.client.close()
        assert both.server.recv(1) == b""
        assert both.told[:2] == ["client opened", "client finished"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", ENDS)
def test_much_data_arrives_as_it_was_sent(first: str, kind: str) -> None:
    """What the kernel carries is complete and in order; the transcript counts it."""
    with crossing(kind=kind) as both:
        speaker, listener = both.ends(first)
        thread = threading.Thread(target=_say, args=(speaker, LARGE))
        thread.start()
        assert to_the_end(listener) == LARGE
        thread.join()
        sent = sum(len(event.data) for event in both.proxy.transcript.of(Sent))
        streamed = sum(event.size for event in both.proxy.transcript.of(Streamed))
        assert sent + streamed == len(LARGE)
        assert 65536 <= sent < 65536 + lane.PIECE


def _say(sock: socket.socket, data: bytes) -> None:
    sock.sendall(data)
    sock.shutdown(socket.SHUT_WR)


def test_without_splice_much_data_arrives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no splice, the bytes are carried by hand."""
    monkeypatch.setattr(lane, "splices", lambda: False)
    with crossing() as both:
        thread = threading.Thread(target=_say, args=(both.client, LARGE))
        thread.start()
        assert to_the_end(both.server) == LARGE
        thread.join()


@pytest.mark.skipif(not flow.splices(), reason="this system has no splice")
def test_the_kernel_carries_what_nobody_looks_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without faults most bytes of a large stream never come into this process."""
    spliced: list[int] = []
    real = os.splice

    def splice(source: int, sink: int, count: int) -> int:
        spliced.append(real(source, sink, count))
        return spliced[-1]

    monkeypatch.setattr(os, "splice", splice)
    with crossing(recorded=0) as both:
        thread = threading.Thread(target=_say, args=(both.client, LARGE))
        thread.start()
        to_the_end(both.server)
        thread.join()
        assert sum(spliced) > len(LARGE)  # into the pipe and out of it


def test_both_directions_are_carried_at_once() -> None:
    """Two sides that talk before they listen do not wait for each other."""
    with crossing() as both:
        threads = [threading.Thread(target=_say, args=(end, LARGE)) for end in both.ends("client")]
        heard: list[bytes] = []
        threads += [threading.Thread(target=lambda end=end: heard.append(to_the_end(end)))
                    for end in both.ends("client")]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert heard == [LARGE, LARGE]


def test_idle_it_uses_no_cpu() -> None:
    """Its threads sleep in the kernel: while nothing is said none of them runs."""
    with crossing() as both:
        both.passes()
        assert len(_runs()) == 2
        # On a busy machine they may still be on their way to sleep for a while.
        assert any(_nothing_runs(both.client) for _ in range(20))


def _nothing_runs(sock: socket.socket) -> bool:
    used = _runs()
    with pytest.raises(TimeoutError):
        _silent(sock, 0.3)
    return _runs() == used


def _silent(sock: socket.socket, seconds: float) -> None:
    sock.settimeout(seconds)
    sock.recv(1)


def _runs() -> list[int]:
    """Return how often each thread of a proxy was given a processor so far."""
    if not os.path.exists("/proc/self/schedstat"):
        pytest.skip("this system does not tell when a thread ran")
    threads = [thread for thread in threading.enumerate() if thread.name.startswith("proxy")]
    return [int(Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text().split()[2])
            for thread in threads]  # fmt: skip


def test_30_connections_leave_nothing_behind() -> None:
    """However they end, their descriptors and threads end with them."""
    with listening() as (listener, address), open_proxy(address) as proxy:
        with reach(proxy.address), listener.accept()[0] as server:
            received(server, 0)
        _settled(proxy)
        before = descriptors(), threading.active_count()
        for number in range(30):
            with reach(proxy.address) as client, listener.accept()[0] as server:
                client.sendall(b"hello")
                assert received(server, 5) == b"hello"
                if number % 3 == 0:
                    abort(client)
        _settled(proxy)
        assert (descriptors(), threading.active_count()) == before


def _settled(proxy: object) -> None:
    """Wait until every connection was let go of: each ends when its thread does."""
    for connection in proxy.connections:  # type: ignore[attr-defined]
        connection.join()


def test_stopping_ends_everything_at_once() -> None:
    """Open connections end with FIN, the address refuses, and nothing is left."""
    before = descriptors(), threading.active_count()
    with crossing() as both:
        both.passes()
        both.proxy.stop()
        both.proxy.stop()
        assert both.client.recv(1) == b""
        assert both.server.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            reach(both.proxy.address)
    assert (descriptors(), threading.active_count()) == before


def test_stopping_does_not_wait_for_a_side_that_takes_nothing() -> None:
    """A direction that is stuck is called off."""
    with crossing() as both:
        stuff(both.client)
        both.proxy.stop()


def test_a_socket_file_goes_with_its_proxy() -> None:
    """Nothing is left of an AF_UNIX proxy."""
    with listening("unix") as (_, address), open_proxy(address) as proxy:
        path = proxy.address
        assert isinstance(path, str)
        assert os.path.exists(path)
        proxy.stop()
        assert not os.path.exists(os.path.dirname(path))


def test_the_transcript_can_be_waited_for() -> None:
    """It is a record to be asserted on, with the connections numbered."""
    with crossing() as both:
        both.client.sendall(b"one")
        assert both.proxy.transcript.wait(lambda: len(both.proxy.transcript.of(Sent)) == 1, LIMIT)
        (sent,) = both.proxy.transcript.of(Sent)
        assert (sent.side, sent.connection, sent.data) == ("client", 1, b"one")


def test_what_was_sent_is_counted() -> None:
    """Each way counts the bytes that it handed on, also of connections that are over."""
    with crossing() as both:
        both.passes(b"hello")
        both.client.close()
        assert both.server.recv(1) == b""
        assert (both.proxy.to_server.size, both.proxy.to_client.size) == (5, 5)


@pytest.mark.parametrize(
    ("upstream", "said"),
    [
        ("nowhere", "upstream: nobody listens at unix://nowhere"),
        (("127.0.0.1", 0), "upstream: ('127.0.0.1', 0) names no server"),
        (70000, "upstream: 70000 names no server"),
        ("http://127.0.0.1:80", "upstream: 'http://127.0.0.1:80' names no server"),
        ("tcp://127.0.0.1", "upstream: 'tcp://127.0.0.1' names no server"),
        (None, "upstream: None names no server"),
    ],
)
def test_what_names_no_server_is_refused(upstream: object, said: str) -> None:
    """The error begins with the argument and its value."""
    with pytest.raises(Misuse) as raised:
        open_proxy(upstream)  # type: ignore[arg-type]
    assert str(raised.value).startswith(said)


@listed
@pytest.mark.parametrize("kind", ["tcp", "tcp6", "unix"])
def test_an_upstream_that_would_refuse_is_told_at_once(kind: str) -> None:
    """Nobody is connected to for it: a server may accept once only."""
    with listening(kind) as (listener, address):
        open_proxy(address).stop()
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
        listener.close()
        with pytest.raises(Misuse, match=r"^upstream: nobody listens at .*may_refuse=True$"):
            open_proxy(address)


@unix_listed
def test_a_server_of_that_name_in_another_folder_is_no_upstream() -> None:
    """A file that was left behind is told from the one where somebody listens."""
    with listening("unix") as (listener, address), listening("unix") as (_, other):
        assert Path(address).name == Path(other).name
        listener.close()
        with pytest.raises(Misuse, match="nobody listens"):
            open_proxy(address)


def test_ways_to_name_a_server() -> None:
    """A pair, a port, a URL, or anything with an address."""

    class Server:
        """A server that tells its address."""

        def __init__(self, address: tuple[str, int]) -> None:
            self.address = address

    with listening() as (_, address):
        for name in (address, address[1], f"tcp://127.0.0.1:{address[1]}", Server(address)):
            with open_proxy(name) as proxy:
                assert proxy.upstream.address == address
                assert proxy.upstream.kind == "tcp"


@pytest.mark.parametrize("first", ENDS)
def test_it_needs_nothing_that_only_some_systems_have(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without eventfd, epoll, poll and splice it does the same, through select."""
    for module, name in ((os, "eventfd"), (os, "splice"), (select, "epoll"), (select, "poll")):
        monkeypatch.delattr(module, name, raising=False)
    with crossing() as both:
        both.passes()
        speaker, listener = both.ends(first)
        thread = threading.Thread(target=_say, args=(speaker, LARGE))
        thread.start()
        assert to_the_end(listener) == LARGE
        thread.join()
        listener.sendall(b"answer")
        assert received(speaker, 6) == b"answer"
        abort(listener)
        with pytest.raises(ConnectionResetError):
            speaker.recv(1)


@pytest.mark.parametrize("host", ["127.1", "0:0:0:0:0:0:0:1", "server.example"])
def test_whether_a_host_that_is_written_otherwise_listens_is_not_guessed(host: str) -> None:
    """The kernel writes 127.0.0.1 and ::1: nothing can be told of others, so nothing is said."""
    with open_proxy((host, 9), may_refuse=False) as proxy:
        assert proxy.upstream.address == (host, 9)


def test_a_name_that_can_t_be_looked_up_refuses_its_clients() -> None:
    """A label of a name has at most 63 characters (RFC 1035 §2.3.4)."""
    with open_proxy(("x" * 64, 9), may_refuse=True) as proxy, reach(proxy.address) as client:
        with pytest.raises(ConnectionResetError):
            client.recv(1)
        assert proxy.transcript.of(Refused)
