"""The tour: facts of the socket API, each shown live by a small program.

A stop is a script of the suite's folder ``tour``. It plays both ends itself, in
a child, at addresses of its own, and prints what it saw; its docstring says what
the tutorial tells. Knows how a stop is read and run. Does not grade: there is
nobody to be accused.
"""

from __future__ import annotations

import ast
import functools
import importlib
import platform
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .behaviours import Ask, behaviour, behaviour_of
from .catalogue import SUITE
from .exercises import Exercise, Profile, Weighed
from .findings import NotJudged
from .grading import Assignment, Grading
from .messages import Message, message
from .programs.place import Place
from .results import Result, Scorecard
from .roles import Subject
from .targets import TOUR, Target

LIMIT = 60.0
"""Seconds after which a stop is no longer waited for; none needs more than two."""

SAYS = re.compile(r"^Tutorial: (.*?)\s\(([^()]*)\)\.\s*?$", re.MULTILINE | re.DOTALL)
"""The paragraph of a stop's docstring that says what the tutorial tells, and where."""

AGREES = re.compile(rb"^as the tutorial says: (True|False)\r?$", re.MULTILINE)
"""The line in which a stop compares what it saw with what the tutorial says."""

NOT_HERE = "not here: "
"""How a stop begins its last word on a system that lacks what it would show."""

DIFFERS = message("this machine differs from what the tutorial says")


class Stop(Subject):
    """One stop while it runs."""

    def show(self) -> None:
        """Run the stop to its end.

        Raises:
            NotJudged: this system lacks what it shows, or it did not come to its end.
        """
        self.programs.append(self.place.start(self.transcript))
        if not self.program.wait_ended(LIMIT):
            raise NotJudged(message("it did not end within {seconds} s", seconds=LIMIT))
        if self.program.status:
            raise NotJudged(self._why_not())

    def _why_not(self) -> Message:
        said = self.program.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if said.startswith(NOT_HERE):
            return message("{why}", why=said.removeprefix(NOT_HERE))
        return message(
            "the stop ended with status {status}: {said}", status=self.program.status, said=said
        )


class Tour(Grading):
    """Shows the stops; none has points."""

    def result(self, weighed: Weighed) -> Result:
        """Return what the stop has shown, running it first if it has not been run."""
        result = super().result(weighed)
        agrees = AGREES.search(result.printed)
        return replace(
            result,
            expected=Message(result.tutorial or ""),
            observed=_seen(result.printed),
            differs=DIFFERS if agrees and agrees[1] == b"False" else None,
            file=_shown(_path(weighed)),
            labels=(),
        )

    def scorecard(self, results: Sequence[Result]) -> Scorecard:
        """Return the scorecard that ``results`` make, with the code of every stop."""
        files = {Path(result.file).name for result in results if result.file}
        sources: dict[str, Sequence[str]] = {
            file: (_folder() / file).read_text("utf-8").splitlines() for file in files
        }
        here = message(
            "on {system} {release}", system=platform.system(), release=platform.release()
        )
        return replace(super().scorecard(results), sources=sources, network=here)

    def _target(self, weighed: Weighed) -> Target:
        path = _path(weighed)
        return replace(self.assignment.target, spec=path.name, path=path)

    def _subject(self, place: Place, chance: random.Random, number: int) -> Stop:
        return Stop(place, self.assignment.profile, chance, self.runner.quiet * number)


def _seen(printed: bytes) -> Message | None:
    lines = printed.decode("utf-8", "replace").splitlines()
    return message("{lines}", lines="; ".join(lines)) if lines else None


def code(name: str) -> str:
    """Return the lines of the stop ``name`` below its docstring."""
    return (_folder() / f"{name}.py").read_text("utf-8").partition('\n"""\n\n')[2]


def _path(weighed: Weighed) -> Path:
    return _folder() / f"{weighed.behaviour.ask.__name__}.py"


def _shown(path: Path) -> str:
    """Return a path as it can be copied from: seen from here where it is below."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _folder() -> Path:
    return Path(str(importlib.import_module(f"{SUITE}.{TOUR}").__file__)).parent


@functools.cache
def exercise() -> Exercise:
    """Return the tour as an exercise whose behaviours are its stops, in their order."""
    suite = importlib.import_module(f"{SUITE}.{TOUR}")
    asks = [_ask(name, catalogue) for name, catalogue in suite.STOPS.items()]
    stops = tuple(Weighed(behaviour_of(ask), 0, "basic") for ask in asks)
    return Exercise(
        name=TOUR,
        system="none",
        transport="none",
        contract=str(suite.__doc__),
        profiles={"tour": Profile(stops, one_shot=True)},
    )


def assignment() -> Assignment:
    """Return the tour as something that can be run."""
    target = Target(spec=TOUR, kind="tour", name=TOUR, root=_folder())
    return Assignment(target, exercise(), "tour")


def _ask(name: str, catalogue: str) -> Ask:
    """Return the stop ``name`` as a behaviour; its docstring is that of the script."""
    docstring = ast.get_docstring(ast.parse((_folder() / f"{name}.py").read_bytes())) or ""
    says = SAYS.search(docstring)
    if says is None:
        raise TypeError(f"{name}: the docstring needs a paragraph 'Tutorial: what (where).'")

    def ask(tour: Stop) -> None:
        tour.show()

    ask.__name__, ask.__doc__ = name, docstring.replace(says[0], "")
    told, source = (" ".join(part.split()) for part in says.groups())
    return behaviour(catalogue, source=source, level="may", tutorial=told)(ask)
