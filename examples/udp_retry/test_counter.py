"""How the counter stands a bad network: datagrams that get lost, come twice, or come too late."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from counter import Counter

from pytest_sockets import (
    Duplicate,
    Expect,
    FaultyProxies,
    Lose,
    Programs,
    Proxy,
    Reorder,
    Say,
    ScriptedServers,
)

LONG = 30.0
"""Seconds that nobody waits for, because the answer comes."""


@pytest.fixture
def network(program: Programs, faulty_proxy: FaultyProxies) -> Proxy:
    """Run the server, and a network before it that has no faults yet."""
    return faulty_proxy(program("counter.py {host} {port}"))


@pytest.fixture
def counter(network: Proxy) -> Iterator[Counter]:
    """Make a client that soon tries again, and then waits."""
    with Counter((network.host, network.port), timeouts=[0.05, LONG]) as counter:
        yield counter


def test_a_lost_question_is_asked_again(network: Proxy, counter: Counter) -> None:
    """The first datagram to the server is lost, the second one arrives."""
    lose = network.to_server.add(Lose(numbers=(1,)))

    assert counter.add(2) == 2
    assert lose.count == 1


def test_a_lost_answer_is_not_counted_twice(network: Proxy, counter: Counter) -> None:
    """The server has counted when its answer is lost; it is asked again, and answers the same."""
    lose = network.to_client.add(Lose(numbers=(1,)))

    assert counter.add(2) == 2
    assert lose.count == 1


def test_a_question_that_comes_twice_is_counted_once(network: Proxy, counter: Counter) -> None:
    """And the second answer to it is not taken for that to the next question."""
    duplicate = network.to_server.add(Duplicate(rate=1))

    assert [counter.add(1) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert duplicate.count >= 5


def test_a_late_answer_is_not_taken_for_another(network: Proxy, counter: Counter) -> None:
    """It comes behind the answer to the second try, when the question is settled."""
    reorder = network.to_client.add(Reorder(numbers=(1,), patience=LONG))

    assert [counter.add(1), counter.add(1)] == [1, 2]
    assert reorder.count >= 1


def test_a_question_that_comes_late_is_not_counted_again(network: Proxy, counter: Counter) -> None:
    """Of the first question a copy is made, and comes behind the second one."""
    copy = network.to_server.add(Duplicate(numbers=(1,)))
    late = network.to_server.add(Reorder(numbers=(2,), patience=LONG))

    assert [counter.add(1), counter.add(1), counter.add(1)] == [1, 2, 3]
    assert copy.count == 1
    assert late.count >= 1


@pytest.mark.parametrize("seed", range(3))
def test_many_datagrams_may_get_lost(network: Proxy, seed: int) -> None:
    """Of each direction a third; the seed says which, the same ones every time."""
    there = network.to_server.add(Lose(rate=0.3, seed=seed))
    back = network.to_client.add(Lose(rate=0.3, seed=seed + 100))

    with Counter((network.host, network.port), [0.02] * 10 + [1.0] * 10) as counter:
        assert [counter.add(1) for _ in range(10)] == [*range(1, 11)]

    assert there.count
    assert back.count


def test_it_gives_up_after_the_last_try(network: Proxy) -> None:
    """When nothing arrives at all, it has tried as often as it was told."""
    lose = network.to_server.add(Lose(rate=1))

    with Counter((network.host, network.port), [0.02] * 3) as counter, pytest.raises(TimeoutError):
        counter.add(1)

    assert network.transcript.wait(lambda: lose.count == 3, LONG)


def test_every_try_is_the_same_question(scripted_server: ScriptedServers) -> None:
    """With the number that it had: byte for byte, as a server sees it."""
    server = scripted_server([Expect(b"1 5"), Expect(b"1 5"), Say(b"1 5")], transport="udp")

    with Counter((server.host, server.port), [0.05, LONG]) as counter:
        assert counter.add(5) == 5
