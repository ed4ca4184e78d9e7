"""The reports that Gradescope, GitHub Classroom and a gradebook wait for, whatever happens."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Any

import pytest
from homework import DEAF_TO_DIGITS, FAILED, MUTE, PERFECT, SHOUT, SHOUTING, SPINS_AFTER_DIGITS
from reports.test_gradescope_and_classroom import CLASSROOM, GRADESCOPE
from running import Folder

REPORTS = tuple(
    f"--sockets-report={each}"
    for each in ("gradescope=results.json", "classroom=classroom.json", "gradebook=grades.csv")
)
POINTS = {"shouts": 60, "leaves-digits-alone": 30, "whispers-back": 10, "knows-german": 0}
FALLS = """\
def pytest_runtest_logreport(report):
    raise RuntimeError("the harness is broken")
"""
DIES = """\
import os
import signal


def pytest_runtest_logreport(report):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with the exercise in it."""
    folder.write("shout.py", SHOUT)
    return folder


def handed_in(folder: Folder, name: str) -> dict[str, Any]:
    """Return a report that is valid."""
    document: dict[str, Any] = json.loads((folder.path / name).read_text("utf-8"))
    (GRADESCOPE if name == "results.json" else CLASSROOM).validate(document)
    return document


def reached(folder: Folder) -> dict[str, float]:
    """Return the points by behaviour, which are those of the profile in both reports."""
    results, classroom = handed_in(folder, "results.json"), handed_in(folder, "classroom.json")
    tests = {test["extra_data"]["id"].partition("/")[2]: test for test in results["tests"]}
    assert {name: test["max_score"] for name, test in tests.items()} == POINTS
    assert classroom["max_score"] == 100
    assert [test["score"] for test in classroom["tests"]] == [t["score"] for t in tests.values()]
    assert results["score"] == sum(test["score"] for test in tests.values())
    return {name: test["score"] for name, test in tests.items()}


def rows(folder: Folder) -> list[Mapping[str, str]]:
    """Return the rows of the gradebook."""
    with (folder.path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "-n2"])
def test_every_target_is_handed_in(workers: list[str], shouting: Folder) -> None:
    """Tests of all in one file, and a row each in the gradebook, with and without xdist."""
    shouting.write("good.py", PERFECT)
    shouting.write("deaf.py", DEAF_TO_DIGITS)
    run = shouting.pytest("--target=good.py", "--target=deaf.py", *SHOUTING, *REPORTS, *workers)
    assert run.status == 1, run.said
    results, classroom = handed_in(shouting, "results.json"), handed_in(shouting, "classroom.json")
    assert (results["score"], results["extra_data"]["max_score"]) == (160, 200)
    assert len(results["tests"]) == len(classroom["tests"]) == 8
    assert results["tests"][0]["name"].startswith("tcp-shout server: good.py: ")
    told = [(row["student"], row["status"], row["score"]) for row in rows(shouting)]
    assert told == [("good.py", "graded", "100"), ("deaf.py", "graded", "60")]


def test_a_program_that_never_starts_has_the_total_of_any_other(shouting: Folder) -> None:
    """0 of 100, and the file says why."""
    shouting.write("server.py", "this is no Python\n")
    shouting.pytest("--target=server.py", *SHOUTING, *REPORTS)
    assert set(reached(shouting).values()) == {0}
    assert "SyntaxError" in handed_in(shouting, "results.json")["tests"][0]["output"]


def test_a_program_that_is_not_there_has_the_total_of_any_other(shouting: Folder) -> None:
    """Bad use ends pytest with status 4, but a file is there for who waits for it."""
    run = shouting.pytest("--target=server.py", *SHOUTING, *REPORTS)
    assert run.status == 4
    assert set(reached(shouting).values()) == {0}
    assert "server.py does not exist" in handed_in(shouting, "results.json")["output"]
    assert "server.py does not exist" in handed_in(shouting, "classroom.json")["message"]


def test_bad_use_that_is_nobody_s_homework_leaves_no_file(shouting: Folder) -> None:
    """What was there before an instructor's typing mistake stays what it was."""
    shouting.write("server.py", PERFECT)
    shouting.write("results.json", "old")
    shouting.pytest("--target=server.py", "--exercise=shuot", *REPORTS)
    assert (shouting.path / "results.json").read_text() == "old"


def test_an_interrupted_run_hands_in_what_it_knows(shouting: Folder) -> None:
    """What was judged before Ctrl-C has its points, and the total is what it always is."""
    shouting.write("server.py", SPINS_AFTER_DIGITS)
    run = shouting.interrupted("--target=server.py", *SHOUTING, "-v", *REPORTS, after=FAILED)
    assert run.status == 2, run.said
    assert reached(shouting) == {**dict.fromkeys(POINTS, 0), "shouts": 60}


@pytest.mark.parametrize(("plugin", "status"), [(FALLS, 3), (DIES, -9)], ids=["falls", "dies"])
def test_a_run_that_breaks_leaves_valid_files(plugin: str, status: int, shouting: Folder) -> None:
    """Neither an error of the harness nor kill -9 leaves Gradescope without a total."""
    shouting.write("server.py", MUTE)
    shouting.write("breaks.py", plugin)
    run = shouting.pytest("-p", "breaks", "--target=server.py", *SHOUTING, *REPORTS,
                          env={"PYTHONPATH": str(shouting.path)})  # fmt: skip
    assert run.status == status, run.said
    assert set(reached(shouting).values()) == {0}


def test_looking_only_writes_nothing(shouting: Folder) -> None:
    """--collect-only grades nothing."""
    shouting.write("server.py", PERFECT)
    shouting.pytest("--target=server.py", *SHOUTING, *REPORTS, "--collect-only")
    assert not (shouting.path / "results.json").exists()
