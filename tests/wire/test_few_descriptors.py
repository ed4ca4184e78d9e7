"""Where no descriptors are left, a proxy of streams waits for some, or says that it can't go on."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from facilities import linux

from pytest_sockets import Truncate, open_proxy
from pytest_sockets.wire.events import Opened, Refused, Sent

from .crossing import LIMIT, crossing, listening, received, to_the_end

resource = pytest.importorskip("resource", reason="this system sets no limit to descriptors")


@contextlib.contextmanager
def no_more_than(spare: int) -> Iterator[None]:
    """Let this process open ``spare`` descriptors and no more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = [os.open(os.devnull, os.O_RDONLY) for _ in range(spare + 1)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (free[-1], limits[1]))
    for descriptor in free:
        os.close(descriptor)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_client_waits_for_a_descriptor_and_the_proxy_rests() -> None:
    """Then it is served as any other."""
    with listening() as (listener, address), open_proxy(address) as proxy:
        with socket.socket() as client:
            with no_more_than(0):
                client.connect(proxy.address)
                assert any(_nothing_is_computed(client) for _ in range(20))
            client.settimeout(LIMIT)
            client.sendall(b"hello")
            with listener.accept()[0] as server:
                assert received(server, 5) == b"hello"
        assert proxy.accepted == 1


def _nothing_is_computed(sock: socket.socket) -> bool:
    """Wait in vain for what ``sock`` hears; tell whether that took next to no processor time."""
    began, used = time.monotonic(), time.process_time()
    sock.settimeout(0.3)
    with pytest.raises(TimeoutError):
        sock.recv(1)
    return time.process_time() - used < (time.monotonic() - began) / 20


def test_stopping_does_not_wait_for_a_descriptor() -> None:
    """The client that nobody could accept is reset with the listener."""
    with listening() as (_, address), open_proxy(address) as proxy, socket.socket() as client:
        with no_more_than(0):
            client.connect(proxy.address)
            proxy.stop()
        client.settimeout(LIMIT)
        with pytest.raises(ConnectionResetError):
            client.recv(1)


@pytest.mark.parametrize("spare", [1, 2, 3])
def test_a_client_that_can_t_be_carried_is_reset(spare: int) -> None:
    """That is no orderly end, and the transcript says why; nothing of it is left."""
    with listening() as (_, address), open_proxy(address) as proxy, socket.socket() as client:
        client.settimeout(LIMIT)
        with no_more_than(spare), pytest.raises(ConnectionResetError):
            _connect_and_listen(client, proxy.address)
        (refused,) = proxy.transcript.of(Refused)
        assert (refused.connection, refused.note) == (1, os.strerror(errno.EMFILE))
        assert proxy.transcript.of(Opened) == []
        assert [way.at_once(Truncate(0)) for way in (proxy.to_server, proxy.to_client)] == [0, 0]


def _connect_and_listen(client: socket.socket, address: Any) -> None:
    """Either may be told of the reset: connect waits for a moment of its own."""
    client.connect(address)
    client.recv(1)


@linux
def test_a_connection_that_has_its_descriptors_needs_no_other() -> None:
    """Where none is left to wait for both sides at once, each gets its thread at once."""
    with listening() as (_, address), open_proxy(address) as proxy, socket.socket() as client:
        with no_more_than(4):
            client.connect(proxy.address)
            client.sendall(b"hello")
            assert proxy.transcript.wait(lambda: bool(proxy.transcript.of(Sent)), LIMIT)
        assert proxy.transcript.of(Refused) == []


def test_much_data_arrives_without_a_descriptor_to_spare() -> None:
    """The kernel would carry it through a pipe; it is carried by hand."""
    data = bytes(1 << 20) * 4
    with crossing() as both:
        both.passes()
        thread = threading.Thread(target=_say, args=(both.client, data))
        with no_more_than(0):
            thread.start()
            assert to_the_end(both.server) == data
            thread.join()
        assert "client reset" not in both.told


def _say(sock: socket.socket, data: bytes) -> None:
    sock.sendall(data)
    sock.shutdown(socket.SHUT_WR)
