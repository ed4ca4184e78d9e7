"""Every student's client meets every student's server, and the references.

Knows who is to meet whom, and gives each meeting to a worker. Does not know what a
client and a server say to each other, nor what the matrix of it says of them.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import catalogue
from ..behaviours import Role
from ..exercises import Exercise
from ..messages import apart, message
from ..pairs import meet
from ..programs.place import Runner
from ..programs.versions import version_of
from ..references import reference
from ..reports.matrix import REFERENCE, Matrix, Met
from ..results import Outcome
from ..targets import BadTarget
from .grader import Settings, pool_of
from .homework import Homework, HomeworkPart
from .notices import BadCourse
from .pool import Finished, Task
from .store import Meeting, Store
from .submissions import Class, Submission
from .worker import exercise_of, program_at

SECONDS = 0.3
"""What a meeting takes on a machine with nothing else to do, about."""

START = 2.0
"""What the workers take to start, about."""

ROLES: tuple[Role, Role] = ("client", "server")

Pair = tuple[int, int]
"""The numbers of a client and a server."""


@dataclass(frozen=True)
class Player:
    """A program that meets others: where it lies, what it is called and what came with it.

    ``key`` is that of its submission, "" for the reference; ``digest`` is of all its files.
    """

    path: Path
    spec: str
    key: str
    digest: str


@dataclass(frozen=True)
class Crossplay:
    """What is to be played: ``clients`` and ``servers`` by their numbers, and who meets whom.

    ``asked`` is the digest of the homework.
    """

    part: HomeworkPart
    asked: str
    clients: Mapping[int, Player]
    servers: Mapping[int, Player]
    pairs: list[Pair]

    def played(self, store: Store, settings: Settings) -> dict[Pair, Met]:
        """Return what ``store`` knows of the meetings already, by who met.

        Only a verdict on the same programs counts, with the same seed and interpreter.
        """
        kept = {(each.client, each.server, each.basis): each
                for each in store.meetings(self.part.exercise.name)}  # fmt: skip
        known = {pair: kept.get((*self._keys(pair), self._basis(pair, settings)))
                 for pair in self.pairs}  # fmt: skip
        return {
            pair: Met(Outcome(each.outcome), each.told)
            for pair, each in known.items()
            if each is not None and each.outcome != Outcome.NOT_JUDGED
        }

    def run(
        self, pairs: Collection[Pair], store: Store, settings: Settings
    ) -> Iterator[tuple[Pair, Met]]:
        """Let ``pairs`` meet; yield what came of each, once it is on disk.

        Raises:
            BadCourse: the store can't be written any more.
        """
        pool = pool_of(settings, len(pairs), met)
        for finished in pool.grade(self._task(pair, settings.seed) for pair in pairs):
            client, server = json.loads(finished.key)
            pair, came = (client, server), _met(finished)
            basis = self._basis(pair, settings)
            meeting = Meeting(*self._keys(pair), basis, str(came.outcome), came.told)
            store.meet(self.part.exercise.name, meeting)
            yield pair, came

    def _keys(self, pair: Pair) -> tuple[str, str]:
        return self.clients[pair[0]].key, self.servers[pair[1]].key

    def _basis(self, pair: Pair, settings: Settings) -> str:
        """Return a digest of all that decides what comes of a meeting."""
        decides = [self.asked, settings.seed, version_of(settings.python),
                   self.clients[pair[0]].digest, self.servers[pair[1]].digest]  # fmt: skip
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()

    def _task(self, pair: Pair, seed: int) -> Task:
        client, server = self.clients[pair[0]], self.servers[pair[1]]
        document = {
            "exercise": str(self.part.source.absolute() if self.part.source
                            else self.part.exercise.name),
            "seed": seed,
            "client": [str(client.path), client.spec],
            "server": [str(server.path), server.spec],
        }  # fmt: skip
        return Task(json.dumps(pair), json.dumps(document).encode())


def crossplay(
    homework: Homework, found: Class, folder: Path, seed: int, most: int | None
) -> Crossplay:
    """Return what the class plays; copies of the references go into ``folder``.

    A program meets the reference, its student's own other program and, chosen by
    ``seed``, at most ``most`` others, with None all of them.

    Raises:
        BadCourse: the homework asks for no server and client that talk with each other.
    """
    part = playable(homework)
    players: dict[Role, dict[int, Player]] = {}
    for role in ROLES:
        name = f"{part.exercise.name}-{role}"
        players[role] = {REFERENCE: _reference(part.exercise, role, folder)}
        for number, each in enumerate(found.submissions, 1):
            if name in each.programs:
                players[role][number] = _player(each, each.programs[name])
    clients, servers = players["client"], players["server"]
    chosen = _pairs(sorted({*clients, *servers} - {REFERENCE}), seed, most)
    pairs = [(client, server) for client, server in chosen
             if client in clients and server in servers]  # fmt: skip
    return Crossplay(part, homework.digest(), clients, servers, pairs)


def playable(homework: Homework) -> HomeworkPart:
    """Return the part of ``homework`` whose exercise is played: the only one for a pair.

    Raises:
        BadCourse: there is none, or several, or it has no reference programs.
    """
    found: dict[str, HomeworkPart] = {}
    for part in homework.parts:
        exercise = part.exercise
        if "pair" in exercise.profiles and all(reference(exercise, role) for role in ROLES):
            found.setdefault(exercise.name, part)
    if len(found) == 1:
        return next(iter(found.values()))
    asked = {part.exercise.name for part in homework.parts}
    if found:
        text = "{names} could be played: name one by --exercise"
        raise BadCourse(message(text, names=", ".join(found)))
    known = [each.name for each in catalogue.exercises().values() if "pair" in each.profiles]
    text = "{name} has no server and client of which there are references; there are {names}"
    raise BadCourse(message(text, name=", ".join(sorted(asked)), names=", ".join(known)))


def _reference(exercise: Exercise, role: Role, folder: Path) -> Player:
    """Copy a reference program to where nothing else of ours lies beside it."""
    found = reference(exercise, role)
    assert found is not None
    alone = folder / f"reference-{role}"
    alone.mkdir()
    path = Path(shutil.copy(found.path, alone / f"{role}.py"))
    return Player(path, f"reference/{role}.py", "", hashlib.sha256(path.read_bytes()).hexdigest())


def _player(submission: Submission, path: Path) -> Player:
    relative = path.relative_to(submission.folder or path.parent).as_posix()
    spec = f"{submission.origin or submission.student.name}/{relative}"
    files = json.dumps([relative, dict(submission.files)], sort_keys=True)
    return Player(path, spec, submission.key, hashlib.sha256(files.encode()).hexdigest())


def _pairs(students: Sequence[int], seed: int, most: int | None) -> list[Pair]:
    """Return who meets whom, so that nobody meets more others than anybody else.

    In a round, at a random order of the students, the clients meet the servers that are
    the same number of places further on.
    """
    chosen = {(REFERENCE, REFERENCE)}
    for each in students:
        chosen |= {(each, REFERENCE), (REFERENCE, each), (each, each)}
    chance = random.Random(f"{seed}/crossplay")  # noqa: S311
    order, places = list(students), list(range(1, len(students)))
    chance.shuffle(order)
    chance.shuffle(places)
    for further in places[:most]:
        chosen |= {(each, order[(place + further) % len(order)])
                   for place, each in enumerate(order)}  # fmt: skip
    return sorted(chosen)


# In a worker


def met(task: Mapping[str, Any], runner: Runner) -> dict[str, Any]:
    """Return what came of a meeting: ``outcome``, and ``told``, what was observed."""
    exercise = exercise_of(task["exercise"])
    try:
        client, server = (
            program_at(Path(path), spec) for path, spec in (task[role] for role in ROLES)
        )
    except BadTarget as error:
        return {"outcome": str(Outcome.FAILED), "told": str(error.problem)}
    result = meet(server, client, exercise, runner, task["seed"])
    told = [part for part in (result.because, result.observed, result.reason) if part is not None]
    return {"outcome": str(result.outcome), "told": str(apart(told)) if told else ""}


def _met(finished: Finished) -> Met:
    document = finished.document or {}
    if "outcome" in document:
        return Met(Outcome(document["outcome"]), document["told"])
    return Met(Outcome.NOT_JUDGED, str(finished.problem(whole=False)))


def matrix(
    play: Crossplay,
    names: Sequence[str],
    met: Mapping[Pair, Met],
    seed: int,
    played: str,
) -> Matrix:
    """Return the matrix of what ``play`` has come to; ``names`` are those of the students."""
    return Matrix(
        exercise=play.part.exercise.name,
        names=names,
        clients=sorted(play.clients),
        servers=sorted(play.servers),
        met=met,
        seed=seed,
        played=played,
    )
