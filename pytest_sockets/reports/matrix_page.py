"""The matrix of who understands whom in HTML: a part of the class's page, or a page of its own.

Knows words and cells. Needs Jinja2, as ``html`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.messages import Message, Translate, message, same
from pytest_sockets.results import Outcome

from .html import rendered
from .matrix import KINDS, Kind, Matrix, verdicts
from .table import MARKS

WORDS = {
    "title": message("Who understands whom"),
    "skip": message("Skip to what it says"),
    "rows": message("Rows are clients, columns are servers; 0 is the reference."),
    "client": message("client"),
    "says": message("What it says of each program"),
    "student": message("student"),
    "role": message("role"),
    "verdict": message("verdict"),
    "failed": message("failed"),
    "of": message("of"),
    "observed": message("observed"),
    "all_fit": message("All programs understand the reference, themselves and all that they met."),
    "servers": message("The servers by their numbers"),
    "not_met": message("did not meet"),
}
"""What the matrix says by itself."""

OUTCOMES = {
    Outcome.PASSED: message("understand each other"),
    Outcome.FAILED: message("do not understand each other"),
    Outcome.NOT_JUDGED: message("not judged"),
}
"""What is read aloud in place of a mark."""

SIDES = {"client": message("client"), "server": message("server")}


@dataclass(frozen=True)
class Label:
    """A client or a server: its number and whose it is."""

    number: int
    name: Message


@dataclass(frozen=True)
class Line:
    """A client with a mark, a style and words for each server; no mark where they did not meet."""

    label: Label
    cells: Sequence[tuple[str, str, Message]]


@dataclass(frozen=True)
class Said:
    """What is said of one program."""

    name: Message
    side: Message
    verdict: Message
    failed: int
    met: int
    observed: str


@dataclass(frozen=True)
class Drawn:
    """A matrix as the template takes it; ``name`` is the exercise's."""

    name: str
    facts: Sequence[tuple[Message, str]]
    servers: Sequence[Label]
    lines: Sequence[Line]
    said: Sequence[Said]


def drawn(matrix: Matrix) -> Drawn:
    """Return ``matrix`` as a template takes it."""
    servers = [Label(number, matrix.name(number)) for number in matrix.servers]
    facts = [(message("meetings"), str(len(matrix.met))), (message("seed"), str(matrix.seed)),
             (message("played"), matrix.played)]  # fmt: skip
    said = [
        Said(matrix.name(each.number), SIDES[each.side], KINDS[each.kind], each.failed, each.met,
             each.told)
        for each in verdicts(matrix)
        if each.kind is not Kind.FITS
    ]  # fmt: skip
    return Drawn(matrix.exercise, facts, servers, [_line(matrix, c) for c in matrix.clients], said)


def to_page(matrix: Matrix, translate: Translate = same) -> str:
    """Return a page about ``matrix``, ending in a newline."""
    return rendered(
        "crossplay.html",
        translate,
        title=WORDS["title"],
        facts=(),
        first="~says1",
        words=WORDS,
        cross=WORDS,
        matrices=[drawn(matrix)],
    )


def _line(matrix: Matrix, client: int) -> Line:
    cells: list[tuple[str, str, Message]] = []
    for server in matrix.servers:
        met = matrix.met.get((client, server))
        if met is None:
            cells.append(("", "", WORDS["not_met"]))
        else:
            cells.append((*MARKS[met.outcome], OUTCOMES[met.outcome]))
    return Line(Label(client, matrix.name(client)), cells)
