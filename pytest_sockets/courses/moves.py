"""Who moves between two runs: from which mark to which, by which behaviour, and why.

Knows marks, waivers and what records rest on. Changes no record, and does not
know how moves are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..messages import Message, apart, message
from ..reports.cells import number
from .homework import Weighing
from .marks import Mark, total, weighed
from .notices import last_line
from .runs import end_of, students_of, weighing_of
from .store import Record, Run, Store

WAIVED = "waived"
"""The outcome of what is not counted, whatever it was judged to be."""


@dataclass(frozen=True)
class Standing:
    """Where a student stands after a run; ``mark`` is None without a verdict."""

    record: Record | None
    mark: Mark | None
    passed: bool | None
    waived: Mapping[str, str]

    @cached_property
    def results(self) -> dict[str, Mapping[str, Any]]:
        """What has points, by the behaviour's id."""
        document = (self.record.result if self.record else None) or {}
        return {result["id"]: result for card in document.get("scorecards", ())
                for result in card["results"] if result["max_points"]}  # fmt: skip

    def outcome(self, behaviour: str) -> str:
        """Return what came of a behaviour, "" where it was not asked."""
        if behaviour not in self.results:
            return ""
        return WAIVED if behaviour in self.waived else str(self.results[behaviour]["outcome"])


@dataclass(frozen=True)
class Change:
    """One reason for a move: what it is about, an outcome or a number before and after, and why.

    ``about`` is the id of a behaviour, the name of a part, or "" for all of it.
    """

    about: str
    before: str
    after: str
    why: Message


@dataclass(frozen=True)
class Move:
    """A student whose mark, or what it is made of, has changed; marks in points."""

    student: str
    id: str
    before: Mark | None
    after: Mark | None
    changes: tuple[Change, ...]

    @property
    def up(self) -> float:
        """The points by which the mark has risen; less than 0 when it fell."""
        return _points(self.after) - _points(self.before)


class Side:
    """One of the two runs that are compared, with the records it left."""

    def __init__(self, store: Store, run: Run) -> None:
        self.run = run
        self.students = students_of(run)
        self.weighing: Weighing = weighing_of(run)
        self._store, self._until = store, end_of(run, store)

    def standing(self, key: str) -> Standing:
        """Return where the student ``key`` stands after the run."""
        if key not in self.students:
            return Standing(None, None, None, {})
        names = self.students[key]
        record = self._store.last(key, self._until)
        waived = self.weighing.waived(names)
        if record is None or record.result is None:
            return Standing(record, None, None, waived)
        mark = total(weighed(record, self.weighing, names))
        least = self.weighing.pass_mark
        return Standing(record, mark, None if least is None else mark.percent >= least, waived)


def moves(before: Side, after: Side) -> Iterator[Move]:
    """Yield who moves from ``before`` to ``after``, in the order of the class."""
    for key, (name, id_) in {**after.students, **before.students}.items():
        was, now = before.standing(key), after.standing(key)
        changes = tuple(_changes(was, now, before.weighing, after.weighing))
        moved = _told(was.mark) != _told(now.mark) or was.passed != now.passed
        if not moved:
            # A waiver or a weight that moves nobody is no news; another outcome is.
            changes = tuple(each for each in changes if _judged_otherwise(each))
        if moved or changes:
            yield Move(name, id_, was.mark, now.mark, changes)


def _changes(was: Standing, now: Standing, before: Weighing, after: Weighing) -> Iterator[Change]:
    if was.mark is None or now.mark is None:
        if (was.mark, was.record is None) != (now.mark, now.record is None):
            yield Change("", _state(was), _state(now), _why_no_verdict(now))
        return
    assert was.record is not None
    assert now.record is not None
    why = _grounds(was.record, now.record)
    for behaviour in {**now.results, **was.results}:
        yield from _of_behaviour(behaviour, was, now, why)
    for part in {**after.points, **before.points}:
        one, other = before.points.get(part), after.points.get(part)
        if one != other:
            yield Change(part, _number(one), _number(other), message("the points of the part"))
    if before.pass_mark != after.pass_mark and was.passed != now.passed:
        yield Change("", _number(before.pass_mark), _number(after.pass_mark),
                     message("the pass mark, in percent"))  # fmt: skip


def _of_behaviour(behaviour: str, was: Standing, now: Standing, why: Message) -> Iterator[Change]:
    one, other = was.outcome(behaviour), now.outcome(behaviour)
    if one != other:
        yield Change(behaviour, one, other, _why(behaviour, was, now, why))
    elif one and other != WAIVED:
        points = [standing.results[behaviour]["max_points"] for standing in (was, now)]
        if points[0] != points[1]:
            yield Change(behaviour, _number(points[0]), _number(points[1]),
                         message("its points in the exercise"))  # fmt: skip


def _why(behaviour: str, was: Standing, now: Standing, graded: Message) -> Message:
    if behaviour in now.waived and behaviour not in was.waived:
        return message("waived: {reason}", reason=now.waived[behaviour])
    if behaviour in was.waived and behaviour not in now.waived:
        return message("no longer waived")
    return graded


def _grounds(was: Record, now: Record) -> Message:
    """Return what a record rests on that another one does not."""
    grounds = [message("other files")] if was.files != now.files else []
    text = "{name} {version} instead of {before}"
    grounds += [
        message(text, name=name, version=version, before=was.versions.get(name, "–"))
        for name, version in now.versions.items()
        if was.versions.get(name) != version
    ]
    if was.seed != now.seed:
        grounds.append(message("seed {seed} instead of {before}", seed=now.seed, before=was.seed))
    if was.homework != now.homework and was.versions == now.versions:
        grounds.append(message("the exercise asks for something else"))
    if was.conditions.get("portable") != now.conditions.get("portable"):
        grounds.append(message("with or without what only Linux has"))
    if was.platform != now.platform:
        grounds.append(message("another machine"))
    return apart(grounds) if grounds else message("graded again, on the same grounds")


def _why_no_verdict(now: Standing) -> Message:
    if now.mark is None:
        reason = last_line(now.record.reason) if now.record else ""
        return message("not judged: {reason}", reason=reason) if reason else message("no record")
    return message("it had no mark")


def _state(standing: Standing) -> str:
    return standing.record.status if standing.record is not None else ""


def _told(mark: Mark | None) -> tuple[float, float, bool] | None:
    return None if mark is None else (round(mark.points, 2), round(mark.most, 2), mark.complete)


def _judged_otherwise(change: Change) -> bool:
    words = {change.before, change.after}
    return WAIVED not in words and not any(word[:1].isdigit() for word in words)


def _points(mark: Mark | None) -> float:
    return round(mark.points, 2) if mark else 0.0


def _number(value: float | None) -> str:
    return "" if value is None else number(value)
