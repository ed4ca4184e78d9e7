"""Somebody else's socket on the port of a conversation is held against no program."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import PLACES, Assignment, Grading
from pytest_sockets.programs.place import Place, Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import Target, find

REFERENCE = Path(__file__).parent.parent / "reference"
ALL = 1_000_000

TWICE = """\
import socket

one, other = socket.socket(), socket.socket()
one.bind(("127.0.0.1", 8000))
other.bind(("127.0.0.1", 8000))
one.listen()
"""


class Crowded(Runner):
    """Has somebody bind the ports of the first ``taken`` places, before a program does."""

    def __init__(self) -> None:
        super().__init__(portable=True)
        self.taken = 0
        self.sockets = contextlib.ExitStack()

    def place(self, target: Target, *, ours: bool = False) -> Place:
        """Return a place whose ports are taken, or free when enough were."""
        place = super().place(target, ours=ours)
        if self.taken:
            self.taken -= 1
            for port in place.ports:
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    sock = self.sockets.enter_context(socket.socket(socket.AF_INET, kind))
                    sock.bind(("127.0.0.1", port))
        return place


@pytest.fixture
def crowded() -> Iterator[Crowded]:
    """A runner whose first places are taken."""
    runner = Crowded()
    with runner.sockets:
        yield runner
    runner.close()


def first(runner: Runner, path: Path, exercise: str, role: Role) -> Result:
    """Return the verdict on the first behaviour of the role: that the program comes up."""
    (target,) = find(path.name, folder=path.parent)
    asked = catalogue.exercises()[exercise]
    grading = Grading(Assignment(target, asked, role), runner, 1)
    return grading.result(asked.profiles[role].behaviours[0])


PROGRAMS = pytest.mark.parametrize(
    ("name", "exercise", "role"),
    [
        ("tcp_echo_server.py", "tcp-echo", "server"),
        ("tcp_echo_client.py", "tcp-echo", "client"),
        ("udp_echo_server.py", "udp-echo", "server"),
        ("udp_echo_client.py", "udp-echo", "client"),
    ],
)


@PROGRAMS
def test_it_is_asked_again_where_nobody_is(
    crowded: Crowded, name: str, exercise: str, role: Role
) -> None:
    """Another place is taken then, with other ports."""
    crowded.taken = PLACES - 1
    result = first(crowded, REFERENCE / name, exercise, role)

    assert result.outcome is Outcome.PASSED, (result.observed, result.reason)
    assert crowded.taken == 0


@PROGRAMS
def test_it_is_not_judged_where_all_is_taken(
    crowded: Crowded, name: str, exercise: str, role: Role
) -> None:
    """The reason says that it is not the program."""
    crowded.taken = ALL
    result = first(crowded, REFERENCE / name, exercise, role)

    assert result.outcome is Outcome.NOT_JUDGED
    assert result.ours
    assert "another program of this machine took port" in str(result.reason)


def test_a_program_in_its_own_way_is_accused(crowded: Crowded, tmp_path: Path) -> None:
    """Only it has bound the port, twice."""
    path = tmp_path / "twice.py"
    path.write_text(TWICE, "utf-8")
    result = first(crowded, path, "tcp-echo", "server")

    assert result.outcome is Outcome.FAILED
    assert "Address already in use" in str(result.observed)
