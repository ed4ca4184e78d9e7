"""Pairs that the tests grade: two programs of the corpus in one folder, without pytest's items."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import HERE, SEED

from pytest_sockets import catalogue
from pytest_sockets.assignments import in_folder
from pytest_sockets.grading import Grading
from pytest_sockets.pairs import gradings
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Result


@dataclass(frozen=True)
class Two:
    """A server and a client of one exercise; ``declared`` are the ids that they don't manage."""

    exercise: str
    name: str
    server: Path
    client: Path
    declared: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The pair's name in test ids."""
        return f"{self.exercise}-{self.name}"

    def put_into(self, folder: Path) -> Path:
        """Copy both into ``folder``, with the files beside them, and return it."""
        for role, path in (("client", self.client), ("server", self.server)):
            shutil.copy(path, folder / f"{role}.py")
        return folder


def references() -> Iterator[Two]:
    """Yield the reference programs of each exercise that has pairs."""
    for name, exercise in catalogue.exercises().items():
        if "pair" in exercise.profiles:
            yield Two(name, "reference", reference(name, "server"), reference(name, "client"))


def reference(exercise: str, role: str) -> Path:
    """Return the reference program of a role."""
    return HERE.parent / "reference" / f"{exercise.replace('-', '_')}_{role}.py"


def agreed() -> Iterator[Two]:
    """Yield the pairs of the corpus; ``Together:`` in the server's text declares."""
    for server in sorted((HERE / "pairs").glob("*/*/server.py")):
        exercise, name = server.parts[-3:-1]
        line = re.search(r"^Together:(.*)$", server.read_text("utf-8"), re.MULTILINE)
        assert line is not None, server
        declared = frozenset(re.findall(r"PAR-\d\d", line[1]))
        yield Two(exercise, name, server, server.with_name("client.py"), declared)


def with_mistake(exercise: str, role: str, name: str) -> Two:
    """Return a mistake of the corpus with the reference program of the other role."""
    wrong = HERE / "mistakes" / exercise / role / f"{name}.py"
    if role == "server":
        return Two(exercise, name, wrong, reference(exercise, "client"))
    return Two(exercise, name, reference(exercise, "server"), wrong)


def graded(two: Two, folder: Path, runner: Runner, seed: int = SEED) -> Mapping[str, Result]:
    """Return the results of the pair by the catalogue's ids."""
    pair = gradings_of(two, folder, runner, seed)["pair"]
    return {
        weighed.behaviour.catalogue: pair.result(weighed)
        for weighed in pair.assignment.profile.behaviours
    }


def gradings_of(two: Two, folder: Path, runner: Runner, seed: int = SEED) -> Mapping[str, Grading]:
    """Return the gradings of server, client and pair by their role."""
    exercise = catalogue.exercises()[two.exercise]
    two.put_into(folder)
    found = in_folder(folder.name, folder.parent, runner, exercise)
    return {each.assignment.role: each for each in gradings(found, runner, seed)}
