"""What a record is worth in a homework: points by part and in total.

Knows weights and waivers. The record itself is never changed: with another
weight or waiver the same record is worth something else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..messages import Message, message
from ..reports.cells import number
from .homework import Homework, Weighing
from .roster import Student
from .store import Record

JUDGED = ("passed", "failed", "blocked")


@dataclass(frozen=True)
class Mark:
    """Points reached, and to be reached, for a part or a homework.

    ``most`` leaves out what was not judged; then ``complete`` is false. What is
    waived is left out, and the rest is worth all the more.
    """

    points: float
    most: float
    complete: bool

    @property
    def percent(self) -> float:
        """The points in percent of what could be reached; 0 when nothing could."""
        return 100.0 * self.points / self.most if self.most else 0.0

    @property
    def told(self) -> Message:
        """The mark as a sentence's value, such as ``81 of 100``."""
        return message("{points} of {most}", points=number(self.points), most=number(self.most))


def marks(record: Record, homework: Homework, student: Student) -> dict[str, Mark]:
    """Return the mark of each part of ``homework``, by the part's name."""
    return weighed(record, homework.weighing, {student.name, student.id})


def weighed(record: Record, weighing: Weighing, names: Collection[str]) -> dict[str, Mark]:
    """Return the mark of each part for the student called ``names``, by the part's name."""
    cards = {f"{card['exercise']}-{card['role']}": card
             for card in (record.result or {}).get("scorecards", ())}  # fmt: skip
    waived, points = weighing.waived(names), weighing.points
    counted = sum(
        worth for part, worth in points.items() if not _is_waived(cards.get(part), waived)
    )
    # Where all of a part is waived the other parts are worth more: the total stays what it is.
    more = sum(points.values()) / counted if counted else 1.0
    return {part: _mark(worth * more, cards.get(part), waived) for part, worth in points.items()}


def total(marks: Mapping[str, Mark]) -> Mark:
    """Return the mark of all parts together."""
    each = list(marks.values())
    return Mark(sum(mark.points for mark in each), sum(mark.most for mark in each),
                all(mark.complete for mark in each))  # fmt: skip


def _is_waived(card: Mapping[str, Any] | None, waived: Collection[str]) -> bool:
    """Tell whether all is waived that has points on ``card``."""
    asked = [result["id"] for result in card["results"] if result["max_points"]] if card else []
    return bool(asked) and all(each in waived for each in asked)


def _mark(points: float, card: Mapping[str, Any] | None, waived: Collection[str]) -> Mark:
    if card is None:
        return Mark(0.0, 0.0, complete=False)
    counted: Sequence[Mapping[str, Any]] = [
        result for result in card["results"] if result["id"] not in waived and result["max_points"]
    ]
    every = sum(result["max_points"] for result in counted)
    judged = [result for result in counted if result["outcome"] in JUDGED]
    worth = points / every if every else 0.0
    return Mark(
        worth * sum(result["points"] for result in judged),
        worth * sum(result["max_points"] for result in judged),
        complete=len(judged) == len(counted),
    )
