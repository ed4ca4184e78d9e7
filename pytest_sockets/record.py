"""What is known of one run: its settings, its verdicts so far, and what they add up to.

Knows why a behaviour has no verdict and by which command it is asked again.
Does not know pytest, nor how a verdict is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import command_lines
from .behaviours import Role
from .exercises import Weighed
from .grading import Assignment, Grading, not_run
from .messages import Message, message
from .programs.place import Runner
from .replay.folder import Failure
from .results import Outcome, Result, Scorecard
from .targets import TOUR, Target

NOT_SELECTED = message("it was not selected for this run")
INTERRUPTED = message("the run ended before it was asked")
LOST = message("the process that asked it was ended from outside")

Key = tuple[str, str]
"""A target and the id of a behaviour."""


@dataclass(frozen=True)
class Settings:
    """What the command line asked for; ``folder`` is where its targets are looked for.

    ``python`` is the interpreter that was asked for, None for the one that runs pytest;
    ``replay`` the folder that takes a script for each failure, None for no scripts.
    """

    folder: Path
    exercise: str | None
    role: Role | None
    seed: int
    reports: Sequence[tuple[str, Path]]
    fail_under: float | None
    show_exchange: bool
    python: str | None
    runner: Runner
    replay: Path | None = None


class Record:
    """The verdicts of a run; ``deselected`` is what was not to be asked in it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gradings: list[Grading] = []
        self.deselected: set[Key] = set()
        self._results: dict[Key, Result] = {}
        self._lost: set[Key] = set()

    def lose(self, nodeid: str, names: Callable[[Target], str]) -> None:
        """Remember that who asked the behaviour of that node never told what came of it.

        ``names`` returns what a target is called there.
        """
        name, _, id_ = nodeid.rpartition("::")
        self._lost |= {
            (grading.assignment.target.spec, id_)
            for grading in self.gradings
            if names(grading.assignment.target) == name
        }

    def keep(
        self, key: Key, result: Result, network: Message | None, containment: Message | str
    ) -> None:
        """Keep a verdict, wherever it was reached, and where the program ran for it."""
        self._results[key] = result
        for grading in self.gradings:
            if grading.assignment.target.spec == key[0]:
                grading.network, grading.containment = network, containment

    def all(self) -> Iterator[tuple[Target, Result]]:
        """Yield the result of every behaviour: what has no verdict is not judged, with a reason."""
        for grading in self.gradings:
            for weighed in grading.assignment.profile.behaviours:
                yield grading.assignment.target, self._result(grading, weighed)

    def failures(self) -> Iterator[Failure]:
        """Yield what failed, with what is needed to repeat its exchange by hand."""
        for grading in self.gradings:
            assignment = grading.assignment
            for weighed in assignment.profile.behaviours:
                result = self._result(grading, weighed)
                if result.outcome is Outcome.FAILED:
                    yield Failure(
                        result,
                        assignment.target,
                        assignment.exercise.transport,
                        assignment.role,
                        assignment.profile.facts.get("unrepeatable"),
                    )

    def scorecards(self, *, selected_only: bool = False) -> list[Scorecard]:
        """Return a scorecard for each assignment, with every behaviour of its profile."""
        cards = []
        for grading in self.gradings:
            results = [
                self._result(grading, weighed)
                for weighed in grading.assignment.profile.behaviours
                if not (selected_only and _key(grading, weighed) in self.deselected)
            ]
            if results:
                cards.append(grading.scorecard(results))
        return cards

    def _result(self, grading: Grading, weighed: Weighed) -> Result:
        key = _key(grading, weighed)
        result = self._results.get(key) or self._without_verdict(grading, weighed)
        return replace(result, again=self._again(grading.assignment, result))

    def _without_verdict(self, grading: Grading, weighed: Weighed) -> Result:
        key = _key(grading, weighed)
        if key in self._lost:
            return replace(not_run(grading, weighed, LOST), ours=True)
        return not_run(grading, weighed, NOT_SELECTED if key in self.deselected else INTERRUPTED)

    def _again(self, assignment: Assignment, result: Result) -> str:
        """Return the command that asks this behaviour once more, with the same payloads."""
        settings = self.settings
        words = ["pytest", "--target", assignment.target.spec]
        if assignment.role == TOUR:
            return command_lines.join([*words, "-k", result.slug])
        words += ["--exercise", settings.exercise or assignment.exercise.name]
        # A pair has no role that could be asked for: its behaviours are named in full.
        paired = assignment.role == "pair"
        words += [] if paired else ["--role", assignment.role]
        words += ["--sockets-seed", str(settings.seed)]
        words += ["--sockets-python", settings.python] if settings.python else []
        words += ["-k", result.id if paired else result.slug]
        return command_lines.join(words)


def _key(grading: Grading, weighed: Weighed) -> Key:
    return grading.assignment.target.spec, grading.assignment.id(weighed)
