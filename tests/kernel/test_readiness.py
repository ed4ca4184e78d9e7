"""What is ready is seen however many descriptors there are, with poll and without."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import Homework, grade

from pytest_sockets.kernel.readiness import looking, readable
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

REFERENCE = Path(__file__).parents[2] / "reference"
BEYOND = 1024


@pytest.fixture(params=["poll", "select"])
def pair(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected, where there is poll(2) and where there is not."""
    if request.param == "select":
        monkeypatch.delattr(select, "poll", raising=False)
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.fixture
def many() -> Iterator[None]:
    """More descriptors than select(2) has numbers for."""
    if sys.platform == "win32":
        pytest.skip("sockets have numbers of another kind there")
    import resource  # not on Windows

    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limits[1] != resource.RLIM_INFINITY and limits[1] < 2 * BEYOND:
        pytest.skip("so many can't be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2 * BEYOND, limits[1]))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(BEYOND)]
    yield
    for descriptor in opened:
        os.close(descriptor)
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_what_has_come_can_be_read(pair: tuple[socket.socket, socket.socket]) -> None:
    """Nothing can before; the end of the stream can be read as well."""
    one, other = pair
    assert readable([one, other], 0) == []
    one.send(b"!")
    assert readable([one, other]) == [other]
    assert readable([one.fileno(), other.fileno()], 60) == [other.fileno()]
    other.close()
    assert readable([one], 60) == [one]


def test_one_is_looked_at_in_both_directions(pair: tuple[socket.socket, socket.socket]) -> None:
    """That it can be written does not hide that it can be read, nor the other way round."""
    one, other = pair
    one.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while one.send(bytes(1 << 16)):
            pass
    look = looking([one], [one])
    assert look(0) == set()
    other.send(b"!")
    assert look(60) == {one.fileno()}
    one.recv(1)
    assert look(0) == set()
    other.recv(1 << 24)
    assert look(60) == {one.fileno()}


def test_nothing_can_be_waited_for(pair: tuple[socket.socket, socket.socket]) -> None:
    """The time is over then."""
    assert readable(list[int](), 0) == []


def test_numbers_that_select_does_not_know_are_looked_at(many: None) -> None:
    """That is what poll(2) is for."""
    one, other = socket.socketpair()
    with one, other:
        assert other.fileno() >= BEYOND
        one.send(b"!")
        assert readable([one, other], 60) == [other]


@pytest.mark.parametrize(
    ("name", "exercise", "role"),
    [
        ("tcp_echo_server", "tcp-echo", "server"),
        ("tcp_echo_client", "tcp-echo", "client"),
        ("udp_echo_server", "udp-echo", "server"),
        ("udp_echo_client", "udp-echo", "client"),
    ],
)
def test_a_program_is_graded_beside_a_thousand_open_files(
    name: str,
    exercise: str,
    role: str,
    many: None,
    runner: Runner,
) -> None:
    """Whoever has opened them gets the verdict that anybody gets."""
    homework = Homework(REFERENCE / f"{name}.py", exercise, role, frozenset())  # type: ignore[arg-type]
    assert {result.outcome for result in grade(homework, runner)} <= {
        Outcome.PASSED,
        Outcome.INFO,
        Outcome.NOT_JUDGED,
    }
