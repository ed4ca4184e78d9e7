"""Who moves between two runs of a store, by which behaviour, and why; and which run goes on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_sockets.courses import runs
from pytest_sockets.courses.moved import lines, to_table
from pytest_sockets.courses.moves import Move, Side, moves
from pytest_sockets.courses.store import Record, Store

from .test_marks import record
from .test_store import RECORD

A, B = "tcp-echo-server/a", "tcp-echo-server/b"
TERMS: Mapping[str, Any] = {
    "title": "Echo",
    "points": {"tcp-echo-server": 100.0},
    "pass_mark": None,
    "waivers": [],
    "students": {"1": ["Ada", "1"], "Bob": ["Bob", ""]},
    "seed": 7,
    "versions": {},
    "portable": False,
}
PASSED, HALF = (
    record(a=("passed", 60), b=("passed", 40)),
    record(a=("passed", 60), b=("failed", 40)),
)
UNJUDGED = replace(RECORD, status="not-judged", result=None, reason="it took too long")


def waiver(*students: str) -> dict[str, Any]:
    """Return a waiver of the second behaviour."""
    return {"behaviour": B, "reason": "not taught", "students": list(students)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "grades.db") as made:
        yield made


def ran(store: Store, records: Mapping[str, Record] | None = None, **terms: Any) -> None:
    """Keep a run that came to its end, with the records by their students' keys."""
    run = runs.began(store, {**TERMS, **terms}, 0, work=bool(records))
    for key, each in (records or {}).items():
        store.keep(replace(each, student=key))
    runs.finish(store, run)


def sides(store: Store) -> tuple[Side, Side]:
    """Return the first and the last run."""
    every = store.runs()
    return Side(store, every[0]), Side(store, every[-1])


def found(store: Store) -> dict[str, Move]:
    """Return who moved between the first and the last run, by name."""
    return {move.student: move for move in moves(*sides(store))}


def told(move: Move) -> list[tuple[str, str, str, str]]:
    """Return the changes of a move."""
    return [(each.about, each.before, each.after, str(each.why)) for each in move.changes]


def points(move: Move) -> tuple[float | None, float | None]:
    """Return the points before and after."""
    return (move.before.points if move.before else None, move.after.points if move.after else None)


def test_a_waiver_moves_whom_it_concerns_and_nothing_is_graded(store: Store) -> None:
    """By the behaviour that is waived, with the instructor's reason."""
    ran(store, {"1": PASSED, "Bob": HALF})
    ran(store, waivers=[waiver()])
    assert store.newest == 2
    assert list(found(store)) == ["Bob"]
    assert points(found(store)["Bob"]) == (60.0, 100.0)
    assert told(found(store)["Bob"]) == [(B, "failed", "waived", "waived: not taught")]


def test_a_waiver_that_is_taken_back_moves_them_back(store: Store) -> None:
    """Named by whom it was for."""
    ran(store, {"1": HALF, "Bob": HALF}, waivers=[waiver("Bob")])
    ran(store)
    assert list(found(store)) == ["Bob"]
    assert points(found(store)["Bob"]) == (100.0, 60.0)
    assert told(found(store)["Bob"]) == [(B, "waived", "failed", "no longer waived")]


def test_other_points_move_by_the_part(store: Store) -> None:
    """The marks are of the records that were there."""
    ran(store, {"1": HALF})
    ran(store, points={"tcp-echo-server": 50.0})
    assert points(found(store)["Ada"]) == (60.0, 30.0)
    assert told(found(store)["Ada"]) == [("tcp-echo-server", "100", "50", "the points of the part")]


def test_a_pass_mark_moves_whom_it_decides(store: Store) -> None:
    """The points stay what they are."""
    ran(store, {"1": PASSED, "Bob": HALF}, pass_mark=50.0)
    ran(store, pass_mark=70.0)
    assert list(found(store)) == ["Bob"]
    assert told(found(store)["Bob"]) == [("", "50", "70", "the pass mark, in percent")]


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ({"files": {"server.py": "cd"}}, "other files"),
        ({"versions": {"python": "3.12"}}, "python 3.12 instead of 3.11"),
        ({"seed": 8, "platform": "Windows"}, "seed 8 instead of 7; another machine"),
        ({"homework": "i"}, "the exercise asks for something else"),
        ({}, "graded again, on the same grounds"),
    ],
)
def test_another_outcome_is_told_with_what_differs(
    store: Store, later: dict[str, Any], why: str
) -> None:
    """Also when nothing does: then a verdict was not the same twice."""
    ran(store, {"1": HALF})
    ran(store, {"1": replace(PASSED, **later)})
    assert points(found(store)["Ada"]) == (60.0, 100.0)
    assert told(found(store)["Ada"]) == [(B, "failed", "passed", why)]


def test_other_outcomes_are_told_when_the_points_stay_the_same(store: Store) -> None:
    """One won and one lost are two changes."""
    ran(store, {"1": record(a=("passed", 50), b=("failed", 50))})
    ran(store, {"1": record(a=("failed", 50), b=("passed", 50))})
    assert [each[:3] for each in told(found(store)["Ada"])] == [
        (A, "passed", "failed"), (B, "failed", "passed"),
    ]  # fmt: skip


def test_who_had_no_mark_or_has_none_any_more_is_told(store: Store) -> None:
    """With the reason why nothing was judged."""
    ran(store, {"1": UNJUDGED, "Bob": PASSED})
    ran(store, {"1": PASSED, "Bob": UNJUDGED})
    assert points(found(store)["Ada"]) == (None, 100.0)
    assert points(found(store)["Bob"]) == (100.0, None)
    assert told(found(store)["Bob"]) == [
        ("", "graded", "not-judged", "not judged: it took too long")
    ]


def test_who_joins_or_leaves_the_class_is_told(store: Store) -> None:
    """A record alone makes nobody a member of it."""
    ran(store, {"Bob": PASSED}, students={"Bob": ["Bob", ""]})
    ran(store, {"1": PASSED}, students={"1": ["Ada", "1"]})
    assert {name: points(move) for name, move in found(store).items()} == {
        "Ada": (None, 100.0), "Bob": (100.0, None),
    }  # fmt: skip


def test_moves_are_told_as_lines_and_as_csv(store: Store) -> None:
    """What a program printed can't break a line, nor be run by a spreadsheet."""
    names = {"1": ["=A()", "1"], "Bob": ["张三\x1b", ""]}
    ran(store, {"1": HALF, "Bob": HALF}, students=names)
    ran(store, waivers=[waiver()], students=names)
    every = list(moves(*sides(store)))
    shown = list(lines(*sides(store), every, 60))
    assert "=A() (1)  60 of 100 → 100 of 100" in shown
    assert f"    {B}: failed → waived" in shown
    assert shown[-1] == "2 of 2 submissions move: 2 up, 0 down"
    assert all(line.isprintable() for line in shown)
    rows = list(csv.DictReader(io.StringIO(to_table(every).lstrip("\ufeff"), newline="")))
    assert rows[0] == {
        "student": "'=A()", "id": "1", "before": "60", "after": "100", "behaviour": B,
        "was": "failed", "is": "waived", "why": "waived: not taught",
    }  # fmt: skip


def begin(store: Store, *, again: bool = False, work: bool = True, **terms: Any) -> tuple[int, int]:
    """Begin to grade; return the run's number, and behind which record one counts as finished."""
    after = runs.counts_after(store, again=again)
    run = runs.began(store, {**TERMS, **terms}, after, work=work)
    return run.number, after


def test_a_run_that_was_cut_off_goes_on(store: Store) -> None:
    """On other terms it is another one."""
    assert begin(store) == (1, 0)
    store.keep(RECORD)
    assert begin(store) == (1, 0)
    assert begin(store, seed=8) == (2, 0)


def test_a_run_that_came_to_its_end_goes_on_only_without_anything_to_do(store: Store) -> None:
    """Or else it would change what others have seen of it."""
    ran(store, {"1": PASSED})
    assert begin(store, work=False) == (1, 0)
    assert begin(store, work=True) == (2, 0)


def test_everything_is_graded_again_until_that_came_to_its_end(store: Store) -> None:
    """However often it is cut off, and on other terms, too."""
    ran(store, {"1": PASSED, "Bob": PASSED})
    assert begin(store, again=True) == (2, 2)
    store.keep(replace(PASSED, student="1"))
    assert begin(store) == (2, 2)
    assert not store.is_finished("Bob", PASSED.basis, after=2)
    assert store.is_finished("1", PASSED.basis, after=2)
    number, after = begin(store, pass_mark=1.0)
    assert (number, after) == (3, 2)
    runs.finish(store, store.runs()[-1])
    assert begin(store, work=False, pass_mark=1.0) == (3, 0)
