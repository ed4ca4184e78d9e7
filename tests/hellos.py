"""A server and a client of tcp-hello with gaps, and how what fills them is graded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import find

Grade = Callable[..., "list[Result]"]

SERVER = """\
import argparse, os, socket, sys
{before}
sock = socket.socket({family})
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(({host}, {port}))
sock.listen(5)
conn, addr = sock.accept()
{during}
data = conn.recv(1024)
conn.send(b'hello')
conn.close()
sock.close()
"""
"""A server of tcp-hello, with what makes up its shape."""

CLIENT = """\
import argparse, os, socket, sys
{before}
sock = socket.socket()
sock.connect(({host}, {port}))
{during}
sock.send(b'hello')
data = sock.recv(1024)
print(data)
sock.close()
"""
"""A client of tcp-hello, likewise."""


def grader(folder: Path, runner: Runner) -> Grade:
    """Return what grades a source text in ``folder``, by default in tcp-hello."""

    def grade(
        source: str | bytes,
        role: Role,
        *,
        name: str = "homework.py",
        spec: str | None = None,
        exercise: str = "tcp-hello",
        runner: Runner = runner,
    ) -> list[Result]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        target = find(spec or name, folder=folder)[0]
        assignment = Assignment(target, catalogue.exercises()[exercise], role)
        grading = Grading(assignment, runner, seed=11)
        return [grading.result(weighed) for weighed in assignment.profile.behaviours]

    return grade


def server(
    host: str = "'127.0.0.1'",
    port: object = 8000,
    before: str = "",
    during: str = "",
    family: str = "socket.AF_INET",
) -> str:
    """Return a server that takes its address as ``host`` and ``port`` say."""
    return SERVER.format(host=host, port=port, before=before, during=during, family=family)


def client(
    host: str = "'127.0.0.1'", port: object = 8000, before: str = "", during: str = ""
) -> str:
    """Return a client that takes its address as ``host`` and ``port`` say."""
    return CLIENT.format(host=host, port=port, before=before, during=during)


def lost(results: Sequence[Result]) -> list[tuple[str, str, str]]:
    """Return what is not passed, with what was observed or why it was not judged."""
    return [
        (result.behaviour, str(result.outcome), str(result.observed or result.reason))
        for result in results
        if result.outcome not in (Outcome.PASSED, Outcome.INFO)
    ]


def the_failure(results: Sequence[Result]) -> Result:
    """Return the only failure; everything else is passed or blocked by it."""
    (failure,) = [result for result in results if result.outcome is Outcome.FAILED]
    blocked = [result for result in results if result.outcome is Outcome.BLOCKED]
    assert {result.blocked_by for result in blocked} <= {failure.id}
    return failure
