"""The matrix of mistakes: a program that lacks a behaviour fails that, and nothing unrelated."""

from __future__ import annotations

import pytest
from corpus import HERE, Homework, behind, corpus, scorecard, unreasonable
from feedback import GOLDEN, LANGUAGES, check, golden_file

from pytest_sockets import catalogue
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Scorecard

MISTAKES = list(corpus("mistakes", "Fails"))
STARTUP = [
    Homework(path, "tcp-echo", "server", frozenset())
    for path in sorted((HERE / "mistakes" / "startup").glob("*.py"))
]
"""Programs whose start is odd, whatever the exercise is; most of them never come up."""
ONE_GRADE_FOR_ALL = [
    pytest.param(program, id=program.name, marks=pytest.mark.xdist_group(program.name))
    for program in MISTAKES
]


@pytest.fixture(scope="module", params=ONE_GRADE_FOR_ALL)
def program(request: pytest.FixtureRequest) -> Homework:
    """A program that lacks something."""
    mistake: Homework = request.param
    return mistake


@pytest.fixture(scope="module")
def card(program: Homework, runner: Runner) -> Scorecard:
    """The one grade of the program, whatever is asked about it."""
    return scorecard(program, runner)


def test_a_mistake_fails_what_it_declares_and_nothing_else(
    program: Homework, card: Scorecard, runner: Runner
) -> None:
    """What is declared fails; the rest passes, or is blocked by what is declared.

    Where the system proves less, some of it may be not judged, with the reason. What only
    fails because of that is not blocked then, but fails itself.
    """
    results = card.results
    failed = {r.behaviour for r in results if r.outcome is Outcome.FAILED}
    causes = {r.id for r in results if r.outcome is Outcome.FAILED}
    unjudged = {r.behaviour for r in results if r.outcome is Outcome.NOT_JUDGED}
    unseen = program.declared & unjudged

    observed = [(r.id, str(r.observed)) for r in results if r.observed]
    assert program.declared - unseen <= failed, observed
    assert failed - program.declared <= behind(program, unseen), observed
    assert all(r.blocked_by in causes for r in results if r.outcome is Outcome.BLOCKED)
    assert not unreasonable(results, runner)


def test_a_mistake_is_told_as_what_it_is_like(
    program: Homework, card: Scorecard, runner: Runner
) -> None:
    """A known mistake is recognised, and one that is like none is taken for none.

    Where the system shows less, one may be left unrecognised, and none is taken for another.
    """
    told = card.diagnosis.slug if card.diagnosis else None

    assert told == program.like or (told is None and not runner.kernel)


def test_the_feedback_on_a_mistake_is_what_was_reviewed(
    program: Homework, card: Scorecard, runner: Runner, pytestconfig: pytest.Config
) -> None:
    """What a student reads changes only on purpose: see tests/golden/README.md."""
    _compare(program, card, runner, pytestconfig)


@pytest.mark.parametrize("program", STARTUP, ids=lambda program: program.path.stem)
def test_the_feedback_on_an_odd_start_is_what_was_reviewed(
    program: Homework, runner: Runner, pytestconfig: pytest.Config
) -> None:
    """What keeps a program from its first client is told as carefully."""
    _compare(program, scorecard(program, runner), runner, pytestconfig)


def _compare(
    program: Homework, card: Scorecard, runner: Runner, pytestconfig: pytest.Config
) -> None:
    """Fail with the difference to what is kept, or keep what is told now."""
    if not runner.kernel:
        pytest.skip("where the system proves less, a deadline is told of instead")
    update = pytestconfig.getoption("--update-golden")
    differences = check(program, card, lambda: scorecard(program, runner), update=update)

    command = f"pytest tests/test_mistakes.py -k {program.path.stem} --update-golden"
    assert not differences, "\n\n".join([*differences, f"if that is meant: {command}"])


def test_every_feedback_that_is_kept_is_about_a_mistake(pytestconfig: pytest.Config) -> None:
    """A file whose mistake is gone goes with it."""
    told = {
        golden_file(program, language)
        for program in (*MISTAKES, *STARTUP)
        for language in LANGUAGES
    }
    stale = sorted(set(GOLDEN.rglob("*.txt")) - told)
    if pytestconfig.getoption("--update-golden"):
        for path in stale:
            path.unlink()
        stale = []

    assert stale == []


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
