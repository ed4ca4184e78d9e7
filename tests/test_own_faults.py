"""A part of the harness is killed while it grades: what is known is kept, the rest says why not.

An exercise of the test's own does so from within a behaviour, so that it always happens at
the same moment.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from facilities import linux
from homework import PERFECT, SHOUT, SHOUTING
from running import LIMIT, Folder, clean_environment

from pytest_sockets.courses.store import Record, Store

SERVER = ("--target=server.py", *SHOUTING)
OTHERS = ("leaves-digits-alone", "whispers-back", "knows-german")

INTERPRETER = """
    import psutil
    for each in psutil.Process().children():
        if "site" in each.cmdline():
            each.kill()
            each.wait()
"""
GUARDIAN = """
    import psutil
    program = psutil.Process(server.program.pid)
    program.parent().kill()
    program.wait()
"""
ITSELF = """
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""
ITSELF_ONCE = """
    import os, signal
    from pathlib import Path
    if not Path({flag!r}).exists():
        Path({flag!r}).touch()
        os.kill(os.getpid(), signal.SIGKILL)
"""
GUARDIAN_ONCE = """
    import psutil
    from pathlib import Path
    if not Path({flag!r}).exists():
        Path({flag!r}).touch()
        program = psutil.Process(server.program.pid)
        program.parent().kill()
        program.wait()
"""


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with a good program in it."""
    folder.write("server.py", PERFECT)
    return folder


def killing(folder: Folder, act: str) -> None:
    """Write the exercise: ``act`` is done in the middle of the first behaviour."""
    begin = "def exchange(peer, server):\n"
    assert begin in SHOUT
    folder.write("shout.py", SHOUT.replace(begin, begin + act))


@linux
def test_a_warm_interpreter_that_is_killed_is_replaced(shouting: Folder) -> None:
    """Whoever runs goes on running, and the next program comes from another one."""
    killing(shouting, INTERPRETER)
    run = shouting.grade(*SERVER)

    assert (run.status, run.card["score"]) == (0, 100), run.said
    assert run.outcomes["shouts"] == "passed"


@linux
def test_a_guardian_that_is_killed_costs_one_verdict(shouting: Folder) -> None:
    """The program went with it: the other behaviours are judged, and that is no success."""
    killing(shouting, GUARDIAN)
    run = shouting.grade(*SERVER)

    (reason,) = (r["reason"] for r in run.card["results"] if r["outcome"] == "not-judged")
    assert reason == "what starts and watches programs was ended from outside while this one ran"
    assert [run.outcomes[name] for name in ("shouts", *OTHERS)] == [
        "not-judged", "passed", "passed", "info",
    ]  # fmt: skip
    assert run.status == 1
    assert reason in " ".join(run.out.split())
    assert "Traceback" not in run.said


def test_a_worker_of_xdist_that_is_killed_costs_what_it_asked(shouting: Folder) -> None:
    """What other workers have judged counts; what was lost says so."""
    killing(shouting, ITSELF)
    run = shouting.grade(*SERVER, "-n2")

    assert run.status == 1
    assert run.outcomes["leaves-digits-alone"] == "passed"
    assert run.outcomes["shouts"] == "not-judged"
    reasons = {r["reason"] for r in run.card["results"] if r["outcome"] == "not-judged"}
    assert reasons == {"the process that asked it was ended from outside"}
    assert "Traceback" not in run.said


def test_a_worker_that_xdist_does_not_replace_ends_the_run_in_order(shouting: Folder) -> None:
    """Every behaviour is in the report all the same."""
    killing(shouting, ITSELF)
    run = shouting.grade(*SERVER, "-n1", "--max-worker-restart=0")

    assert run.status not in (0, None)
    assert set(run.outcomes.values()) == {"not-judged"}
    assert run.card["results"][0]["reason"] == "the process that asked it was ended from outside"
    assert "Traceback" not in run.said


def test_a_killed_run_leaves_the_report_that_others_wait_for(shouting: Folder) -> None:
    """It was there from the start, and says that nothing was judged."""
    killing(shouting, ITSELF)
    run = shouting.pytest(*SERVER, "--sockets-report=gradescope=results.json")

    assert run.status == -9
    assert '"tests"' in (shouting.path / "results.json").read_text("utf-8")


def graded(folder: Folder) -> tuple[int, str, dict[str, Record]]:
    """Grade a class of two by workers; return the status, what was printed and the records."""
    for name in ("ada", "bob"):
        folder.write(f"class/{name}/server.py", PERFECT)
    clean = clean_environment()
    done = subprocess.run(
        [sys.executable, "-m", "pytest_sockets.cli", "grade", "class", "--exercise", "shout.py",
         "--workers", "2"],
        cwd=folder.path, env=clean, timeout=LIMIT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    with Store(folder.path / "grades.db") as store:
        kept = {key: record for key in store.statuses() if (record := store.last(key))}
    return done.returncode, done.stdout, kept


def test_a_worker_of_grade_that_is_killed_once_costs_nothing(folder: Folder) -> None:
    """Its submission is given to another one, and has the same marks."""
    killing(folder, ITSELF_ONCE.format(flag=str(folder.path / "killed")))
    status, said, records = graded(folder)

    assert status == 0, said
    assert sorted(record.attempts for record in records.values()) == [1, 2]
    results = [record.result for record in records.values()]
    assert [result and result["scorecards"][0]["score"] for result in results] == [100, 100]


def test_a_worker_of_grade_that_is_always_killed_is_named_as_the_reason(folder: Folder) -> None:
    """Nobody is left out, and that is no success."""
    killing(folder, ITSELF)
    status, said, records = graded(folder)

    assert status == 1
    assert {name: record.status for name, record in records.items()} == {
        "ada": "not-judged", "bob": "not-judged",
    }  # fmt: skip
    assert {r.reason for r in records.values()} == {"what graded it was killed by signal 9"}
    assert said.count("what graded it was killed by signal 9") >= 2
    assert "Traceback" not in said


@linux
def test_what_grade_could_not_judge_is_asked_once_more(folder: Folder) -> None:
    """A guardian that was killed once costs nothing."""
    killing(folder, GUARDIAN_ONCE.format(flag=str(folder.path / "killed")))
    status, said, records = graded(folder)

    assert (folder.path / "killed").exists()
    assert (status, {each.status for each in records.values()}) == (0, {"graded"}), said


@linux
def test_what_grade_could_not_judge_at_all_is_no_success(folder: Folder) -> None:
    """The marks so far are kept and told, with the reason, and --resume would try again."""
    killing(folder, GUARDIAN)
    status, said, records = graded(folder)

    assert status == 1
    assert {each.status for each in records.values()} == {"not-judged"}
    results = [each.result for each in records.values()]
    assert [result and result["scorecards"][0]["score"] for result in results] == [40, 40]
    assert said.count("not judged: what starts and watches programs was ended from outside") >= 2
    assert "Traceback" not in said
