"""Which file is the program: told by names, and never guessed in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_sockets.courses.homework import Homework

from .classes import SERVER, found, programs, told, write


def with_files(*files: str) -> Homework:
    """Return the homework that asks for the server, in one of ``files``."""
    return replace(SERVER, parts=(replace(SERVER.parts[0], files=files),))


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    """The folder in which the submissions lie."""
    return tmp_path / "submissions"


def test_two_candidates_are_told_and_not_chosen_from(class_: Path, tmp_path: Path) -> None:
    """The instructor decides; until then nothing is judged."""
    write(class_ / "alice", {"my_server.py": "1", "server_2.py": "2", "client.py": "3"})
    (only,) = found(class_, tmp_path / "w").submissions
    assert list(only.programs) == ["tcp-echo-client"]
    assert only.lacking["tcp-echo-server"].unclear
    assert "several files fit, my_server.py, server_2.py" in told(only)


def test_the_nearest_and_exactly_named_is_chosen_and_the_others_told(
    class_: Path, tmp_path: Path
) -> None:
    """An old copy in a folder is no doubt."""
    write(class_ / "alice", {"server.py": "1", "server_old.py": "2", "old/server.py": "3"})
    (only,) = found(class_, tmp_path / "w", homework=SERVER).submissions
    assert programs(only) == {"tcp-echo-server": "server.py"}
    assert "left out: old/server.py, server_old.py" in told(only)


def test_who_can_name_a_file_in_the_assignment_is_told_so(class_: Path, tmp_path: Path) -> None:
    """The instructor that is, on no page of a student, and where there is a file to name."""
    write(class_ / "alice", {"abc.py": "1", "homework1.py": "2"})
    write(class_ / "bob", {"conftest.py": "1", "notes.txt": "2"})
    alice, bob = found(class_, tmp_path / "w", homework=SERVER).submissions
    assert told(alice).endswith(
        "it holds abc.py, homework1.py; if one of these is the program, name it in the "
        "assignment file (--assignment): files = [...]"
    )
    assert "assignment" not in told(bob)
    assert "assignment" not in str(alice.lacking["tcp-echo-server"].problem)


def test_a_file_that_is_another_program_is_not_to_be_named(class_: Path, tmp_path: Path) -> None:
    """It is the server: who hands in nothing else has no client."""
    write(class_ / "alice", {"server.py": "1"})
    (only,) = found(class_, tmp_path / "w").submissions
    assert told(only).endswith("it holds server.py")


@pytest.mark.parametrize(
    ("files", "names", "chosen", "said"),
    [
        (("hw1.py",), ["hw1.py", "server.py"], "hw1.py", ""),
        (("a.py", "b*.py"), ["b1.py", "a.py"], "a.py", ""),
        (("a.py", "b*.py"), ["b1.py", "c.py"], "b1.py", ""),
        (("hw1.py",), ["HW1.py"], "HW1.py", "though upper and lower case differ"),
        (("hw1.py",), ["solution.py"], "solution.py", "it is the only program"),
        (("hw1.py",), ["x.py", "y.py"], None, "no program for it (hw1.py); it holds x.py, y.py"),
    ],
)
def test_the_assignment_names_the_files(
    class_: Path, tmp_path: Path, files: tuple[str, ...], names: list[str], chosen: str | None,
    said: str,
) -> None:  # fmt: skip
    """The first pattern that fits anything decides."""
    write(class_ / "alice", dict.fromkeys(names, "x"))
    (only,) = found(class_, tmp_path / "w", homework=with_files(*files)).submissions
    assert programs(only).get("tcp-echo-server") == chosen
    assert said in told(only)
