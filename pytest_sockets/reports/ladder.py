"""Draws the story of an exchange as two lifelines, with the student's lines in the margin.

Knows columns. What happened, in which order and beside which line, is told by
``rows``. The margin comes from the program's own trace: it explains, and the
program could forge it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import PurePath

from pytest_sockets.messages import Translate, same, show_bytes

from .look import NARROWEST, Look
from .row import Call, Row
from .rows import rows
from .wording import PEER, PROGRAM, pad
from .wording import width as columns_of

__all__ = ["Call", "Row", "draw", "draw_rows", "rows"]

SHORTEST_ARROW = 28
NARROWEST_ARROW = 18
SHORTEST_SOURCE = 8
LONGEST_ARROW = 44
LONGEST_OUTCOME = 14
"""What is longer than "  → 1024 bytes" has a line of its own, below the call."""
BESIDE_LABEL = 7
"""Columns of an arrow that no label can use: its head, its shafts and two blanks."""
BESIDE_ARROW = 4
"""Columns of the two lifelines and of the gap before the margin."""
_SHAPES = {
    (True, False, "peer"): "── {label} {shaft}▶",
    (True, False, "program"): "◀{shaft} {label} ──",
    (True, True, "peer"): "── {label} ──✗{why}",
    (True, True, "program"): "{why} ✗── {label} ──",
    (False, False, "peer"): " {label}",
    (False, False, "program"): "{label} ",
}
"""How a row is drawn: with an arrow or not, broken or not, and by whom."""
LIMITS = (48, 32, 24, 16, 12, 8, 5, 3, 1)
"""Numbers of bytes to try until a label fits its arrow."""


def draw(
    rows: Sequence[Row],
    width: int = 80,
    *,
    ascii: bool = False,  # noqa: A002 - as in str.isascii
    translate: Translate = same,
    program: str = "",
    peer: str = "",
) -> str:
    """Return the diagram of ``rows`` in lines of at most ``width`` columns.

    The arrows shrink first, then the student's lines are cut. ``program`` is
    the name over the right lifeline, ``peer`` that over the left one. With
    ``ascii`` everything is drawn with ASCII; letters of other scripts in the
    student's lines stay. Widths below 40 count as 40.
    """
    return "\n".join(draw_rows(rows, Look(width, ascii=ascii, translate=translate), program, peer))


def draw_rows(
    rows: Sequence[Row],
    look: Look,
    program: str = "",
    peer: str = "",
    *,
    shortest: int = SHORTEST_ARROW,
) -> list[str]:
    """Return the lines of the diagram; none when there is nothing to tell.

    Arrows have ``shortest`` columns, where there is room for them.
    """
    if not rows:
        return []
    drawing = Drawing(rows, look, shortest)
    body = [line for row in rows for line in drawing.lines(row)]
    names = look.text(peer) or look.say(PEER), look.text(program) or look.say(PROGRAM)
    return [drawing.head(*names), *body]


class Drawing:
    """The columns of one diagram, measured once for all of its rows."""

    def __init__(self, rows: Sequence[Row], look: Look, shortest: int) -> None:
        self._look = look
        self._life = look.spell("│")
        self._many = len({row.connection for row in rows if row.connection}) > 1
        self._files = len({call.file for row in rows for call in row.calls if call.file}) > 1
        self._number = 9 if self._many else 6
        free = max(look.width, NARROWEST) - self._number - BESIDE_ARROW
        self._place, source, self._outcome = self._wishes(rows, free)
        wanted = self._place + source + self._outcome
        labels = [self._label_columns(row) for row in rows]
        longest = max(labels) + BESIDE_LABEL + 1
        shortest = max(NARROWEST_ARROW, min(shortest, longest, free * 2 // 5))
        longest = max(SHORTEST_ARROW, longest)
        self._arrow = max(shortest, min(longest, free - wanted))
        self._margin = free - self._arrow
        if self._margin - self._place - self._outcome < SHORTEST_SOURCE:
            self._outcome = 0
        self._source = min(source, self._margin - self._place - self._outcome)

    def _wishes(self, rows: Sequence[Row], free: int) -> tuple[int, int, int]:
        """Return the columns that places, source lines and outcomes would fill."""
        calls = [call for row in rows for call in row.calls]
        places = [columns_of(self._place_of(call)) for call in calls]
        sources = [columns_of(self._look.text(call.source)) for call in calls]
        outcomes = [columns_of(self._outcome_of(call)) for call in calls]
        remarks = [columns_of(self._remark(row)) for row in rows]
        return (
            min(max(places, default=0), free // 4),
            max(sources + remarks, default=0),
            max((columns for columns in outcomes if columns <= LONGEST_OUTCOME), default=0),
        )

    def head(self, left: str, program: str) -> str:
        """Return the line with the names over the lifelines."""
        peer = self._look.cut(left, self._arrow)
        name = self._look.cut(program, self._margin + 2)
        return " " * self._number + pad(peer, self._arrow + 1) + name

    def lines(self, row: Row) -> list[str]:
        """Return the lines of one row: the arrow with the first call, then the other calls."""
        number = f"{row.number:>3}" if row.number else ""
        if self._many and row.connection:
            number = f"{number:>3} #{row.connection}"
        lead = pad(number, self._number) + self._life + self._inner(row) + self._life
        blank = " " * self._number + self._life + " " * self._arrow + self._life
        margins = [line for call in row.calls for line in self._call(call)]
        remark = self._remark(row)
        if remark:
            remark = " " * self._place + remark
            margins.insert(0, self._look.cut(remark, self._margin))
        leads = [lead] + [blank] * (len(margins) - 1)
        return [
            f"{left}  {right}".rstrip() for left, right in zip_longest(leads, margins, fillvalue="")
        ]

    def _inner(self, row: Row) -> str:
        """Return what stands between the lifelines."""
        room = self._arrow - 1
        why = f" {self._look.say(row.broken)}" if row.broken else ""
        label = self._label(row, room - (BESIDE_LABEL if row.arrow else 1) - columns_of(why))
        if not label:
            return " " * self._arrow
        shaft = "─" * (self._arrow - columns_of(label) - 5)
        drawn = _SHAPES[row.arrow, bool(why), row.side].format(label=label, shaft=shaft, why=why)
        drawn = self._look.cut(self._look.spell(drawn), self._arrow)
        blanks = " " * (self._arrow - columns_of(drawn))
        return drawn + blanks if row.side == "peer" else blanks + drawn

    def _label_columns(self, row: Row) -> int:
        why = f" {self._look.say(row.broken)}" if row.broken else ""
        return columns_of(self._label(row, LONGEST_ARROW - BESIDE_LABEL) + why)

    def _label(self, row: Row, room: int) -> str:
        if row.side == "harness":
            return ""
        note = f" ({self._look.say(row.note)})" if row.note else ""
        if row.data is None:
            return self._look.cut(self._look.say(row.label or "") + note, room)
        translate = self._look.translate
        told = [show_bytes(row.data, limit, translate=translate) for limit in LIMITS]
        shown = [self._look.spell(each) + note for each in told]
        fitting = (label for label in shown if columns_of(label) <= room)
        return next(fitting, self._look.cut(shown[-1], room))

    def _remark(self, row: Row) -> str:
        """Return what the margin says of a row that has no side."""
        if row.side != "harness" or row.label is None:
            return ""
        note = f" ({self._look.say(row.note)})" if row.note else ""
        return self._look.say(row.label) + note

    def _call(self, call: Call) -> list[str]:
        place = pad(self._look.cut(self._place_of(call), self._place), self._place)
        outcome = self._outcome_of(call)
        if columns_of(outcome) > self._outcome:
            room = self._margin - self._place
            source = self._look.cut(self._look.text(call.source), room)
            return [place + source, " " * self._place + self._look.cut(outcome, room)]
        source = self._look.cut(self._look.text(call.source), self._source)
        return [f"{place}{pad(source, self._source)}{outcome}".rstrip()]

    def _place_of(self, call: Call) -> str:
        if call.line is None:
            return ""
        name = f"{PurePath(call.file).name}:" if self._files and call.file else ""
        return f"{self._look.text(name)}{call.line}  "

    def _outcome_of(self, call: Call) -> str:
        times = f" ×{call.times}" if call.times > 1 else ""
        if call.outcome is None:
            return f" {self._look.spell(times)}" if times else ""
        return self._look.spell("  → ") + self._look.say(call.outcome) + self._look.spell(times)
