"""Graded once more: with other waivers and points nothing is run, and all moves can be told."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pytest_sockets.cli import main
from pytest_sockets.courses.store import Store

from .classes import history
from .test_grade_command import GOOD, WRONG, killed_after
from .test_grade_command import folder as folder  # noqa: PLC0414 - a fixture
from .test_outputs import HOMEWORK

pytestmark = pytest.mark.xdist_group("grade")

WAIVER = """
[[waiver]]
behaviour = "ADR-05"
reason = "not taught"
"""


def command(*words: str, status: int = 0) -> str:
    """Return what the command prints; it ends with ``status``."""
    result = CliRunner().invoke(main, ["--lang", "en", *words], env={"COLUMNS": "100"})
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a class of two that was graded once."""
    folder = tmp_path_factory.mktemp("class")
    for name, program in (("ada", GOOD), ("bob", WRONG)):
        (folder / "hw" / name).mkdir(parents=True)
        (folder / "hw" / name / "address_bits.py").write_text(program, "utf-8")
    (folder / "hw.toml").write_text(HOMEWORK)
    grade(folder, "--seed", "5")
    return folder


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def grade(folder: Path, *words: str) -> str:
    """Grade the class in ``folder``; return what is told."""
    return command("grade", str(folder / "hw"), "--assignment", str(folder / "hw.toml"),
                   "--store", str(folder / "grades.db"), *words)  # fmt: skip


def test_a_waiver_or_other_points_are_seen_without_grading(course: Path) -> None:
    """Each is a run of its own, with which later ones can be compared."""
    (course / "hw.toml").write_text(HOMEWORK + WAIVER)
    assert "0 of 2 submissions to grade, seed 5" in grade(course, "--resume")
    (course / "hw.toml").write_text(HOMEWORK.replace("50", "80"))
    assert "0 of 2 submissions to grade, seed 5" in grade(course, "--resume")
    told = command("compare", str(course / "grades.db"), "--since", "1")
    assert "ada  50 of 50 → 80 of 80" in told
    assert "address-bits-function: 50 → 80" in told
    told = command("compare", str(course / "grades.db"))
    assert "writes-32-bits: waived → failed" in told
    assert "no longer waived" in told


def test_a_new_program_moves_its_student_alone(course: Path) -> None:
    """By the behaviours that have another outcome, in a table and as CSV."""
    (course / "hw" / "bob" / "address_bits.py").write_text(GOOD, "utf-8")
    grade(course, "--resume")
    store, table = course / "grades.db", course / "moves.csv"
    told = command("compare", str(store), "--csv", str(table))
    assert "bob  0 of 50 → 50 of 50" in told
    assert "1 of 2 submissions move: 1 up, 0 down" in told
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert {row["student"] for row in rows} == {"bob"}
    assert {(row["is"], row["why"]) for row in rows} == {("passed", "other files")}


def test_a_grade_from_elsewhere_can_be_compared(course: Path) -> None:
    """As from another machine, or by another version."""
    other = course / "other.db"
    command("grade", str(course / "hw"), "--exercise", "address-bits", "--store", str(other),
            "--seed", "6")  # fmt: skip
    told = command("compare", str(course / "grades.db"), str(other))
    assert "ada  50 of 50 → 100 of 100" in told


def test_graded_again_and_killed_it_goes_on_and_the_same_comes_out(folder: Path) -> None:
    """A mark can be reached again: nobody moves, and everything was judged once more."""
    store = str(folder / "grades.db")
    words = ["grade", "hw", "--exercise", "address-bits", "--store", store]
    command(*words, "--seed", "5")
    assert killed_after(folder, 2, "--again") == 2
    # One more may have been kept before the signal arrived.
    assert re.search("^[56] of 8 submissions to grade, seed 5$", command(*words, "--resume"), re.M)
    with Store(folder / "grades.db") as opened:
        assert {len(history(opened, student)) for student in opened.statuses()} == {2}
    assert "0 of 8 submissions move: 0 up, 0 down" in command("compare", store)


def test_what_can_t_be_compared_is_said_in_a_line(course: Path) -> None:
    """With what to do about it."""
    store = str(course / "grades.db")
    (course / "text.db").write_text("no store")
    for words, said in (
        ([store], "holds one run only: grade with --resume or --again first"),
        ([store, store], "the two stores are one"),
        ([store, "--since", "9"], "there is no such run; there are 1 ("),
        ([store, "--since", "2000-01-01"], "there is no such run"),
        ([store, "--since", "soon"], "a run's number or a date such as 2026-03-31"),
        ([str(course / "text.db")], "is no store of pytest-sockets"),
        ([str(course / "none.db")], "does not exist"),
    ):
        assert said in " ".join(command("compare", *words, status=2).split())


def test_a_students_page_tells_what_is_counted_by_now(course: Path) -> None:
    """A page that was made before the waiver agrees with the gradebook all the same."""
    pytest.importorskip("jinja2")
    (course / "hw.toml").write_text(HOMEWORK + WAIVER)
    grade(course, "--resume", "--output", str(course / "out"))
    ada, bob = sorted((course / "out" / "students").glob("*.html"))
    assert "<dt>counted</dt><dd>50 of 50</dd>" in ada.read_text("utf-8")
    assert "<dt>counted</dt><dd>0 of 50</dd>" in bob.read_text("utf-8")
    waived = "<dt>waived</dt><dd>address-bits-function/writes-32-bits is not counted: not taught"
    assert waived in bob.read_text("utf-8")
