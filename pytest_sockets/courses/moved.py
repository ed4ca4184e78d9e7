"""Moves as lines for a terminal and as CSV.

Knows words and columns. Does not know how moves are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..messages import Message, message
from ..reports.cells import Cell, to_csv
from ..reports.wording import cut, pad, plain, width
from .marks import Mark
from .moves import Change, Move, Side

WORDS = {
    "passed": message("passed"),
    "failed": message("failed"),
    "blocked": message("blocked"),
    "not-judged": message("not judged"),
    "info": message("shown"),
    "waived": message("waived"),
    "graded": message("graded"),
}
"""What is said of an outcome or a status."""

HEAD = ("student", "id", "before", "after", "behaviour", "was", "is", "why")
NOTHING = "–"
INDENT = "    "


def lines(before: Side, after: Side, moves: Sequence[Move], columns: int) -> Iterator[str]:
    """Yield the runs that are compared, who moves and by what, and how many they are."""
    text = "from {before} to {after}"
    yield str(message(text, before=_run(before), after=_run(after)))
    widest = max((width(_name(move)) for move in moves), default=0)
    for move in moves:
        told = message("{before} → {after}", before=_mark(move.before), after=_mark(move.after))
        yield cut(f"{pad(_name(move), widest)}  {told}", columns)
        for why, changes in groupby(move.changes, key=lambda change: str(change.why)):
            yield from (cut(INDENT + _change(change), columns) for change in changes)
            yield cut(INDENT * 2 + plain(why), columns)
    yield str(_sum(moves, len({**before.students, **after.students})))


def to_table(moves: Sequence[Move]) -> str:
    """Return the moves as CSV: a row for each reason; names of columns are the same always."""
    return to_csv(_rows(moves), bom=True)


def _rows(moves: Sequence[Move]) -> Iterator[Sequence[Cell]]:
    yield HEAD
    for move in moves:
        marks = (_cell(move.before), _cell(move.after))
        for each in move.changes or (Change("", "", "", message("")),):
            yield (move.student, move.id, *marks, each.about, each.before, each.after,
                   str(each.why))  # fmt: skip


def _cell(mark: Mark | None) -> float | None:
    return None if mark is None else round(mark.points, 2)


def _run(side: Side) -> Message:
    text = "run {number} ({began}, seed {seed})"
    return message(text, number=side.run.number, began=side.run.began, seed=side.run.terms["seed"])


def _name(move: Move) -> str:
    return plain(f"{move.student} ({move.id})" if move.id else move.student)


def _mark(mark: Mark | None) -> Message | str:
    return NOTHING if mark is None else mark.told


def _change(change: Change) -> str:
    about = f"{change.about}: " if change.about else ""
    return plain(f"{about}{_word(change.before)} → {_word(change.after)}")


def _word(text: str) -> str:
    return str(WORDS.get(text, text)) or NOTHING


def _sum(moves: Sequence[Move], every: int) -> Message:
    up, down = sum(move.up > 0 for move in moves), sum(move.up < 0 for move in moves)
    text = "{moved} of {every} submissions move: {up} up, {down} down"
    return message(text, moved=len(moves), every=every, up=up, down=down)
