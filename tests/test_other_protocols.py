"""A program that speaks another protocol than its exercise's gets one finding, not thirty.

What is given here are the reference programs of other exercises: correct, but
elsewhere. Where a program happens to do part of what the exercise asks, what it
does not is told as well, once for each thing that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import Homework, grade

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result

REFERENCE = Path(__file__).parent.parent / "reference"
SAME_ROLE: dict[Role, tuple[str, ...]] = {
    "server": ("tcp_hello_server", "tcp_hmac_auth_server"),
    "client": ("tcp_hello_client", "tcp_quit_chat_client"),
}
DATAGRAMS: dict[Role, tuple[str, ...]] = {
    "server": ("udp_echo_server",),
    "client": ("udp_echo_client",),
}
OTHER: dict[Role, Role] = {"server": "client", "client": "server"}
MOST = 3
"""Failures of a program that does part of what is asked: each is about another part."""

HTTP = """\
import http.server
http.server.HTTPServer(("127.0.0.1", 8000), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def roles(transport: str) -> Iterator[tuple[str, Role]]:
    """Yield each exercise of ``transport`` with each of its roles that is one program."""
    for exercise in catalogue.exercises().values():
        for role in exercise.profiles:
            if exercise.transport == transport and role in OTHER:
                yield exercise.name, role


def pairs(transport: str, given: dict[Role, tuple[str, ...]]) -> list[tuple[str, Role, str]]:
    """Return exercise, role and the program given to it, without those that belong to it."""
    return [
        (exercise, role, program)
        for exercise, role in roles(transport)
        for program in given[role]
        if catalogue.by_name(program) != (exercise, role)
        # What comes together or apart is shown by any client that prints all it receives.
        and (exercise, program) != ("tcp-sticky", "tcp_hello_client")
    ]


def failures(path: Path, exercise: str, role: Role, runner: Runner) -> list[Result]:
    """Return what failed; everything else is passed, or blocked by one of these."""
    results = grade(Homework(path, exercise, role, frozenset()), runner)
    failed = [result for result in results if result.outcome is Outcome.FAILED]
    blocked = {result.blocked_by for result in results if result.outcome is Outcome.BLOCKED}
    assert blocked <= {result.id for result in failed}
    assert not [result.reason for result in results if result.outcome is Outcome.NOT_JUDGED]
    return failed


@pytest.mark.parametrize(("exercise", "role", "program"), pairs("tcp", SAME_ROLE))
def test_another_conversation_fails_where_it_differs(
    exercise: str, role: Role, program: str, runner: Runner
) -> None:
    """A few things are missing, each told once with what was seen; the rest is blocked by them."""
    failed = failures(REFERENCE / f"{program}.py", exercise, role, runner)

    assert 1 <= len(failed) <= MOST, [(r.behaviour, str(r.observed)) for r in failed]
    assert len({result.behaviour for result in failed}) == len(failed)
    assert all(str(result.observed) for result in failed)


@pytest.mark.parametrize(
    ("exercise", "role"), [each for each in roles("tcp") if each[1] == "server"]
)
def test_an_http_server_is_told_what_it_does_not_do(
    exercise: str, role: Role, runner: Runner, tmp_path: Path
) -> None:
    """It listens and takes clients, and then speaks of other things."""
    (tmp_path / "web.py").write_text(HTTP)
    failed = failures(tmp_path / "web.py", exercise, role, runner)

    assert 1 <= len(failed) <= MOST, [(r.behaviour, str(r.observed)) for r in failed]


@pytest.mark.parametrize(("exercise", "role", "program"), pairs("tcp", DATAGRAMS))
def test_a_program_of_datagrams_has_one_failure_in_an_exercise_of_streams(
    exercise: str, role: Role, program: str, runner: Runner
) -> None:
    """The finding says that it uses UDP."""
    (failure,) = failures(REFERENCE / f"{program}.py", exercise, role, runner)

    assert "UDP" in str(failure.observed)


@pytest.mark.parametrize(
    ("exercise", "role", "program"),
    pairs("udp", {role: programs[:1] for role, programs in SAME_ROLE.items()}),
)
def test_a_program_of_streams_has_one_failure_in_an_exercise_of_datagrams(
    exercise: str, role: Role, program: str, runner: Runner
) -> None:
    """The finding says that it uses TCP."""
    (failure,) = failures(REFERENCE / f"{program}.py", exercise, role, runner)

    assert "TCP" in f"{failure.observed} {failure.because}"


@pytest.mark.parametrize(("exercise", "role"), [*roles("tcp"), *roles("udp")])
def test_a_program_in_the_other_role_has_one_failure(
    exercise: str, role: Role, runner: Runner
) -> None:
    """The finding says that a server listens where a client calls, or the other way round."""
    transport = catalogue.exercises()[exercise].transport
    path = REFERENCE / f"{transport}_hello_{OTHER[role]}.py"
    (failure,) = failures(path, exercise, role, runner)

    said = f"{failure.observed} {failure.because}"
    assert f"as a {OTHER[role]} does" in said
    assert f"--role {OTHER[role]}" in said


def test_another_conversation_in_datagrams_fails_where_it_differs(runner: Runner) -> None:
    """The time for an echo, and an echo for the time: what is missing is told."""
    for exercise, program in (("udp-time", "udp_echo"), ("udp-echo", "udp_time")):
        failed = failures(REFERENCE / f"{program}_server.py", exercise, "server", runner)

        assert 1 <= len(failed) <= MOST, [(r.behaviour, str(r.observed)) for r in failed]
