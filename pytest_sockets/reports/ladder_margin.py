"""The margin of a drawn ladder: the student's lines, and remarks, cut to the room there is.

Knows columns of text. Does not know coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from .ladder_shape import Ladder
from .row import Call, Row
from .wording import cut, plain, say
from .wording import width as columns_of

LONGEST_OUTCOME = 18
"""What is longer than "→ 1024 bytes" has a line of its own, below the call."""
GAP = 2


@dataclass(frozen=True)
class Line:
    """One line of the margin: a remark, or parts of a call, each "" where there is none."""

    place: str = ""
    source: str = ""
    outcome: str = ""
    failed: bool = False
    href: str = ""
    remark: bool = False


class Margin:
    """The columns of one ladder's margin, measured once for all of its rows.

    ``room`` is in columns. With ``aligned`` outcomes stand below each other.
    """

    def __init__(self, ladder: Ladder, room: int, *, aligned: bool) -> None:
        self._ladder = ladder
        self._room = room
        self._aligned = aligned
        self._files = len({c.file for row in ladder.rows for c in row.calls if c.file}) > 1
        calls = [call for row in ladder.rows for call in row.calls]
        ends = [columns_of(self._outcome_of(call)) for call in calls]
        self._outcome = max((end for end in ends if end <= LONGEST_OUTCOME), default=0)
        places = [columns_of(self._place_of(call)) for call in calls]
        self.place = min(max(places, default=0), room // 4)
        longest = max((columns_of(plain(call.source)) for call in calls), default=0)
        self._source = max(1, min(longest, room - self.place - GAP - self._outcome))

    def lines(self, row: Row) -> Iterator[Line]:
        """Yield the lines beside a row."""
        if row.side == "harness" and row.label:
            room = self._room - (self.place if self._aligned else 0)
            yield Line(source=cut(self._ladder.label(row), room), remark=True)
        for call in row.calls:
            yield from self._call(call)

    def after(self, line: Line) -> int:
        """Return the column, from that of the sources on, at which a line's outcome begins."""
        if not line.source:
            return 0
        least = self._source if self._aligned else 0
        return max(least, columns_of(line.source)) + GAP

    def _call(self, call: Call) -> Iterator[Line]:
        href, place = self._ladder.link(call), cut(self._place_of(call), self.place)
        outcome, source = self._outcome_of(call), plain(call.source)
        needed = columns_of(source) + (columns_of(outcome) + GAP if outcome else 0)
        if self.place + needed <= self._room:
            yield Line(place, source, outcome, call.failed, href)
        elif self._aligned and columns_of(outcome) <= self._outcome:
            yield Line(place, cut(source, self._source), outcome, call.failed, href)
        else:
            room = self._room - self.place
            if source:
                yield Line(place, cut(source, room), "", call.failed, href)
            if outcome:
                yield Line(outcome=cut(outcome, room), failed=call.failed)

    def _place_of(self, call: Call) -> str:
        if call.line is None:
            return ""
        name = f"{PurePath(call.file).name}:" if self._files and call.file else ""
        return f"{plain(name)}{call.line}  "

    def _outcome_of(self, call: Call) -> str:
        times = f" ×{call.times}" if call.times > 1 else ""
        return (f"→ {say(call.outcome, self._ladder.translate)}" if call.outcome else "") + times
