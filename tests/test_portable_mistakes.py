"""What is wrong with a program is seen without the kernel's proofs, too, or is not judged."""

from __future__ import annotations

import pytest
from corpus import HERE, SEED

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import find

FAILED, PASSED, NOT_JUDGED = Outcome.FAILED, Outcome.PASSED, Outcome.NOT_JUDGED


def asked(runner: Runner, exercise: str, role: Role, name: str, identity: str) -> Result:
    """Return the verdict on one behaviour of one mistake, and on what it needs."""
    (target,) = find(f"{name}.py", folder=HERE / "mistakes" / exercise / role)
    grading = Grading(Assignment(target, catalogue.exercises()[exercise], role), runner, SEED)
    behaviours = grading.assignment.profile.behaviours
    (weighed,) = (each for each in behaviours if each.behaviour.catalogue == identity)
    return grading.result(weighed)


@pytest.mark.parametrize(
    ("exercise", "role", "name", "identity", "outcome"),
    [
        # A process holds what was accepted, and no other connection.
        ("tcp-upload", "server", "waits_for_a_key", "LIF-03", FAILED),
        # A bind of our own fails, although nobody listens.
        ("tcp-hello", "server", "reuse_missing", "PRT-03", FAILED),
        ("tcp-hello", "server", "sends_text", "PRT-03", PASSED),
        # Who is silent and computes is no one who waits.
        ("tcp-echo", "server", "polls_the_listener", "LIF-04", FAILED),
        # A typed line is not asked for a second time.
        ("udp-chat", "client", "q_is_a_message", "QQC-04", PASSED),
    ],
)
def test_the_outcome_is_the_same(
    exercise: str, role: Role, name: str, identity: str, outcome: Outcome, portable_runner: Runner
) -> None:
    """By what every system shows: processes, their connections and their processor time."""
    result = asked(portable_runner, exercise, role, name, identity)

    assert result.outcome is outcome, (str(result.observed), str(result.reason))


@pytest.mark.parametrize(
    ("exercise", "name", "identity", "reason"),
    [
        ("unix-echo", "key_before_accept", "LIF-03", "nothing here shows whether a client was"),
        ("tcp-sticky", "sleeps_between_the_sends", "MSG-06", "nothing here shows whether a prog"),
        ("udp-time-default", "key_before_recvfrom", "UDP-01", "nothing here shows whether a dat"),
    ],
)
def test_what_nothing_shows_is_not_judged(
    exercise: str, name: str, identity: str, reason: str, portable_runner: Runner
) -> None:
    """The reason says what is not seen."""
    result = asked(portable_runner, exercise, "server", name, identity)

    assert result.outcome is NOT_JUDGED, str(result.observed)
    assert str(result.reason).startswith(reason)


def test_a_time_limit_that_ran_out_meanwhile_tells_nothing(portable_runner: Runner) -> None:
    """It was our silence that ended the program, if it was longer than half a second."""
    result = asked(portable_runner, "tcp-hmac-auth", "server", "listener_timeout", "SRV-03")

    assert result.outcome in (PASSED, NOT_JUDGED), str(result.observed)
    if result.outcome is NOT_JUDGED:
        assert str(result.reason).startswith("a time limit of the program's own")
