"""The assignment file: what it may say, and what is said of a mistake in it."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.courses.homework import Homework, exercise_in, whole_exercise
from pytest_sockets.courses.homework_file import read_homework
from pytest_sockets.courses.notices import BadCourse

from .classes import ECHO, law

FULL = """
title = "Echo"
deadline = "Friday 12:00"
pass_mark = 60

[[part]]
exercise = "tcp-echo"
role = "server"
files = ["server.py", "*server*.py"]
points = 60

[[part]]
exercise = "tcp-echo"
role = "client"
points = 40.5

[visibility]
others = "hidden"
"tcp-echo-server/restarts-at-once" = "after_due_date"

[[waiver]]
behaviour = "tcp-echo-client/speaks-first"
reason = "not taught this term"
students = ["alice", "17"]
"""
PART = '[[part]]\nexercise = "tcp-echo"\nrole = "server"\n'
NEARLY = "tcp-echo-server/restart-at-once"


def read(folder: Path, text: str | bytes) -> Homework:
    """Return what a file that holds ``text`` asks for."""
    path = folder / "echo.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_homework(path)


def refused(folder: Path, text: str | bytes) -> str:
    """Return what is said of a file that can't be used."""
    with pytest.raises(BadCourse) as error:
        read(folder, text)
    return str(error.value.problem)


def test_a_file_says_all_that_is_asked(tmp_path: Path) -> None:
    """Parts with files and points, pass mark, deadline, visibility and waivers."""
    asked = read(tmp_path, FULL)
    assert (asked.title, asked.deadline, asked.pass_mark) == ("Echo", "Friday 12:00", 60.0)
    assert [part.name for part in asked.parts] == ["tcp-echo-server", "tcp-echo-client"]
    assert asked.parts[0].files == ("server.py", "*server*.py")
    assert asked.points == 100.5
    assert asked.others == "hidden"
    assert asked.visibility == {"tcp-echo-server/restarts-at-once": "after_due_date"}
    (waiver,) = asked.waivers
    assert waiver.behaviour == "tcp-echo-client/speaks-first"
    assert waiver.students == ("alice", "17")


def test_a_part_is_worth_100_and_named_by_the_rule_unless_told(tmp_path: Path) -> None:
    """The least that a file has to say is title, exercise and role."""
    (part,) = read(tmp_path, f'title = "x"\n{PART}').parts
    assert (part.points, part.files) == (100.0, ())


def test_an_id_of_the_catalogue_stands_for_every_behaviour_that_has_it(tmp_path: Path) -> None:
    """Several behaviours may share one."""
    ids = {w.behaviour.catalogue for w in ECHO.profiles["server"].behaviours}
    for id_ in sorted(ids):
        waived = read(tmp_path, f'title="x"\n{PART}[[waiver]]\nbehaviour="{id_}"\nreason="r"\n')
        named = [w.behaviour.slug for w in ECHO.profiles["server"].behaviours
                 if w.behaviour.catalogue == id_]  # fmt: skip
        assert [w.behaviour for w in waived.waivers] == [f"tcp-echo-server/{s}" for s in named]


def test_an_exercise_of_ones_own_lies_beside_the_file(tmp_path: Path) -> None:
    """Its path is seen from the assignment file, wherever the command is run."""
    suite = Path(__file__).parent.parent.parent / "conformance" / "test_url.py"
    (tmp_path / "mine.py").write_text(suite.read_text("utf-8"), "utf-8")
    (part,) = read(tmp_path, 'title="x"\n[[part]]\nexercise="mine.py"\n').parts
    assert (part.exercise.name, part.role) == ("url", "function")
    assert part.source == tmp_path / "mine.py"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = \n", ["echo.toml is no TOML", "line 1"]),
        ("", ["echo.toml: part", "at least one [[part]]"]),
        (PART, ["echo.toml: title", "missing"]),
        (f"title = 3\n{PART}", ["title", "has to be text, not 3"]),
        (f'title = "  "\n{PART}', ["title", "empty"]),
        (f'title = "x"\npasmark = 3\n{PART}', ["pasmark", "did you mean pass_mark?"]),
        (f'title = "x"\npass_mark = 101\n{PART}', ["pass_mark", "from 0 to 100, not 101"]),
        (f'title = "x"\npass_mark = true\n{PART}', ["pass_mark", "not True"]),
        (f'title = "x"\npass_mark = nan\n{PART}', ["pass_mark", "not nan"]),
        ('title = "x"\npart = 3\n', ["part", "has to be a list, not 3"]),
        ('title = "x"\npart = [3]\n', ["part", "[[part]]"]),
        ('title = "x"\n[[part]]\nrole = "server"\n', ["part 1: exercise", "missing"]),
        ('title = "x"\n[[part]]\nexercise = "tcp-ecko"\n',
         ["part 1: exercise", "'tcp-ecko'", "did you mean tcp-echo?"]),
        ('title = "x"\n[[part]]\nexercise = "tcp-echo"\n', ["part 1: role", "missing", "server"]),
        ('title = "x"\n[[part]]\nexercise = "tcp-echo"\nrole = "sever"\n',
         ["role", "'sever'", "did you mean server?"]),
        ('title = "x"\n[[part]]\nexercise = "none.py"\nrole = "server"\n', ["no file", "none.py"]),
        (f'title = "x"\n{PART}points = -1\n', ["part 1: points", "not -1"]),
        (f'title = "x"\n{PART}files = [3]\n', ["part 1: files", "not [3]"]),
        (f'title = "x"\n{PART}files = "hw/server.py"\n', ["'hw/server.py'", "without folders"]),
        (f'title = "x"\n{PART}{PART}', ["part 2", "tcp-echo-server is asked for twice"]),
        (f'title = "x"\n{PART}[visibility]\nothers = "secret"\n',
         ["visibility: others", "'secret'", "visible, after_due_date"]),
        (f'title = "x"\n{PART}[visibility]\n"ECH-99" = "hidden"\n', ["ECH-99", "no part asks"]),
        (f'title = "x"\n{PART}[[waiver]]\nbehaviour = "ECH-02"\n', ["waiver 1: reason", "missing"]),
        (f'title = "x"\n{PART}[[waiver]]\nreason = "r"\nbehaviour = "{NEARLY}"\n',
         ["waiver 1: behaviour", "did you mean tcp-echo-server/restarts-at-once?"]),
        ("title = '中文'".encode("gb18030"), ["echo.toml", "not written in UTF-8", "byte 9"]),
        (b"\xef\xbb\xbftitle = 3\n" + PART.encode(), ["title", "text, not 3"]),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_key_and_value(
    tmp_path: Path, text: str | bytes, said: list[str]
) -> None:
    """And with what is allowed, or was meant."""
    told = refused(tmp_path, text)
    assert "echo.toml" in told or "none.py" in told
    assert not [words for words in said if words not in told], told


@law
@given(st.recursive(st.one_of(st.booleans(), st.integers(), st.text(max_size=5)),
                    lambda inner: st.lists(inner, max_size=3), max_leaves=6))  # fmt: skip
def test_no_value_of_any_key_gives_a_traceback(value: object) -> None:
    """What is wrong is said; what is right is read."""
    for key in ("title", "pass_mark", "deadline", "part", "visibility", "waiver"):
        with tempfile.TemporaryDirectory() as folder:
            text = f"{key} = {json.dumps(value, ensure_ascii=True)}\n{PART}"
            with contextlib.suppress(BadCourse):
                assert read(Path(folder), text).parts


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what the system says."""
    with pytest.raises(BadCourse, match=r"none\.toml can't be read: No such file"):
        read_homework(tmp_path / "none.toml")


def test_only_what_decides_a_verdict_is_in_the_digest(tmp_path: Path) -> None:
    """A new weight or waiver needs no new grade; another exercise or role does."""
    full = read(tmp_path, FULL)
    plain = read(tmp_path, FULL.partition("[visibility]")[0].replace("60", "61"))
    assert full.digest() == plain.digest()
    assert full.digest() != read(tmp_path, f'title="x"\n{PART}').digest()


def test_without_a_file_an_exercise_is_a_homework_of_all_its_roles() -> None:
    """Each worth 100 points."""
    asked = whole_exercise(ECHO)
    assert [part.role for part in asked.parts] == list(ECHO.profiles)
    assert {part.points for part in asked.parts} == {100.0}


def test_an_exercise_in_one_role_is_what_a_file_with_that_part_asks_for(tmp_path: Path) -> None:
    """In several roles their order is the exercise's, and there is no pair."""
    assert exercise_in(["server"], ECHO).parts == read(tmp_path, f'title="x"\n{PART}').parts
    both = exercise_in(["client", "server", "client"], ECHO)
    assert [part.name for part in both.parts] == ["tcp-echo-server", "tcp-echo-client"]
