"""The matrix of who understands whom, as lines for a terminal and as CSV.

Knows columns and marks. A server is a column, a client a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pytest_sockets.messages import Message, Translate, listed, message, same

from .cells import Cell, to_csv
from .look import Look
from .matrix import KINDS, Kind, Matrix, Verdict, verdicts
from .table import MARKS
from .wording import pad, say, width, wrap

NOT_MET = "·"
GAP = " "
INDENT = "    "
WIDEST_NAME = 24
MOST_NAMES = 12


def lines(matrix: Matrix, look: Look) -> Iterator[str]:
    """Yield the matrix, unless it is too wide, and what it says of each program."""
    labels = {number: _label(matrix, number, look) for number in _numbers(matrix)}
    first = max(map(width, labels.values()))
    room = (look.width - first - len(GAP)) // len(matrix.servers)
    if room:
        yield look.say(message("rows are clients, columns are servers; 0 is the reference"))
        yield from _rows(matrix, labels, first, GAP if room > len(GAP) else "", look)
    else:
        told = look.say(message("the matrix is too wide for here: --output writes it to a file"))
        yield from wrap(told, look.width)
    yield ""
    for kind, found in groupby(verdicts(matrix), key=lambda each: each.kind):
        yield from _told(matrix, kind, list(found), look)


def to_matrix(matrix: Matrix, translate: Translate = same) -> str:
    """Return the matrix as CSV: a row for each client, a column for each server.

    A cell is passed, failed, not-judged, or empty where the two did not meet.
    """
    return to_csv(_cells(matrix, translate), bom=True)


def to_meetings(matrix: Matrix, translate: Translate = same) -> str:
    """Return the meetings as CSV, each with what was observed."""
    return to_csv(_meetings(matrix, translate), bom=True)


def to_verdicts(matrix: Matrix, translate: Translate = same) -> str:
    """Return what the meetings say of each program as CSV."""
    return to_csv(_verdicts(matrix, translate), bom=True)


def _numbers(matrix: Matrix) -> Sequence[int]:
    return sorted({*matrix.clients, *matrix.servers})


def _label(matrix: Matrix, number: int, look: Look) -> str:
    name = look.cut(look.say(matrix.name(number)), WIDEST_NAME)
    return f"{number} {name}"


def _rows(
    matrix: Matrix, labels: Mapping[int, str], first: int, gap: str, look: Look
) -> Iterator[str]:
    """Yield a row for each client, below the servers' numbers, whose digits are one below another.

    ``first`` are the columns of the labels, ``gap`` is between the servers.
    """
    digits = len(str(max(matrix.servers)))
    for place in zip(*(f"{server:>{digits}}" for server in matrix.servers), strict=True):
        yield f"{' ' * first}{GAP}{gap.join(place)}".rstrip()
    for client in matrix.clients:
        marks = [_mark(matrix, client, server, look) for server in matrix.servers]
        yield f"{pad(labels[client], first)}{GAP}{gap.join(marks)}"


def _mark(matrix: Matrix, client: int, server: int, look: Look) -> str:
    met = matrix.met.get((client, server))
    return look.spell(NOT_MET if met is None else MARKS[met.outcome][0])


def _told(matrix: Matrix, kind: Kind, found: Sequence[Verdict], look: Look) -> Iterator[str]:
    text = "{kind}: {count} of {all}"
    every = len(matrix.clients) + len(matrix.servers) - 2
    yield from wrap(
        look.say(message(text, kind=KINDS[kind], count=len(found), all=every)), look.width
    )
    if kind is Kind.FITS:
        return
    for side, of_side in groupby(found, key=lambda each: each.side):
        numbers = [each.number for each in of_side]
        told = listed(map(matrix.name, numbers[:MOST_NAMES]))
        sentence = _SIDES[side](told, len(numbers) - MOST_NAMES)
        for line in wrap(look.say(sentence), look.width - len(INDENT)):
            yield INDENT + line


def _clients(names: Message, more: int) -> Message:
    if more > 0:
        return message("clients: {names}, and {more} more", names=names, more=more)
    return message("clients: {names}", names=names)


def _servers(names: Message, more: int) -> Message:
    if more > 0:
        return message("servers: {names}, and {more} more", names=names, more=more)
    return message("servers: {names}", names=names)


_SIDES = {"client": _clients, "server": _servers}


def _cells(matrix: Matrix, translate: Translate) -> Iterator[list[Cell]]:
    yield ["client", *(say(matrix.name(number), translate) for number in matrix.servers)]
    for client in matrix.clients:
        row = [matrix.met.get((client, server)) for server in matrix.servers]
        yield [say(matrix.name(client), translate),
               *(str(met.outcome) if met else None for met in row)]  # fmt: skip


def _meetings(matrix: Matrix, translate: Translate) -> Iterator[list[Cell]]:
    yield ["client", "server", "outcome", "observed"]
    for (client, server), met in sorted(matrix.met.items()):
        names = [say(matrix.name(number), translate) for number in (client, server)]
        yield [*names, str(met.outcome), met.told]


def _verdicts(matrix: Matrix, translate: Translate) -> Iterator[list[Cell]]:
    yield ["student", "role", "verdict", "failed", "met", "observed"]
    for each in verdicts(matrix):
        name = say(matrix.name(each.number), translate)
        yield [name, each.side, each.kind.value, each.failed, each.met, each.told]
