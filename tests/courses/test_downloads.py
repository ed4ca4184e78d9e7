"""The names that learning management systems give to what they hand out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.courses.downloads import Download, told

from .classes import law


@pytest.mark.parametrize(
    ("name", "download"),
    [
        ("Jane Doe_12345_assignsubmission_file_server.py",
         Download("Moodle", "Jane Doe", "12345", "server.py")),
        ("张三_7_assignsubmission_file_my_server.py",
         Download("Moodle", "张三", "7", "my_server.py")),
        ("A_1_B_22_assignsubmission_file_x.zip", Download("Moodle", "A_1_B", "22", "x.zip")),
        ("Jane Doe_12345_assignsubmission_onlinetext_onlinetext.html",
         Download("Moodle", "Jane Doe", "12345", "onlinetext.html", text=True)),
        ("doejane_12345_67890_server.py",
         Download("Canvas", "doejane", "12345", "server.py", attempt=67890)),
        ("doejane_LATE_12345_67890_server-1.py",
         Download("Canvas", "doejane", "12345", "server.py", late=True, attempt=67890)),
        ("doejane_1_2_my_hw-12.tar.gz", Download("Canvas", "doejane", "1", "my_hw.tar.gz",
                                                 attempt=2)),
        ("de_la_cruz_1_2_server.py", Download("Canvas", "de_la_cruz", "1", "server.py", attempt=2)),
        ("doejane_1_text.html", Download("Canvas", "doejane", "1", "text.html", text=True)),
        ("LATE_anon_8rXzq_67_server.py",
         Download("Canvas", "anon", "8rXzq", "server.py", late=True, attempt=67)),
    ],
)  # fmt: skip
def test_a_name_tells_student_and_file(name: str, download: Download) -> None:
    """As Moodle and Canvas write it."""
    assert told(name) == download


@pytest.mark.parametrize("name", ["Jane Doe_12345_assignsubmission_file_",
                                  "Jane Doe_12345_assignsubmission_file"])  # fmt: skip
def test_a_folder_of_moodle_s_tells_its_student(name: str) -> None:
    """With the underscore at its end, and without."""
    assert told(name, folder=True) == Download("Moodle", "Jane Doe", "12345")


@pytest.mark.parametrize("name", ["alice", "server.py", "alice_bob", "alice.zip", "hw_1.py", ""])
def test_any_other_name_tells_nothing(name: str) -> None:
    """It is not guessed at."""
    assert told(name) is None


def test_a_folder_is_never_canvas_s() -> None:
    """Canvas hands out files only: such a folder is somebody's own name for it."""
    assert told("group_1_2_final", folder=True) is None


@law
@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(1, 10**6), st.integers(1, 10**6),
       st.from_regex(r"[a-z_]{1,8}\.(py|zip|tar\.gz)", fullmatch=True), st.booleans())  # fmt: skip
def test_whatever_canvas_writes_is_taken_apart(
    student: str, user: int, file: int, name: str, late: bool
) -> None:
    """The name is made as Canvas's source makes it."""
    parts = [student, *(["LATE"] if late else []), str(user), str(file), name]
    assert told("_".join(parts)) == Download("Canvas", student, str(user), name, late=late,
                                             attempt=file)  # fmt: skip
