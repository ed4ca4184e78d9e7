"""What a class was asked for: exercises and roles, points, and what is not counted.

Knows points, waivers and visibility. Does not know the file that says so (see
``homework_file``), nor who handed in what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..behaviours import Role
from ..exercises import Exercise, Profile, Weighed
from ..reports.gradescope import Visibility


@dataclass(frozen=True)
class HomeworkPart:
    """One program that is asked for: an exercise in one role.

    ``files`` are names or patterns, the most wanted first; with none, the naming
    rule tells. ``points`` are what the part counts for in the homework, whatever
    the profile's own points sum to. ``source`` is the file that defines an
    exercise of the user's own.
    """

    exercise: Exercise
    role: Role
    points: float
    files: tuple[str, ...] = ()
    source: Path | None = None

    @property
    def profile(self) -> Profile:
        """The weighed behaviours of the role."""
        return self.exercise.profiles[self.role]

    @property
    def name(self) -> str:
        """Exercise and role in one word: ``tcp-echo-server``."""
        return f"{self.exercise.name}-{self.role}"

    def id(self, weighed: Weighed) -> str:
        """Return the behaviour's id: ``tcp-echo-server/echoes-pieces-whole``."""
        return f"{self.name}/{weighed.behaviour.slug}"


@dataclass(frozen=True)
class Waiver:
    """A behaviour that is not counted, for all or for some ``students`` only, and why.

    ``students`` are names or ids as in the roster.
    """

    behaviour: str
    reason: str
    students: tuple[str, ...] = ()

    def concerns(self, names: Collection[str]) -> bool:
        """Tell whether it is for the student called ``names``."""
        return not self.students or not set(names).isdisjoint(self.students)


@dataclass(frozen=True)
class Weighing:
    """What verdicts count for: the points of each part by its name, and what is not counted.

    ``pass_mark`` is in percent of all points.
    """

    points: Mapping[str, float]
    pass_mark: float | None = None
    waivers: tuple[Waiver, ...] = ()

    def waived(self, names: Collection[str]) -> dict[str, str]:
        """Return what is not counted of the student called ``names``: behaviours and reasons."""
        return {each.behaviour: each.reason for each in self.waivers if each.concerns(names)}


@dataclass(frozen=True)
class Homework:
    """What is graded of a class.

    ``pass_mark`` is in percent of ``points``; ``deadline`` is text that is shown,
    nothing is decided by it. ``visibility`` says of behaviours, by their ids, when students
    see them where the system that grades can hide something; what is not in it has
    ``others``.
    """

    title: str
    parts: tuple[HomeworkPart, ...]
    pass_mark: float | None = None
    deadline: str = ""
    visibility: Mapping[str, Visibility] = field(default_factory=dict)
    others: Visibility = "visible"
    waivers: tuple[Waiver, ...] = ()

    @property
    def points(self) -> float:
        """The points of all parts together."""
        return sum(part.points for part in self.parts)

    @property
    def weighing(self) -> Weighing:
        """What verdicts count for here."""
        return Weighing({part.name: part.points for part in self.parts}, self.pass_mark,
                        self.waivers)  # fmt: skip

    def seen(self, behaviour: str) -> Visibility:
        """Return when students see what came of the behaviour with this id."""
        return self.visibility.get(behaviour, self.others)

    def digest(self) -> str:
        """Return a SHA-256 (hex) of what decides a verdict: what is asked, and by which version.

        Title, points of parts, pass mark, files, visibility and waivers are not part of
        it: they change what a verdict counts for, not the verdict.
        """
        asked = [version("pytest-sockets"), [_asked(part) for part in self.parts]]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _asked(part: HomeworkPart) -> dict[str, Any]:
    source = part.source.read_bytes() if part.source else b""
    return {
        "part": part.name,
        "asked": [
            (part.id(w), w.behaviour.level, w.points, w.part) for w in part.profile.behaviours
        ],
        "source": hashlib.sha256(source).hexdigest(),
    }


def whole_exercise(exercise: Exercise, source: Path | None = None) -> Homework:
    """Return the homework that is one exercise: a part of 100 points for each role."""
    return exercise_in(tuple(exercise.profiles), exercise, source)


def exercise_in(
    roles: Collection[Role], exercise: Exercise, source: Path | None = None
) -> Homework:
    """Return the homework that is an exercise in some ``roles``: a part of 100 points for each."""
    wanted = (role for role in exercise.profiles if role in roles)
    parts = tuple(HomeworkPart(exercise, role, 100.0, (), source) for role in wanted)
    return Homework(exercise.name, parts)
