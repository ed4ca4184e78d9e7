"""The gradebook as CSV: a row for each submission, a column for each behaviour.

Knows its columns, whose names are fixed in every language so that programs can
read them. A behaviour's cell holds its points; what was not judged, and what was
not asked of a submission, is empty. Begins with the mark by which Excel knows UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pytest_sockets.messages import Translate, same
from pytest_sockets.results import Outcome, Result, Scorecard

from .cells import Cell, to_csv
from .entries import Entry, behaviours, by_target
from .wording import say

FIRST = ("student", "id", "email", "status", "score", "max_score", "percent")
LAST = "notices"


def to_gradebook(scorecards: Sequence[Scorecard], *, translate: Translate = same, **_: Any) -> str:
    """Return the gradebook of a run: each target has a row, and its name is the student's."""
    return of_class(by_target(scorecards), translate=translate)


def of_class(entries: Sequence[Entry], *, translate: Translate = same) -> str:
    """Return the gradebook of a class.

    ``status`` is graded, incomplete (something was not judged), not-judged
    (nothing was) or missing; ``percent`` is empty unless it is graded.
    """
    asked = [name for name, result in behaviours(entries).items() if result.max_points]
    return to_csv(_rows(entries, asked, translate), bom=True)


def _rows(
    entries: Sequence[Entry], asked: Sequence[str], translate: Translate
) -> Iterator[list[Cell]]:
    yield [*FIRST, *asked, LAST]
    for entry in entries:
        results = entry.results
        yield [
            entry.student,
            entry.ids.get("id"),
            entry.ids.get("email"),
            entry.state,
            entry.points if entry.scorecards else None,
            entry.possible or None,
            entry.percent,
            *(_points(results.get(name)) for name in asked),
            "; ".join(say(remark, translate) for remark in entry.remarks),
        ]


def _points(result: Result | None) -> int | None:
    if result is None or result.outcome is Outcome.NOT_JUDGED:
        return None
    return result.points
