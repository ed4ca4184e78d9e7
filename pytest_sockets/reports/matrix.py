"""Who understands whom: clients and servers of a class that met, and what that says of each.

Knows who met and what came of it. Does not know how programs meet, nor how the
matrix is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from pytest_sockets.messages import Message, message
from pytest_sockets.results import Outcome

Side = Literal["client", "server"]
SIDES: tuple[Side, Side] = ("client", "server")

REFERENCE = 0
"""The number of the reference programs; students count from 1."""


class Kind(str, Enum):
    """What the meetings of a program say of it."""

    FITS = "fits"
    NOT_ITSELF = "not-itself"
    NOT_ALL = "not-all"
    SOME = "some"
    ONLY_ITSELF = "only-itself"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


KINDS: Mapping[Kind, Message] = {
    Kind.NOBODY: message("wrong with everybody: neither the reference nor anybody else"),
    Kind.ONLY_ITSELF: message("understands only itself: a protocol of its own"),
    Kind.SOME: message("not with the reference, but with some: another protocol, in company"),
    Kind.NOT_ALL: message("with the reference, but not with all that fit the reference"),
    Kind.NOT_ITSELF: message("wrong only with itself: both fit the reference, but not each other"),
    Kind.UNKNOWN: message("could not be judged"),
    Kind.FITS: message("fits"),
}
"""The kinds in words, the gravest first."""


@dataclass(frozen=True)
class Met:
    """What came of one meeting: ``passed``, ``failed`` or ``not-judged``, and what was observed."""

    outcome: Outcome
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The meetings of a class in one exercise.

    ``names`` are those of the students, the first of whom has the number 1.
    ``clients`` and ``servers`` are the numbers of those who have such a program, 0
    (the reference) among them. ``met`` is by the numbers of client and server.
    ``played`` is ISO 8601.
    """

    exercise: str
    names: Sequence[str]
    clients: Sequence[int]
    servers: Sequence[int]
    met: Mapping[tuple[int, int], Met]
    seed: int
    played: str

    def name(self, number: int) -> Message:
        """Return whose a program is."""
        if number == REFERENCE:
            return message("the reference")
        return message("{name}", name=self.names[number - 1])

    def of(self, side: Side, number: int) -> dict[int, Met]:
        """Return what came of a program's meetings, by the number of the other one."""
        if side == "client":
            pairs = {other: (number, other) for other in self.servers}
        else:
            pairs = {other: (other, number) for other in self.clients}
        return {other: self.met[pair] for other, pair in pairs.items() if pair in self.met}


@dataclass(frozen=True)
class Verdict:
    """What is to be said of one program; ``failed`` and ``met`` count its meetings.

    ``told`` is what was observed of the meeting that speaks for the verdict.
    """

    side: Side
    number: int
    kind: Kind
    failed: int
    met: int
    told: str = ""


def verdicts(matrix: Matrix) -> list[Verdict]:
    """Return what the meetings say of each student's programs, the gravest first."""
    fits = {side: _fitting(matrix, side) for side in SIDES}
    found = [
        _verdict(matrix, side, number, fits[_other(side)])
        for side, numbers in zip(SIDES, (matrix.clients, matrix.servers), strict=True)
        for number in numbers
        if number != REFERENCE
    ]
    order = list(KINDS)
    return sorted(found, key=lambda each: order.index(each.kind))


def _other(side: Side) -> Side:
    return "server" if side == "client" else "client"


def _fitting(matrix: Matrix, side: Side) -> set[int]:
    """Return the programs that understand the reference: only they can speak against others."""
    numbers = matrix.clients if side == "client" else matrix.servers
    return {number for number in numbers
            if _judged(matrix.of(side, number)).get(REFERENCE) is True}  # fmt: skip


def _judged(met: Mapping[int, Met]) -> dict[int, bool]:
    """Return with whom it passed and with whom not, without what was not judged."""
    return {number: each.outcome is Outcome.PASSED for number, each in met.items()
            if each.outcome is not Outcome.NOT_JUDGED}  # fmt: skip


def _verdict(matrix: Matrix, side: Side, number: int, fitting: set[int]) -> Verdict:
    met = matrix.of(side, number)
    judged = _judged(met)
    kind, witness = _kind(judged, number, fitting)
    told = met[witness].told if witness is not None else ""
    return Verdict(side, number, kind, list(judged.values()).count(False), len(judged), told)


def _kind(judged: Mapping[int, bool], number: int, fitting: set[int]) -> tuple[Kind, int | None]:
    """Return the kind, and with whom the meeting was that speaks for it."""
    others = {other: passed for other, passed in judged.items() if other not in (REFERENCE, number)}
    if REFERENCE not in judged:
        return Kind.UNKNOWN, REFERENCE
    if not judged[REFERENCE]:
        if any(others.values()):
            return Kind.SOME, REFERENCE
        return (Kind.ONLY_ITSELF if judged.get(number) else Kind.NOBODY), REFERENCE
    against = [other for other, passed in others.items() if not passed and other in fitting]
    if against:
        return Kind.NOT_ALL, against[0]
    if number in fitting and judged.get(number) is False:
        return Kind.NOT_ITSELF, number
    return Kind.FITS, None


# As JSON, in which a store keeps it


def to_document(matrix: Matrix) -> dict[str, Any]:
    """Return the matrix as JSON can hold it."""
    met = [[client, server, str(met.outcome), met.told]
           for (client, server), met in sorted(matrix.met.items())]  # fmt: skip
    return {
        "exercise": matrix.exercise,
        "names": list(matrix.names),
        "clients": list(matrix.clients),
        "servers": list(matrix.servers),
        "met": met,
        "seed": matrix.seed,
        "played": matrix.played,
    }


def from_document(document: Mapping[str, Any]) -> Matrix:
    """Return the matrix that ``to_document`` made a document of."""
    return Matrix(**{**document, "met": dict(_met(document["met"]))})


def _met(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[tuple[int, int], Met]]:
    for client, server, outcome, told in rows:
        yield (client, server), Met(Outcome(outcome), told)
