"""The exit status, and what is selected: as pytest's users expect."""

from __future__ import annotations

import pytest
from homework import DEAF_TO_DIGITS, LOUD, MUTE, PERFECT, SHOUT, SHOUTING
from running import Folder

SERVER = ("--target=server.py", *SHOUTING)
NOT_SELECTED = "it was not selected for this run"
INTERRUPTED = "the run ended before it was asked"
SLOW = PERFECT.replace("import socket", "import socket, time\ntime.sleep(60)", 1)


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with the exercise in it."""
    folder.write("shout.py", SHOUT)
    return folder


@pytest.mark.parametrize(
    ("program", "options", "status"),
    [
        (PERFECT, [], 0),
        (LOUD, [], 0),
        (DEAF_TO_DIGITS, [], 1),
        (MUTE, [], 1),
        (LOUD, ["--sockets-fail-under=90"], 0),
        (LOUD, ["--sockets-fail-under=90.5"], 1),
        (PERFECT, ["--sockets-fail-under=100"], 0),
        (DEAF_TO_DIGITS, ["-k", "shouts"], 0),
        (DEAF_TO_DIGITS, ["-k", "nothing-is-called-so"], 5),
    ],
    ids=[
        "all passed",
        "a should failed",
        "a must failed",
        "what others need failed",
        "just enough",
        "not quite enough",
        "all was asked",
        "the failure was not selected",
        "nothing was selected",
    ],
)
def test_the_status_says_whether_a_must_failed(
    program: str, options: list[str], status: int, shouting: Folder
) -> None:
    """And whether the percentage that was asked for was reached."""
    shouting.write("server.py", program)
    run = shouting.pytest(*SERVER, *options)
    assert run.status == status, run.said


def test_what_others_need_need_not_be_selected_to_fail_the_run(folder: Folder) -> None:
    """A must that could not be told because of it is no success, whatever was left out."""
    folder.write("server.py", MUTE)
    echo = ("--target=server.py", "--exercise=tcp-echo", "--role=server")
    run = folder.grade(*echo, "-k", "returns-every-message")
    assert run.outcomes["returns-every-message"] == "blocked", run.said
    assert run.status == 1


def test_one_wrong_program_of_several_is_enough(shouting: Folder) -> None:
    """The status is that of all targets together."""
    shouting.write("a.py", DEAF_TO_DIGITS)
    shouting.write("b.py", PERFECT)
    assert shouting.pytest("--target=a.py", "--target=b.py", *SHOUTING).status == 1


def test_only_the_target_is_collected(shouting: Folder) -> None:
    """Tests that lie about are another matter, wherever ini options say they lie."""
    shouting.write("server.py", PERFECT)
    shouting.write("test_other.py", "raise SystemExit('was imported')\n")
    shouting.write("pytest.ini", "[pytest]\ntestpaths = .\n")
    run = shouting.grade(*SERVER)
    assert (run.status, run.card["score"]) == (0, 100)
    assert "collected 4 items" in run.out


def test_with_paths_the_target_is_not_collected(shouting: Folder) -> None:
    """The tests that were named run, and the header says why nothing is graded."""
    shouting.write("server.py", MUTE)
    shouting.write("test_other.py", "def test_passes(): pass\n")
    run = shouting.pytest(*SERVER, "test_other.py")
    assert run.status == 0
    assert "--target grades nothing here, because paths are given" in run.out
    assert "1 passed" in run.out


def test_the_first_failure_may_end_the_run(shouting: Folder) -> None:
    """With -x the rest is not judged, and a run that was cut short is no success."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    run = shouting.grade(*SERVER, "-x")
    assert run.outcomes["leaves-digits-alone"] == "failed"
    reasons = {result["reason"] for result in run.card["results"][2:]}
    assert (run.status, reasons, run.card["complete"]) == (1, {INTERRUPTED}, False)
    shouting.write("server.py", LOUD)
    assert shouting.pytest(*SERVER, "-x").status == 1


@pytest.mark.parametrize("workers", [[], ["-n2"]])
def test_a_selection_leaves_the_total_as_it_is(workers: list[str], shouting: Folder) -> None:
    """What -k leaves out is not judged, for this reason; what it selects is shown alone."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    run = shouting.grade(*SERVER, "-k", "digits", *workers)
    assert run.outcomes.pop("leaves-digits-alone") == "failed"
    reasons = [result["reason"] for result in run.card["results"]]
    assert reasons == [NOT_SELECTED, None, NOT_SELECTED, NOT_SELECTED]
    assert sum(result["max_points"] for result in run.card["results"]) == 100
    assert "0 of 30" in run.out
    assert NOT_SELECTED not in run.out


def test_the_last_failures_can_be_run_alone(shouting: Folder) -> None:
    """--lf selects what failed before."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    before = shouting.pytest(*SERVER)
    run = shouting.grade(*SERVER, "--lf")
    assert run.outcomes == {
        "shouts": "not-judged",
        "leaves-digits-alone": "failed",
        "whispers-back": "failed",
        "knows-german": "not-judged",
    }, before.out + run.out
    shouting.write("server.py", PERFECT)
    assert shouting.grade(*SERVER, "--lf").outcomes["whispers-back"] == "passed"


def test_ctrl_c_leaves_a_complete_report(shouting: Folder) -> None:
    """Every behaviour is in it, those that were not asked as not judged, and pytest says 2."""
    shouting.write("server.py", SLOW)
    run = shouting.interrupted(*SERVER, "-v", after="collected 4 items")
    assert run.status == 2, run.said
    assert set(run.outcomes.values()) == {"not-judged"}
    assert {result["reason"] for result in run.card["results"]} == {INTERRUPTED}
    assert [result["max_points"] for result in run.card["results"]] == [60, 30, 10, 0]
    assert "KeyboardInterrupt" in run.out
    assert list(shouting.path.glob(".result.json*")) == []


def test_what_another_plugin_stops_is_not_judged(shouting: Folder) -> None:
    """A limit of pytest-timeout is no verdict on the program."""
    shouting.write("server.py", SLOW)
    run = shouting.grade(*SERVER, "--timeout=0.5", "-k", "shouts")
    assert run.outcomes["shouts"] == "not-judged"
    assert "pytest stopped it before there was a verdict" in run.card["results"][0]["reason"]
    assert "Timeout" in run.card["results"][0]["reason"]


def test_a_session_without_a_target_is_left_alone(shouting: Folder) -> None:
    """Its conftest.py is loaded, its tests run, and nothing is said of sockets."""
    shouting.write("conftest.py", "import pytest\n@pytest.fixture\ndef server(): return 5\n")
    shouting.write("test_other.py", "def test_five(server): assert server == 5\n")
    run = shouting.pytest("-v")
    assert run.status == 0
    assert run.out.count("sockets") == run.out.count("sockets-0.1.0")
    assert "test_other.py::test_five PASSED" in run.out


def test_collecting_runs_nothing(shouting: Folder) -> None:
    """--collect-only lists the behaviours and writes no report."""
    shouting.write("server.py", SLOW)
    run = shouting.grade(*SERVER, "--collect-only", "-q")
    assert run.out.split("\n")[:4] == [
        "server.py::tcp-shout-server/shouts",
        "server.py::tcp-shout-server/leaves-digits-alone",
        "server.py::tcp-shout-server/whispers-back",
        "server.py::tcp-shout-server/knows-german",
    ]
    assert (run.status, (shouting.path / "result.json").exists()) == (0, False)
