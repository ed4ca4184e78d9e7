"""The disk fills up: what is known by then is kept, and nobody's program is blamed for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from disks import Disk, small_disk
from homework import LOUD, MUTE, PERFECT, SHOUT, SHOUTING
from running import LIMIT, Folder, Run, clean_environment

from pytest_sockets.reports.formats import FORMATS

SERVER = ("--target=server.py", *SHOUTING)
FULL = "No space left on device"
STUDENTS = ("ada", "bob", "cy")


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with the exercise and a good program in it."""
    folder.write("shout.py", SHOUT)
    folder.write("server.py", PERFECT)
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small file system."""
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_that_can_t_be_written_leaves_the_old_one(
    name: str, disk: Disk, shouting: Folder
) -> None:
    """It is told, the status says so, the other reports are written, and nothing else is left."""
    (disk.here / "report").write_text("the old one")
    disk.fill()
    run = shouting.pytest(
        *SERVER,
        f"--sockets-report={name}={disk.path / 'report'}",
        f"--sockets-report=json={shouting.path / 'result.json'}",
        within=disk.within,
    )

    assert f"the report {disk.path / 'report'} could not be written: {FULL}" in run.out
    assert (disk.here / "report").read_text() == "the old one"
    assert {path.name for path in disk.here.iterdir()} == {"report", "filled"}
    assert (run.status, run.card["score"]) == (1, 100)
    assert "Traceback" not in run.said


def test_a_device_that_is_always_full_is_told(shouting: Folder) -> None:
    """What is no regular file is written to as it is, and may refuse."""
    run = shouting.grade(*SERVER, "--sockets-report=html=/dev/full")

    assert f"the report /dev/full could not be written: {FULL}" in run.out
    assert (run.status, run.card["score"]) == (1, 100)
    assert "Traceback" not in run.said


def test_scripts_that_can_t_be_written_are_told(disk: Disk, shouting: Folder) -> None:
    """The verdicts stand; no half script is left."""
    shouting.write("server.py", MUTE)
    (disk.here / "replay").mkdir()
    disk.fill()
    run = shouting.pytest(
        *SERVER,
        f"--sockets-replay={disk.path / 'replay'}",
        f"--sockets-report=json={shouting.path / 'result.json'}",
        within=disk.within,
    )

    assert FULL in run.out
    assert run.status == 1
    assert run.outcomes["shouts"] == "failed"
    assert not list((disk.here / "replay").iterdir())
    assert "Traceback" not in run.said


ROOMS = pytest.mark.parametrize("left", [16 << 10, 1 << 20], ids=["little", "some"])


def without_room(folder: Folder, disk: Disk, left: int, containment: str) -> Run:
    """Return a run whose temporary files lie where as many bytes are ``left``."""
    disk.fill(leave=left)
    return folder.grade(
        *SERVER, "--basetemp", str(folder.path / "base"), "--sockets-containment", containment,
        env={"TMPDIR": str(disk.path)}, within=disk.within,
    )  # fmt: skip


@ROOMS
def test_a_contained_program_has_room_of_its_own(left: int, disk: Disk, shouting: Folder) -> None:
    """Its folder is in memory: what others have filled is nothing to it."""
    run = without_room(shouting, disk, left, "auto")
    if run.document["containment"] != "full":
        pytest.skip("programs are not contained in full here")

    assert run.card["score"] == 100
    assert {path.name for path in disk.here.iterdir()} <= {"filled", *locks(disk)}


@pytest.mark.parametrize("program", [PERFECT, LOUD], ids=["good", "wrong"])
@ROOMS
def test_without_room_for_a_program_nothing_is_judged(
    left: int, program: str, disk: Disk, shouting: Folder
) -> None:
    """With the reason and what to do, however little room there is; that is no success."""
    shouting.write("server.py", program)
    run = without_room(shouting, disk, left, "off")

    assert set(run.outcomes.values()) == {"not-judged"}
    assert run.status == 1, run.said
    reasons = {result["reason"] for result in run.card["results"]}
    assert all(FULL in reason or "free some, or name another" in reason for reason in reasons)
    assert "Traceback" not in run.said + json.dumps(run.document)
    assert {path.name for path in disk.here.iterdir()} <= {"filled", *locks(disk)}


def locks(disk: Disk) -> set[str]:
    """Return the names of the files in which ports are locked: they stay, and are empty."""
    return {path.name for path in disk.here.glob("pytest-sockets-ports-*")
            if not path.stat().st_size}  # fmt: skip


@pytest.fixture
def handed_in(shouting: Folder) -> Folder:
    """A folder with the exercise and a class in it."""
    for name in STUDENTS:
        shouting.write(f"class/{name}/server.py", PERFECT)
    return shouting


def grading(folder: Folder, *words: str, within: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start to grade the class."""
    clean = clean_environment()
    command = [sys.executable, "-m", "pytest_sockets.cli", "grade", "class", "--exercise",
               "shout.py", "--workers", "1", *words]  # fmt: skip
    return subprocess.Popen([*within, *command], cwd=folder.path, env=clean, encoding="utf-8",
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip


def graded(folder: Folder, *words: str, within: Sequence[str] = ()) -> tuple[int, str]:
    """Grade the class; return the status and what was printed."""
    with grading(folder, *words, within=within) as process:
        said, _ = process.communicate(timeout=LIMIT)
    return process.returncode, said


def test_a_full_store_ends_the_grade_and_keeps_what_is_finished(
    disk: Disk, handed_in: Folder
) -> None:
    """It says so in a line; with room again the grade goes on where it was."""
    store = ("--store", str(disk.path / "grades.db"))
    with grading(handed_in, *store, within=disk.within) as process:
        assert process.stdout is not None
        assert any(line.startswith("[1/3]") for line in process.stdout)
        disk.fill()
        said = process.stdout.read()

    assert process.returncode not in (0, None), said
    assert "nothing can be written to the store" in said
    assert "full" in said
    assert "Traceback" not in said
    disk.clear()
    status, said = graded(handed_in, *store, "--resume", within=disk.within)
    assert status == 0, said
    left = int(said.partition(" of 3 submissions to grade")[0].rpartition("\n")[2])
    assert 0 < left <= 2
    assert all(f"\n{name} " in said for name in STUDENTS)


def test_gradebooks_that_can_t_be_written_cost_no_verdict(disk: Disk, handed_in: Folder) -> None:
    """What is on the disk is whole, and the grade need not be made again."""
    (disk.here / "out").mkdir()
    disk.fill()
    status, said = graded(handed_in, "--output", str(disk.path / "out"), within=disk.within)

    assert status not in (0, None)
    assert FULL in said
    assert "Traceback" not in said
    assert not [path for path in (disk.here / "out").rglob("*") if path.is_file()]
    status, said = graded(handed_in, "--output", "out", "--resume")
    assert (status, said.count("0 of 3 submissions to grade")) == (0, 1), said
    assert (handed_in.path / "out" / "gradebook.csv").exists()
