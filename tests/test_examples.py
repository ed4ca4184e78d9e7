"""The homework in examples/ gets the verdicts that its README tells of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_sockets import catalogue
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome
from pytest_sockets.targets import find

EXAMPLES = Path(__file__).parent.parent / "examples"
HOMEWORK = EXAMPLES / "homework"
ROW = re.compile(r"^\| `(\w+\.py)` \| (\d+) \| (.*) \| (.*) \|$", re.M)
ROWS = {row[1]: row for row in ROW.finditer((EXAMPLES / "README.md").read_text("utf-8"))}


def test_every_program_is_told_of() -> None:
    """The table has a row for each program, and no other."""
    assert set(ROWS) == {path.name for path in HOMEWORK.glob("*.py")}


@pytest.mark.parametrize("name", ROWS)
def test_a_program_fails_what_its_row_says(name: str, runner: Runner) -> None:
    """The row has the score and the behaviours that fail; nothing else does."""
    (target,) = find(name, folder=HOMEWORK)
    named = catalogue.by_name(target.name)
    assert named is not None
    assignment = Assignment(target, catalogue.exercises()[named[0]], named[1])
    grading = Grading(assignment, runner, seed=4711)
    card = grading.scorecard([grading.result(w) for w in assignment.profile.behaviours])
    failed = {result.slug for result in card.results if result.outcome is Outcome.FAILED}
    assert (card.score, failed) == (
        int(ROWS[name][2]),
        set(re.findall(r"`([\w-]+)`", ROWS[name][3])),
    )
    assert card.complete


@pytest.mark.parametrize(
    ("name", "score", "failed"),
    [("tcp_shout_server.py", 100, set()), ("shouts_pieces.py", 80, {"OWN-02"})],
)
def test_an_exercise_of_ones_own_is_graded(
    name: str, score: int, failed: set[str], runner: Runner
) -> None:
    """It lies outside the package: one program passes, and the other fails what it says."""
    folder = EXAMPLES / "own_exercise"
    (target,) = find(name, folder=folder)
    exercise = catalogue.exercise("./tcp_shout.py", folder)
    grading = Grading(Assignment(target, exercise, "server"), runner, seed=4711)
    results = [grading.result(each) for each in exercise.profile("server").behaviours]
    card = grading.scorecard(results)
    assert card.score == score
    assert {each.behaviour for each in results if each.outcome is Outcome.FAILED} == failed
    text = (folder / name).read_text("utf-8")
    assert set(re.findall(r"^Fails: (.*)$", text, re.M)) == failed
