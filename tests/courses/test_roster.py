"""Rosters: as spreadsheets write them, and matched to submissions only where it is sure."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.courses.notices import BadCourse
from pytest_sockets.courses.roster import Student, matches, plain, read_roster

from .classes import law

CLASS = [Student("Jane Doe", "12"), Student("张三", "13")]


def read(folder: Path, text: str, encoding: str = "utf-8") -> list[Student]:
    """Return the students of a file that holds ``text``."""
    path = folder / "class.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """As Excel saves a table, here and in China."""
    lines = ["name,id", "Jane Doe,12", "张三,13", ""]
    text = "\r\n".join(lines).replace(",", delimiter)
    assert read(tmp_path, text, encoding) == CLASS


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    """An encoding can be taken for another one."""
    (tmp_path / "class.csv").write_bytes("姓名,学号\n张三,13\n".encode("gb18030"))
    (notice,) = read_roster(tmp_path / "class.csv")[1]
    assert "class.csv is read as gb18030" in str(notice)


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("学号,姓名,邮箱\n13,张三,a@b.cn\n", Student("张三", "13", "a@b.cn")),
        ("First name,Surname,ID number\nJane,Doe,12\n", Student("Jane Doe", "12")),
        ('Student,ID,SIS User ID\n"Doe, Jane",5,12\n', Student("Doe, Jane", "5")),
        ("Identifier,Full name\nParticipant 7,Jane Doe\n", Student("Jane Doe", "Participant 7")),
        ("id\n12\n", Student("12", "12")),
        ("sep=;\nname;id\nJane Doe;12\n", Student("Jane Doe", "12")),
        ("name,folder\nJane Doe,hw/jane\n", Student("Jane Doe", folder="hw/jane")),
        ("name\n  Jane   Doe \n\n", Student("Jane Doe")),
    ],
)
def test_columns_are_told_by_their_headers(tmp_path: Path, text: str, student: Student) -> None:
    """Of Moodle, of Canvas, of the registrar."""
    assert read(tmp_path, text) == [student]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column tells who a row is about"),
        ("mark,group\n1,2\n", "not mark, group"),
        ("name,id\nA,1\nB,1\n", "names 1 twice"),
        ('name\n"A\n', "no table"),
    ],
)
def test_a_roster_that_can_t_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    """With what is wrong in it."""
    with pytest.raises(BadCourse) as error:
        read(tmp_path, text)
    assert said in str(error.value.problem)
    assert "class.csv" in str(error.value.problem)


@law
@given(st.binary(max_size=200))
def test_no_file_gives_a_traceback(content: bytes) -> None:
    """It is a roster, or it is said why it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "class.csv")
        path.write_bytes(content)
        with contextlib.suppress(BadCourse):
            assert all(student.key for student in read_roster(path)[0])


def test_a_row_without_anybody_is_told(tmp_path: Path) -> None:
    """Such as the points possible in Canvas's second row."""
    (tmp_path / "class.csv").write_text("name,id,hw\nJane Doe,12,3\n,,100\n")
    students, notices = read_roster(tmp_path / "class.csv")
    assert len(students) == 1
    assert "row 3 names nobody" in str(notices[0])


@pytest.mark.parametrize(
    "called", ["Jane Doe", "jane_doe", "doejane", "Doe, Jane", "JaneDoe", "12", "jane"]
)
def test_a_submission_is_matched_by_name_id_or_email(called: str) -> None:
    """However it writes the name."""
    students = [Student("Jane Doe", "12", "jane@school.org"), Student("Jo Doe", "13")]
    assert matches(students, {"x": {plain(called)}}) == {"x": students[0]}


def test_where_there_is_a_doubt_nobody_is_chosen() -> None:
    """Two students of one name, or two submissions for one student."""
    twins = [Student("Jane Doe", "1"), Student("Jane Doe", "2")]
    assert matches(twins, {"x": {"janedoe"}}) == {}
    assert matches(twins[:1], {"x": {"janedoe"}, "y": {"doejane"}}) == {}


def test_a_folder_counts_more_than_an_id_and_an_id_more_than_a_name() -> None:
    """So that what is sure is not doubted for what looks alike."""
    students = [Student("A", "1", folder="x"), Student("x", "2"), Student("2", "3")]
    called = {"first": {"x"}, "second": {"2"}}
    assert matches(students, called) == {"first": students[0], "second": students[1]}


@law
@given(st.lists(st.text(), max_size=5))
def test_nobody_is_matched_twice(names: list[str]) -> None:
    """Neither a student nor a submission."""
    students = [Student(name, str(number)) for number, name in enumerate(names) if name]
    called = {str(number): {plain(name)} - {""} for number, name in enumerate(names)}
    found = matches(students, called)
    assert len({student.key for student in found.values()}) == len(found)
