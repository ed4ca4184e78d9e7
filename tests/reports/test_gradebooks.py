"""The gradebook, and the files that Canvas and Moodle import: complete grades, and no formulas."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.messages import message
from pytest_sockets.reports import canvas, moodle
from pytest_sockets.reports.cells import BOM, shown, to_csv
from pytest_sockets.reports.entries import Entry, Id, by_target
from pytest_sockets.reports.gradebook import of_class, to_gradebook
from pytest_sockets.results import Outcome, Scorecard

from .samples import REPEATABLE, failed, result, scorecard

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1", '"=1', "'=1", "＝1+1", "=cmd|' /C calc'!A0", "%0",
]  # fmt: skip
ANNA: dict[Id, str] = {
    "id": "2024001",
    "email": "anna@example.org",
    "login": "anna",
    "sis": "S-1",
    "section": "Monday",
    "canvas": "77",
    "moodle": "12345",
}


def complete() -> Scorecard:
    """Return a scorecard in which everything was judged: 5 of 20."""
    return scorecard(result("takes-its-first-client"), failed())


def entries() -> list[Entry]:
    """Return a class of four: graded, incomplete, not judged, missing."""
    nothing = result("takes-its-first-client", Outcome.NOT_JUDGED, reason=message("no network"))
    return [
        Entry(student="Anna Álvarez", ids=ANNA, scorecards=[complete()]),
        Entry(student="=Bob", ids={"id": "2024002", "moodle": "12346"}, scorecards=[scorecard()]),
        Entry(student="陈晨", ids={"id": "2024003"}, scorecards=[scorecard(nothing)]),
        Entry(student="Dora", ids={"id": "2024004"}, notices=[message("nothing handed in")]),
    ]


def read(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, which all have one length."""
    rows = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert len({len(row) for row in rows}) == 1
    return rows


def records(text: str) -> list[dict[str, str]]:
    """Return each row of a CSV text by the names of its columns."""
    head, *rows = read(text)
    return [dict(zip(head, row, strict=True)) for row in rows]


# Cells


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_could_be_a_formula_is_text(text: str) -> None:
    """Whoever opens a gradebook runs nothing that a student has named a file."""
    assert shown(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Anna", "-5", "+3.5", "2024-001", "-", "a=b", "陈", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    """Names and numbers must be found again by the system that imports them."""
    assert shown(text) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (0, "0"), (15, "15"), (100, "100"), (81.5, "81.5"), (1 / 3, "0.33")],
)
def test_a_number_is_written_without_needless_zeros(cell: Any, text: str) -> None:
    """And an empty cell is not a zero."""
    assert shown(cell) == text


@REPEATABLE
@given(st.lists(st.text(), min_size=2, max_size=5))
def test_any_text_comes_back_as_one_cell(texts: list[str]) -> None:
    """Quotes, commas, newlines and broken text stay within their cell, and none begins one."""
    (row,) = read(to_csv([texts]))
    assert len(row) == len(texts)
    for cell in row:
        number = cell.lstrip("+-").replace(".", "").replace(",", "").isdigit()
        alone = len(cell.strip(' "')) < 2
        assert (
            number or alone or cell.lstrip(' "')[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
        )


# The gradebook


def test_the_gradebook_has_a_row_for_each_submission() -> None:
    """With its status, its sum, and nothing that was not found out."""
    rows = records(of_class(entries()))
    assert [row["student"] for row in rows] == ["Anna Álvarez", "'=Bob", "陈晨", "Dora"]
    assert [row["status"] for row in rows] == ["graded", "incomplete", "not-judged", "missing"]
    assert [row["score"] for row in rows] == ["5", "5", "0", ""]
    assert [row["max_score"] for row in rows] == ["20", "30", "5", ""]
    assert [row["percent"] for row in rows] == ["25", "", "", ""]
    assert rows[3]["notices"] == "nothing handed in"
    assert "worth 5 points" in rows[1]["notices"]


def test_the_gradebook_has_a_column_for_each_behaviour_with_points() -> None:
    """A failure is 0, what was not judged or not asked is empty."""
    head, *rows = read(of_class(entries()))
    assert head[:3] == ["student", "id", "email"]
    assert [name.partition("/")[2] for name in head[7:-1]] == [
        "takes-its-first-client",
        "echoes-pieces-whole",
        "serves-after-a-reset",
        "can-be-started-again-at-once",
    ]
    assert [row[7:-1] for row in rows] == [
        ["5", "0", "", ""],
        ["5", "0", "0", ""],
        ["", "", "", ""],
        ["", "", "", ""],
    ]


def test_the_gradebook_opens_in_excel_as_utf_8() -> None:
    """By the mark at its beginning, and with the lines that RFC 4180 has."""
    text = of_class(entries())
    assert text.encode().startswith(b"\xef\xbb\xbfstudent,")
    assert text.count("\r\n") == len(entries()) + 1


def test_a_grade_that_the_assignment_weighs_counts() -> None:
    """Its points are the assignment's, whatever the scorecards sum to."""
    (row,) = records(
        of_class([Entry(student="A", scorecards=[complete()], score=12.5, max_score=50)])
    )
    assert (row["score"], row["max_score"], row["percent"]) == ("12.5", "50", "25")


def test_a_run_makes_a_row_for_each_target() -> None:
    """Scorecards of one folder stand in one row."""
    cards = [complete(), scorecard(result("a"), target="other.py", role="client"), complete()]
    assert [row["student"] for row in records(to_gradebook(cards))] == ["server.py", "other.py"]
    assert [len(entry.scorecards) for entry in by_target(cards)] == [2, 1]


# Canvas


def test_canvas_finds_its_own_columns() -> None:
    """Student and ID first, Section before the assignment, points possible in the second row."""
    head, points, *rows = read(canvas.to_canvas(entries(), assignment="Echo", max_score=20))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Echo"]
    assert points == ["    Points Possible", "", "", "", "", "20"]
    assert rows[0] == ["Anna Álvarez", "77", "S-1", "anna", "Monday", "5"]


def test_canvas_gets_complete_grades_only() -> None:
    """An empty cell changes nothing there: nobody loses points by what was not judged."""
    _, _, *rows = read(canvas.to_canvas(entries(), assignment="Echo", max_score=20))
    assert [row[-1] for row in rows] == ["5", "", "", ""]


@pytest.mark.parametrize("title", ["", " ", "Final Score", "My Current Points", "Points Possible"])
def test_a_title_that_canvas_takes_for_its_own_is_refused(title: str) -> None:
    """Such a column would be ignored without a word."""
    with pytest.raises(ValueError, match="can't be the title of an assignment in Canvas"):
        canvas.to_canvas([], assignment=title, max_score=1)


# Moodle


def test_moodle_s_worksheet_has_moodle_s_columns() -> None:
    """Identifier, Grade and Last modified (grade) are those without which it is refused."""
    rows = records(moodle.to_worksheet(entries(), max_score=20))
    assert list(rows[0]) == list(moodle.WORKSHEET)
    assert [row["Identifier"] for row in rows] == ["Participant 12345", "Participant 12346"]
    assert [row["Grade"] for row in rows] == ["5", ""]
    assert {row["Last modified (grade)"] for row in rows} == {"-"}
    assert rows[0]["Email address"] == "anna@example.org"


def test_moodle_s_gradebook_is_mapped_by_number_or_address() -> None:
    """Feedback without a grade would delete the grade: then there is none."""
    rows = records(moodle.to_gradebook_import(entries(), assignment="Echo"))
    assert [row["ID number"] for row in rows] == ["2024001", "2024002", "2024003", "2024004"]
    assert [row["Echo"] for row in rows] == ["5", "", "", ""]
    assert {row["Echo (feedback)"] for row in rows} == {""}
