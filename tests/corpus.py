"""The programs that the tests grade, and how a test grades one without pytest's items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Ask, Role, behaviour_of
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result, Scorecard
from pytest_sockets.targets import find

HERE = Path(__file__).parent
SEED = 20041


@dataclass(frozen=True)
class Homework:
    """A program of the corpus; ``declared`` are the catalogue's ids that it must fail.

    ``like`` is the known mistake that it is recognised as, None where it has to be told nothing.
    """

    path: Path
    exercise: str
    role: Role
    declared: frozenset[str]
    like: str | None = None

    @property
    def name(self) -> str:
        """The program's name in test ids."""
        return f"{self.exercise}-{self.role}-{self.path.stem}"


def corpus(folder: str, word: str) -> Iterator[Homework]:
    """Yield the programs below ``folder``; ``word`` begins the line that declares."""
    for path in sorted((HERE / folder).glob("*/*/*.py")):
        exercise, role = path.parts[-3:-1]
        text = path.read_text("utf-8", "replace")
        line = re.search(rf"^{word}:(.*)$", text, re.MULTILINE)
        declared = re.findall(r"[A-Z]{3}-\d\d", line[1]) if line else []
        like = re.search(r"\(like: ([\w-]+)\)$", line[1]) if line else None
        yield Homework(path, exercise, _role(role), frozenset(declared), like[1] if like else None)


def references() -> Iterator[Homework]:
    """Yield the reference programs, each with the exercise and role that its name says."""
    for path in sorted((HERE.parent / "reference").glob("*.py")):
        named = catalogue.by_name(path.stem)
        if named is not None:
            yield Homework(path, *named, frozenset())


def _role(name: str) -> Role:
    roles: dict[str, Role] = {"server": "server", "client": "client", "function": "function"}
    return roles[name]


def scorecard(homework: Homework, runner: Runner, seed: int = SEED) -> Scorecard:
    """Return what came of all behaviours of the program's profile."""
    target = find(homework.path.name, folder=homework.path.parent)[0]
    exercise = catalogue.exercises()[homework.exercise]
    grading = Grading(Assignment(target, exercise, homework.role), runner, seed)
    asked = grading.assignment.profile.behaviours
    return grading.scorecard([grading.result(weighed) for weighed in asked])


def grade(homework: Homework, runner: Runner, seed: int = SEED) -> list[Result]:
    """Return the results of all behaviours of the program's profile."""
    return list(scorecard(homework, runner, seed).results)


def behind(homework: Homework, unseen: frozenset[str]) -> set[str]:
    """Return the catalogue's ids of the behaviours that need one of ``unseen``, directly or not."""
    profile = catalogue.exercises()[homework.exercise].profiles[homework.role]
    asked = [weighed.behaviour for weighed in profile.behaviours]
    found = set(unseen)
    # What is needed is declared first, but not always asked first.
    for _ in asked:
        found |= {b.catalogue for b in asked if found & {_id(need) for need in b.needs}}
    return found - unseen


def _id(ask: Ask) -> str:
    return behaviour_of(ask).catalogue


def unreasonable(results: Sequence[Result], runner: Runner) -> list[tuple[str, str]]:
    """Return what was not judged although it can be here, or for no reason but an error of ours."""
    unjudged = [result for result in results if result.outcome is Outcome.NOT_JUDGED]
    return [
        (result.id, str(result.reason))
        for result in unjudged
        if runner.kernel or result.ours or not result.reason
    ]


def outcomes(results: list[Result]) -> dict[str, Outcome]:
    """Return the outcome of each behaviour by its id in the catalogue."""
    return {result.behaviour: result.outcome for result in results}
