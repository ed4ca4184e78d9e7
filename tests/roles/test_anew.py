"""A program whose sockets are made by a Python that it starts anew is not accused."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest
from corpus import SEED

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import find

SERVES = """
    import multiprocessing, socket

    def serve():
        socket.create_server(("127.0.0.1", 18989)).accept()

    if __name__ == "__main__":
        multiprocessing.set_start_method("{way}")
        multiprocessing.Process(target=serve).start()
"""

CALLS = """
    import subprocess, sys

    code = "import socket; socket.create_connection(('127.0.0.1', 1))"
    sys.exit(subprocess.run([sys.executable, "-c", code]).returncode)
"""

PORTLESS = """
    import multiprocessing, socket

    server = socket.socket()
    server.listen()
    server.accept()
"""

REFUSED = """
    import socket, subprocess

    client = socket.socket()
    client.send(b"hello")
"""


def first(source: str, role: Role, runner: Runner, folder: Path) -> Result:
    """Return the verdict on whether the program can be met at all."""
    (folder / "homework.py").write_text(textwrap.dedent(source))
    target = find("homework.py", folder=folder)[0]
    assignment = Assignment(target, catalogue.exercises()["tcp-hello"], role)
    return Grading(assignment, runner, SEED).result(assignment.profile.behaviours[0])


@pytest.mark.parametrize(
    ("source", "role"),
    [
        (SERVES.format(way="spawn"), "server"),
        pytest.param(
            SERVES.format(way="forkserver"),
            "server",
            marks=pytest.mark.skipif(os.name == "nt", reason="there is no fork"),
        ),
        (CALLS, "client"),
    ],
    ids=["spawn", "forkserver", "subprocess"],
)
def test_it_is_not_judged(source: str, role: Role, runner: Runner, tmp_path: Path) -> None:
    """Its addresses can't be mapped, nor its calls seen; the reason says what to do."""
    result = first(source, role, runner, tmp_path)

    assert result.outcome is Outcome.NOT_JUDGED
    assert "a Python that it starts anew" in str(result.reason)
    assert "--target 'cmd:python server.py'" in str(result.reason)


@pytest.mark.parametrize(
    ("source", "role"), [(PORTLESS, "server"), (REFUSED, "client")], ids=["server", "client"]
)
def test_one_that_fails_by_its_own_calls_is_judged(
    source: str, role: Role, runner: Runner, tmp_path: Path
) -> None:
    """Also when it could start others."""
    assert first(source, role, runner, tmp_path).outcome is Outcome.FAILED
