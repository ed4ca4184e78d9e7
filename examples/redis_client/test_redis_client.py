"""What redis-py makes of a bad network: the real client, a real server, and a proxy between them.

Needs redis-py, and a Redis server in the PATH.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from pytest_sockets import (
    FaultyProxies,
    Fragment,
    Programs,
    Proxy,
    Reset,
    RunningProgram,
)

redis = pytest.importorskip("redis", reason="redis-py is not installed: pip install redis")

from redis.backoff import NoBackoff  # noqa: E402 - it may be missing
from redis.retry import Retry  # noqa: E402

COMMAND = "cmd:redis-server --bind {host} --port {port} --save '' --appendonly no"

Connect = Callable[..., Any]


@pytest.fixture
def server(program: Programs) -> RunningProgram:
    """Run a Redis server that nobody else uses; it ends with the test."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    return program(COMMAND)


@pytest.fixture
def connect(request: pytest.FixtureRequest) -> Connect:
    """Make clients of a server or a proxy, with so many retries; they are closed at the end."""

    def connect(to: RunningProgram | Proxy, *, retries: int = 0) -> Any:
        client = redis.Redis(to.host, to.port, retry=Retry(NoBackoff(), retries))
        request.addfinalizer(client.close)
        return client

    return connect


def test_answers_may_come_in_pieces_of_one_byte(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """Each byte is a recv of its own, in both directions; lengths, CRLF and Chinese survive it."""
    proxy = faulty_proxy(server, Fragment(size=1))
    value = "a line\r\n$5\r\n一壶茶"
    client = connect(proxy)

    client.set("tea", value)
    with client.pipeline() as pipeline:
        first, second = pipeline.get("tea").strlen("tea").execute()

    assert (first.decode(), second) == (value, len(value.encode()))
    assert proxy.to_client.apart + proxy.to_client.unproved > len(value.encode())


def test_a_reset_between_two_commands_goes_unnoticed(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """With one retry: the command is sent over a new connection."""
    proxy = faulty_proxy(server)
    client = connect(proxy, retries=1)
    client.set("tea", "green")

    assert proxy.to_client.at_once(Reset()) == 1

    assert client.get("tea") == b"green"
    assert proxy.accepted == 2


def test_an_error_does_not_mean_that_nothing_was_done(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """The reset comes in place of the answer, when the server has counted already."""
    proxy = faulty_proxy(server)
    client = connect(proxy, retries=0)
    client.set("cups", 0)

    with proxy.to_client.add(Reset(after=0)) as reset, pytest.raises(redis.ConnectionError):
        client.incr("cups")

    assert reset.count == 1
    assert client.get("cups") == b"1"
    assert proxy.accepted == 2


def test_a_retry_counts_twice(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """INCR is not idempotent, and redis-py sends it again all the same."""
    proxy = faulty_proxy(server)
    client = connect(proxy, retries=1)
    client.set("cups", 0)

    reset = proxy.to_client.add(Reset(after=0), connections=1)

    assert client.incr("cups") == 2
    assert reset.count == 1
    assert proxy.accepted == 2


def test_a_network_that_stays_bad_is_reported(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """After the last retry; every new connection is reset at its first answer."""
    proxy = faulty_proxy(server)
    client = connect(proxy, retries=2)
    client.set("tea", "green")

    with proxy.to_client.add(Reset(after=0)) as reset, pytest.raises(redis.ConnectionError):
        client.get("tea")

    assert reset.count == proxy.accepted > 2
    assert client.get("tea") == b"green"


def test_a_subscription_outlives_a_reset(
    server: RunningProgram, connect: Connect, faulty_proxy: FaultyProxies
) -> None:
    """Whoever listens on is subscribed again, and is told so."""
    proxy = faulty_proxy(server)
    channel = connect(proxy, retries=1).pubsub()
    channel.subscribe("orders")
    assert channel.get_message(timeout=None)["type"] == "subscribe"

    proxy.to_client.at_once(Reset())

    assert channel.get_message(timeout=None)["type"] == "subscribe"
    connect(server).publish("orders", "green tea")
    assert channel.get_message(timeout=None)["data"] == b"green tea"
    channel.close()
