"""The store: what was kept is there, whatever happened since."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_sockets.courses.notices import BadCourse
from pytest_sockets.courses.store import Meeting, Record, Store

from .classes import history, last_records

RECORD = Record(
    student="张三",
    basis="b1",
    status="graded",
    finished="2026-01-01T00:00:00+00:00",
    seed=7,
    homework="h",
    files={"server.py": "ab"},
    versions={"python": "3.11"},
    platform="Linux",
    result={"schema": "pytest-sockets/1", "scorecards": []},
    notices=("one", "two"),
    seconds=0.25,
)

KEEPER = """
import sys
from pathlib import Path
from courses.test_store import RECORD, Store, replace
store = Store(Path(sys.argv[1]))
for number in range(10 ** 6):
    store.keep(replace(RECORD, student=str(number)))
    print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "grades.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store, open."""
    with Store(path) as made:
        yield made


def test_a_record_is_read_as_it_was_kept(path: Path) -> None:
    """With everything it holds, by another process too."""
    with Store(path) as store:
        assert store.empty
        store.keep(RECORD)
    with Store(path) as store:
        assert not store.empty
        assert store.last("张三") == RECORD
        assert last_records(store) == {"张三": RECORD}
        assert store.last("nobody") is None


def test_the_last_record_of_a_student_counts_and_none_is_lost(store: Store) -> None:
    """Who moved by a new grade can be told from the earlier ones."""
    later = replace(RECORD, basis="b2", seconds=1.0)
    other = replace(RECORD, student="A")
    for each in (RECORD, other, later):
        store.keep(each)
    assert last_records(store) == {"A": other, "张三": later}
    assert history(store, "张三") == [RECORD, later]
    store.keep(replace(other, status="not-judged", result=None))
    assert store.statuses() == {"张三": "graded", "A": "not-judged"}


def test_only_a_verdict_on_the_same_basis_is_finished(store: Store) -> None:
    """Other files, or what could not be judged, are graded again."""
    assert not store.is_finished("张三", "b1")
    store.keep(RECORD)
    assert store.is_finished("张三", "b1")
    assert not store.is_finished("张三", "b2")
    store.keep(replace(RECORD, status="not-judged", result=None, reason="why"))
    assert not store.is_finished("张三", "b1")


def test_facts_of_the_class_are_noted(path: Path) -> None:
    """Such as the seed, with which a run is gone on with."""
    with Store(path) as store:
        store.note(seed="1", work="x")
        store.note(seed="2")
    with Store(path) as store:
        assert store.facts() == {"seed": "2", "work": "x"}


def test_the_last_meeting_of_a_client_and_a_server_is_kept(path: Path) -> None:
    """Each exercise has its own; a record is something else."""
    first = Meeting("ada", "", "b1", "failed", "said nothing")
    later, other = replace(first, outcome="passed", told=""), replace(first, server="ada")
    with Store(path) as store:
        for each in (first, other, later):
            store.meet("tcp-echo", each)
        store.meet("tcp-hello", first)
        assert store.empty
    with Store(path) as store:
        assert store.meetings("tcp-echo") == [later, other]
        assert store.meetings("tcp-hello") == [first]
        assert store.meetings("url") == []


def test_a_second_grader_is_refused(path: Path, store: Store) -> None:
    """From the moment at which the first one has opened it, in this process or another."""
    with pytest.raises(BadCourse, match="another grader works on the store"):
        Store(path)
    store.keep(RECORD)
    code = f"from courses.test_store import Store, Path; Store(Path({str(path)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert "another grader works on the store" in done.stderr


def test_what_was_kept_survives_kill_9_and_the_store_is_free_again(path: Path) -> None:
    """At whatever moment: nothing that was told as kept is missing, and nothing is half there."""
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", KEEPER, str(path)], stdout=subprocess.PIPE,
                              cwd=Path(__file__).parent.parent, text=True) as process:  # fmt: skip
            assert process.stdout is not None
            kept = [process.stdout.readline().strip() for _ in range(5)]
            process.kill()
        with Store(path) as store:
            assert {*kept} <= {*last_records(store)}
            assert {record.result is None for record in last_records(store).values()} == {False}


@pytest.mark.parametrize("content", [b"hello" * 1000, b"x"])
def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    """Whatever it is, it is somebody's."""
    path.write_bytes(content)
    with pytest.raises(BadCourse, match="no store of pytest-sockets"):
        Store(path)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_s_is_refused_and_left_as_it_is(path: Path) -> None:
    """It would become another one by being opened."""
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE mine (x)")
    base.close()
    before = path.read_bytes()
    with pytest.raises(BadCourse, match="no store of pytest-sockets"):
        Store(path)
    assert path.read_bytes() == before


def test_a_store_of_another_version_is_refused(path: Path) -> None:
    """It is not guessed what its records mean."""
    Store(path).close()
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version=9")
    base.close()
    with pytest.raises(BadCourse, match=r"another version of pytest-sockets \(9\)"):
        Store(path)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """With what the system says."""
    with pytest.raises(BadCourse, match=r"none.*grades\.db can't be opened"):
        Store(tmp_path / "none" / "grades.db")
