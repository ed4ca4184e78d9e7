"""A graded class as files: gradebooks that agree with the store, and pages to be read."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from pytest_sockets.cli import main

from .classes import Files, write

pytestmark = pytest.mark.xdist_group("grade")

ROOT = Path(__file__).parent.parent.parent
GOOD = next((ROOT / "reference").glob("*address_bits*.py")).read_text("utf-8")
WRONG = "def address_bits(address):\n    return address\n"
STUDENTS: dict[str, Files] = {
    "ada": {"address_bits.py": GOOD},
    "bob": {"address_bits.py": WRONG},
    "cy": {"notes.txt": "sorry"},
    "=SUM(A1)": {"address_bits.py": WRONG},
}
HOMEWORK = """\
title = "Bits"

[[part]]
exercise = "address-bits"
role = "function"
points = 50
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a class was graded, with a roster that names one more."""
    folder = tmp_path_factory.mktemp("class")
    for name, files in STUDENTS.items():
        write(folder / "hw" / name, files)
    roster = "name,id,email\nada,1,ada@x.org\nbob,2,bob@x.org\ncy,3,\n=SUM(A1),4,\nDora,5,\n"
    (folder / "roster.csv").write_text(roster)
    (folder / "hw.toml").write_text(HOMEWORK)
    words = ["--lang", "en", "grade", str(folder / "hw"), "--assignment", str(folder / "hw.toml"),
             "--roster", str(folder / "roster.csv"), "--store", str(folder / "grades.db"),
             "--seed", "7", "--output", str(folder / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "wrote " in result.output
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_gradebook_has_everybody_with_the_points_of_the_homework(graded: Path) -> None:
    """Weighed as the assignment file says; who handed in nothing has a row as well."""
    book = {row["student"]: row for row in rows(graded / "out" / "gradebook.csv")}
    assert set(book) == {"ada", "bob", "cy", "'=SUM(A1)", "Dora"}
    told = {name: (row["id"], row["status"], row["score"]) for name, row in book.items()}
    assert told["ada"] == ("1", "graded", "50")
    assert told["bob"][:2] == ("2", "graded")
    assert float(told["bob"][2]) < 50
    assert told["Dora"][:2] == ("5", "missing")
    assert {row["max_score"] for row in book.values()} <= {"50", ""}


def test_canvas_and_moodle_get_the_same_points(graded: Path) -> None:
    """And nothing of whom nothing was handed in."""
    book = {row["id"]: row["score"] for row in rows(graded / "out" / "gradebook.csv")
            if row["status"] == "graded"}  # fmt: skip
    moodle = {row["ID number"]: row["Bits"] for row in rows(graded / "out" / "moodle.csv")}
    assert {name: points for name, points in moodle.items() if points} == book
    canvas = rows(graded / "out" / "canvas.csv")
    assert canvas[0]["Bits"] == "50"
    assert {row["Student"]: row["Bits"] for row in canvas[1:]}["ada"] == "50"


def test_the_page_of_the_class_leads_to_those_of_its_students(graded: Path) -> None:
    """Each page is there, and shows its student's program and no other's."""
    pytest.importorskip("jinja2")
    page = (graded / "out" / "class.html").read_text("utf-8")
    linked = sorted((graded / "out" / "students").glob("*.html"))
    assert len(linked) >= 3
    assert all(f'href="students/{each.name}"' in page for each in linked)
    assert "<title>Bits</title>" in page
    assert "the same text" in page  # two have handed in one program
    assert "address-bits" in linked[0].read_text("utf-8")


def test_every_result_is_there_for_programs_to_read(graded: Path) -> None:
    """As JSON by its schema, and as JUnit with a suite for each student."""
    schema = resources.files("pytest_sockets.reports") / "result.schema.json"
    found = sorted((graded / "out" / "students").glob("*.json"))
    assert len(found) >= 4
    for path in found:
        jsonschema.validate(json.loads(path.read_text("utf-8")), json.loads(schema.read_text()))
    suites = ET.parse(graded / "out" / "junit.xml").getroot().findall("testsuite")
    assert {suite.attrib["name"] for suite in suites} == {*STUDENTS, "Dora"}


def test_a_title_that_canvas_does_not_take_is_told_before_anything_runs(
    graded: Path, tmp_path: Path
) -> None:
    """Nobody waits for a class to be graded to be told of a word."""
    (tmp_path / "hw.toml").write_text(HOMEWORK.replace("Bits", "Final Score"))
    words = ["--lang", "en", "grade", str(graded / "hw"), "--assignment",
             str(tmp_path / "hw.toml"), "--store", str(tmp_path / "x.db"),
             "--output", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "can't be the title of an assignment in Canvas" in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


BROKEN: dict[str, Files] = {
    "crashes": {"address_bits.py": "1 / 0\n"},
    "kills": {"address_bits.py": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"},
    "leaves": {"address_bits.py": "raise SystemExit(0)\n"},
    "nothing": {"notes.txt": "sorry"},
    "no Python": {"address_bits.py": "def (:\n"},
    "no text": {"address_bits.py": b"\0\xff\xfe"},
}


def test_totals_are_the_homework_s_when_every_program_fails_to_start(tmp_path: Path) -> None:
    """In every file: nobody's mark is out of less because nothing could be asked."""
    for name, files in BROKEN.items():
        write(tmp_path / "hw" / name, files)
    (tmp_path / "hw.toml").write_text(HOMEWORK)
    words = ["--lang", "en", "grade", str(tmp_path / "hw"), "--assignment",
             str(tmp_path / "hw.toml"), "--store", str(tmp_path / "x.db"),
             "--output", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    book = rows(tmp_path / "out" / "gradebook.csv")
    assert {row["student"]: (row["status"], row["score"], row["max_score"]) for row in book} == (
        dict.fromkeys(BROKEN, ("graded", "0", "50"))
    )
    possible, *grades = rows(tmp_path / "out" / "canvas.csv")
    assert possible["Bits"] == "50"
    assert {row["Bits"] for row in [*grades, *rows(tmp_path / "out" / "moodle.csv")]} == {"0"}
    for path in (tmp_path / "out" / "students").glob("*.json"):
        (card,) = json.loads(path.read_text("utf-8"))["scorecards"]
        assert (card["score"], card["max_score"]) == (0, 100)
        assert sum(each["max_points"] for each in card["results"]) == 100
    suites = ET.parse(tmp_path / "out" / "junit.xml").getroot().findall("testsuite")
    assert len({suite.attrib["tests"] for suite in suites}) == 1


def test_what_a_system_s_download_tells_goes_back_into_its_files(tmp_path: Path) -> None:
    """Moodle's number of a participant, Canvas' id of a student: they need no guess by name."""
    hw = tmp_path / "hw"
    write(hw / "Ada Lovelace_4711_assignsubmission_file_", {"address_bits.py": GOOD})
    write(hw, {"noetheremmy_815_12_address_bits.py": WRONG})
    words = ["--lang", "en", "grade", str(hw), "--exercise", "address-bits", "--store",
             str(tmp_path / "x.db"), "--output", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    (participant,) = rows(tmp_path / "out" / "moodle-worksheet.csv")
    assert (participant["Identifier"], participant["Grade"]) == ("Participant 4711", "100")
    assert [row["ID"] for row in rows(tmp_path / "out" / "canvas.csv")] == ["", "", "815"]


def test_what_an_earlier_run_has_written_of_a_student_is_gone(tmp_path: Path) -> None:
    """A number may be somebody else's in a smaller class; half files of a killed run go, too."""
    write(tmp_path / "hw" / "ada", {"address_bits.py": GOOD})
    old = {"students/0001.json": "{}", "students/0002.html": "bob's", "students/mine.txt": "x",
           ".class.html.0a1b2c3d.tmp": "<ht", "students/.0001.json.0a1b2c3d.tmp": "{"}  # fmt: skip
    write(tmp_path / "out", old)
    words = ["--lang", "en", "grade", str(tmp_path / "hw"), "--exercise", "address-bits",
             "--store", str(tmp_path / "x.db"), "--output", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    left = {path.name for path in (tmp_path / "out" / "students").iterdir()}
    assert left - {"0001.html"} == {"0001.json", "mine.txt"}
    assert not list((tmp_path / "out").glob(".*.tmp"))
