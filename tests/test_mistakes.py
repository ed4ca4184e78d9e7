"""The matrix of mistakes: a program that lacks a behaviour fails that, and nothing unrelated."""

from __future__ import annotations

import pytest
from corpus import Homework, corpus, grade

from pytest_sockets import catalogue
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

MISTAKES = list(corpus("mistakes", "Fails"))


@pytest.mark.parametrize("program", MISTAKES, ids=lambda program: program.name)
def test_a_mistake_fails_what_it_declares_and_nothing_else(
    program: Homework, runner: Runner
) -> None:
    """What is declared fails; the rest passes, or is blocked by what is declared."""
    results = grade(program, runner)
    failed = {r.behaviour for r in results if r.outcome is Outcome.FAILED}
    causes = {r.id for r in results if r.outcome is Outcome.FAILED}

    assert program.declared == failed, [(r.id, str(r.observed)) for r in results if r.observed]
    assert all(r.blocked_by in causes for r in results if r.outcome is Outcome.BLOCKED)
    assert not [r.id for r in results if r.outcome is Outcome.NOT_JUDGED]


def test_every_mistake_declares_something() -> None:
    """A program without a declaration would prove nothing."""
    assert [program.name for program in MISTAKES if not program.declared] == []


@pytest.mark.parametrize("name", sorted(catalogue.exercises()))
def test_every_behaviour_is_failed_by_a_mistake(name: str) -> None:
    """For each behaviour that can fail there is a program that fails it."""
    missing = []
    for role, profile in catalogue.exercises()[name].profiles.items():
        if role == "pair":
            continue  # see test_pairs
        # A role that two exercises share (the client of the echo servers) is proved once.
        sharing = {
            other.name
            for other in catalogue.exercises().values()
            if other.profiles.get(role) is profile
        }
        proved = {
            identity
            for program in MISTAKES
            if program.exercise in sharing and program.role == role
            for identity in program.declared
        }
        missing += [
            f"{name}-{role} {weighed.behaviour.catalogue}"
            for weighed in profile.behaviours
            if weighed.behaviour.level != "may" and weighed.behaviour.catalogue not in proved
        ]

    assert missing == []
