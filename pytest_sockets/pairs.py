"""Two programs of one student, server and client of an exercise, graded as they talk together.

Knows that what both do wrong by themselves is to be mended first. Does not know
what they say, nor how it is carried from one to the other.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace

from .attempts import Attempt
from .behaviours import Ask, Role
from .exercises import Exercise, Weighed
from .grading import Assignment, Grading
from .messages import message
from .programs.place import Place, Runner
from .results import Outcome, Result, Scorecard
from .roles import Client, Pair, Server
from .roles.kinds import CLIENTS, SERVERS
from .targets import Target

BETWEEN = message("each meets us in place of the other, at an address of its own")


class Together(Grading):
    """The verdicts on two programs, ``server`` and ``client``, as they talk with each other."""

    def __init__(
        self, server: Target, client: Target, assignment: Assignment, runner: Runner, seed: int
    ) -> None:
        super().__init__(assignment, runner, seed)
        self._server, self._client = server, client

    def scorecard(self, results: Sequence[Result]) -> Scorecard:
        """Return the scorecard that ``results`` make."""
        return replace(super().scorecard(results), network=BETWEEN)

    def _target(self, _weighed: Weighed) -> Target:
        return self._server

    def _subject(self, place: Place, chance: random.Random, number: int) -> Pair:
        exercise, quiet = self.assignment.exercise, self.runner.quiet * number**2
        server = SERVERS.get(exercise.transport, Server)
        client = CLIENTS.get(exercise.transport, Client)
        theirs = self.runner.place(self._client)
        try:
            return Pair(
                server(place, exercise.profiles["server"], chance, quiet),
                client(theirs, exercise.profiles["client"], chance, quiet),
                self.assignment.profile,
            )
        except BaseException:
            theirs.close()
            raise


class Meeting(Together):
    """Two programs that need not be of one student; how little they fail at is not looked for."""

    def _smallest(self, _weighed: Weighed, _failed: Attempt) -> None:
        return None


class Pairing(Together):
    """The verdicts on a pair; ``server`` and ``client`` are the gradings of each alone.

    What the two don't manage together is blocked by the first thing that one of
    them fails alone: among the musts of its basic part and, for what is robust,
    among the behaviours that the pair's facts name as ``alone``.
    """

    def __init__(self, server: Grading, client: Grading, assignment: Assignment) -> None:
        super().__init__(
            server.assignment.target,
            client.assignment.target,
            assignment,
            server.runner,
            server.seed,
        )
        self.server = server
        self.client = client

    def _judge(self, weighed: Weighed) -> Result:
        result = super()._judge(weighed)
        if result.outcome is not Outcome.FAILED:
            return result
        asks = self.assignment.profile.facts.get("alone", ()) if weighed.part == "robust" else ()
        alone = _failed_alone(self.server, asks) or _failed_alone(self.client, asks)
        if alone is None:
            return result
        return replace(result, outcome=Outcome.BLOCKED, blocked_by=alone.id)


def gradings(assignments: Sequence[Assignment], runner: Runner, seed: int) -> list[Grading]:
    """Return how each of ``assignments`` is graded; a pair shares the verdicts on its two."""
    alone: dict[tuple[str, str], Grading] = {}
    made: list[Grading] = []
    for each in assignments:
        if each.role == "pair":
            made.append(_pairing(each, alone, runner, seed))
        else:
            made.append(Grading(each, runner, seed))
            alone[each.target.spec, each.name] = made[-1]
    return made


def meet(server: Target, client: Target, exercise: Exercise, runner: Runner, seed: int) -> Result:
    """Return whether a server and a client, whoever's they are, understand each other.

    That is the first behaviour of the exercise's pair; neither is judged alone.
    """
    spec = f"{client.spec} → {server.spec}"
    both = Target(spec=spec, kind="pair", name="", parts=(server, client))
    asked = Assignment(both, exercise, "pair")
    return Meeting(server, client, asked, runner, seed).result(asked.profile.behaviours[0])


def _pairing(
    pair: Assignment, alone: dict[tuple[str, str], Grading], runner: Runner, seed: int
) -> Pairing:
    roles: tuple[Role, Role] = ("server", "client")
    parts = [Assignment(target, pair.exercise, role)
             for target, role in zip(pair.target.parts, roles, strict=True)]  # fmt: skip
    server, client = (
        alone.get((part.target.spec, part.name)) or Grading(part, runner, seed) for part in parts
    )
    return Pairing(server, client, pair)


def _failed_alone(grading: Grading, asks: Collection[Ask]) -> Result | None:
    """Return the first that a program fails by itself of the basic musts and of ``asks``."""
    for weighed in grading.assignment.profile.behaviours:
        basic = weighed.part == "basic" and weighed.behaviour.level == "must"
        if basic or weighed.behaviour.ask in asks:
            result = grading.result(weighed)
            if result.outcome is Outcome.FAILED:
                return result
    return None
