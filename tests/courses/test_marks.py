"""What a record is worth: weights, waivers, and what could not be judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_sockets.courses.homework import Homework, HomeworkPart, Waiver
from pytest_sockets.courses.marks import Mark, marks, total
from pytest_sockets.courses.roster import Student
from pytest_sockets.courses.store import Record

from .classes import ECHO
from .test_store import RECORD

ALICE, BOB = Student("Alice", "1"), Student("Bob", "2")
PART = HomeworkPart(ECHO, "server", 50.0)


def record(**outcomes: tuple[str, int]) -> Record:
    """Return a record of tcp-echo's server, by slug: outcome and points of each behaviour."""
    results = [
        {"id": f"tcp-echo-server/{slug}", "outcome": outcome, "max_points": most,
         "points": most if outcome == "passed" else 0}
        for slug, (outcome, most) in outcomes.items()
    ]  # fmt: skip
    card = {"exercise": "tcp-echo", "role": "server", "results": results}
    return replace(RECORD, result={"scorecards": [card]})


def mark(of: Record, *waivers: Waiver, student: Student = ALICE) -> Mark:
    """Return the mark of the record in a homework with the ``waivers``."""
    return total(marks(of, Homework("x", (PART,), waivers=waivers), student))


def test_a_part_is_worth_its_points_whatever_the_profile_sums_to() -> None:
    """Half of the profile is half of the part."""
    assert mark(record(a=("passed", 60), b=("failed", 40))) == Mark(30.0, 50.0, complete=True)


def test_what_was_not_judged_is_left_out_and_told() -> None:
    """It costs no points, and the mark is not complete."""
    assert mark(record(a=("passed", 60), b=("not-judged", 40))) == Mark(30.0, 30.0, complete=False)


def test_what_is_waived_makes_the_rest_worth_more() -> None:
    """The total stays what it is."""
    waiver = Waiver("tcp-echo-server/b", "not taught")
    assert mark(record(a=("passed", 60), b=("failed", 40)), waiver) == Mark(
        50.0, 50.0, complete=True
    )


def test_a_part_that_is_waived_as_a_whole_makes_the_other_parts_worth_more() -> None:
    """The total stays what it is, in gradebooks too, which know one maximum for everybody."""
    parts = (PART, HomeworkPart(ECHO, "client", 30.0))
    client = {"id": "tcp-echo-client/c", "outcome": "failed", "max_points": 100, "points": 0}
    card = {"exercise": "tcp-echo", "role": "client", "results": [client]}
    of = record(a=("passed", 60), b=("failed", 40))
    assert of.result is not None
    both = replace(of, result={"scorecards": [*of.result["scorecards"], card]})
    waived = Homework("x", parts, waivers=(Waiver("tcp-echo-client/c", "ill"),))
    assert total(marks(both, replace(waived, waivers=()), ALICE)) == Mark(30.0, 80.0, complete=True)
    assert total(marks(both, waived, ALICE)) == Mark(48.0, 80.0, complete=True)


@pytest.mark.parametrize(("student", "points"), [(ALICE, 50.0), (BOB, 30.0)])
@pytest.mark.parametrize("named", ["Alice", "1"])
def test_a_waiver_may_be_for_some_students(student: Student, points: float, named: str) -> None:
    """Named by name or id."""
    waiver = Waiver("tcp-echo-server/b", "ill", (named,))
    assert (
        mark(record(a=("passed", 60), b=("failed", 40)), waiver, student=student).points == points
    )


def test_what_has_no_points_counts_for_nothing() -> None:
    """Also when it was not judged."""
    assert mark(record(a=("blocked", 100), b=("not-judged", 0))) == Mark(0.0, 50.0, complete=True)


def test_a_record_without_a_result_is_worth_nothing_and_not_complete() -> None:
    """It was not judged."""
    assert mark(replace(RECORD, result=None)) == Mark(0.0, 0.0, complete=False)
