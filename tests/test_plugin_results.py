"""The reports that other programs read: complete, valid, and the same however the run was made."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from importlib import resources
from typing import Any

import jsonschema
import pytest
from homework import (
    DEAF_TO_DIGITS,
    FAILED,
    HELLO_SCRIPT,
    MUTE,
    PERFECT,
    SHOUT,
    SHOUTING,
    SPINS_AFTER_DIGITS,
)
from running import Folder, Run

SERVER = ("--target=server.py", *SHOUTING)
SLUGS = ["shouts", "leaves-digits-alone", "whispers-back", "knows-german"]
LATE = """\
import signal
from pytest_sockets import session

write = session.write_reports


def late(*arguments, **named):
    signal.raise_signal(signal.SIGINT)
    return write(*arguments, **named)


session.write_reports = late
"""
"""Presses Ctrl-C when everything was judged."""
HOSTILE = """\
import os
import pytest

os.environ["HOSTILE"] = "loaded"
print("HOSTILE")


@pytest.fixture(autouse=True)
def server():
    raise SystemExit(5)


client = target = server


def pytest_collection_modifyitems(items):
    items.clear()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.outcome = "passed"
    return report
"""


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with the exercise in it."""
    folder.write("shout.py", SHOUT)
    return folder


def lasting(run: Run) -> list[dict[str, Any]]:
    """Return the scorecards without what differs from run to run: times, ports, events."""
    cards: list[dict[str, Any]] = json.loads(
        re.sub(r"127\.0\.0\.1', \d+", "", json.dumps(run.cards))
    )
    for card in cards:
        for result in card["results"]:
            for name in ("duration", "transcript", "lines"):
                del result[name]
    return cards


def properties(run: Run) -> dict[str, dict[str, str]]:
    """Return the properties of each test case of the JUnit report, by its name."""
    cases = ET.parse(run.folder / "junit.xml").getroot().iter("testcase")
    found = [
        (case.attrib["name"], {p.attrib["name"]: p.attrib["value"] for p in case.iter("property")})
        for case in cases
    ]
    assert len(found) == len(dict(found)), "a behaviour is there twice"
    return dict(found)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-x"],
        ["-k", "digits"],
        ["-n2"],
        ["-n2", "-x"],
        ["-n2", "-k", "digits"],
        ["-n2", "--lf"],
    ],
    ids=" ".join,
)
def test_the_report_is_valid_and_holds_everything(options: list[str], shouting: Folder) -> None:
    """By its schema, with all behaviours in their order and the fixed total."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    run = shouting.grade(*SERVER, *options)
    schema = resources.files("pytest_sockets.reports") / "result.schema.json"
    jsonschema.validate(
        run.document,
        json.loads(schema.read_text("utf-8")),
        format_checker=jsonschema.FormatChecker(),
    )
    assert list(run.outcomes) == SLUGS
    assert [result["max_points"] for result in run.card["results"]] == [60, 30, 10, 0]
    assert run.document["seed"] == 4711
    assert list(shouting.path.glob(".result.json*")) == []


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "-n2"])
def test_an_interrupted_run_leaves_complete_reports(workers: list[str], shouting: Folder) -> None:
    """What was judged before Ctrl-C keeps its verdict, in JSON and in JUnit."""
    shouting.write("server.py", SPINS_AFTER_DIGITS)
    run = shouting.interrupted(*SERVER, "-v", "--junitxml=junit.xml", *workers, after=FAILED)
    assert run.status == 2, run.said
    assert list(run.outcomes) == SLUGS
    assert run.outcomes["leaves-digits-alone"] == "failed"
    assert run.outcomes["whispers-back"] == "not-judged"
    outcomes = {name.partition("/")[2]: told["outcome"] for name, told in properties(run).items()}
    assert outcomes == run.outcomes


def test_ctrl_c_while_reports_are_written_takes_none_of_them(shouting: Folder) -> None:
    """All was judged by then: only the status tells of it."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    shouting.write("late.py", LATE)
    path = {"PYTHONPATH": str(shouting.path)}
    run = shouting.grade("-p", "late", *SERVER, "--junitxml=junit.xml", env=path)
    assert (run.status, run.err) == (2, "")
    assert list(run.outcomes) == SLUGS
    assert "not-judged" not in run.outcomes.values()
    assert len(properties(run)) == len(SLUGS)
    assert "tcp-shout server" in run.out


@pytest.mark.parametrize("options", [[], ["-x"], ["-k", "digits"], ["-n2"]], ids=" ".join)
def test_junit_holds_points_and_outcome_of_every_behaviour(
    options: list[str], shouting: Folder
) -> None:
    """Also of those that were never run, and each once."""
    shouting.write("server.py", MUTE)
    run = shouting.grade(*SERVER, "--junitxml=junit.xml", *options)
    results = {result["id"]: result for result in run.card["results"]}
    told = properties(run)
    assert set(told) == set(results)
    for name, result in results.items():
        assert told[name]["outcome"] == result["outcome"]
        assert told[name]["points"] == str(result["points"])
        assert told[name]["max_points"] == str(result["max_points"])
        assert told[name]["blocked_by"] == (result["blocked_by"] or "")


@pytest.mark.parametrize("program", [DEAF_TO_DIGITS, MUTE], ids=["one must", "what others need"])
def test_xdist_gives_the_same_scorecard(program: str, shouting: Folder) -> None:
    """However the behaviours are spread over two workers."""
    shouting.write("server.py", program)
    alone = shouting.grade(*SERVER)
    spread = shouting.grade(*SERVER, "-n2")
    assert lasting(spread) == lasting(alone)
    assert spread.status == alone.status == 1
    assert "tcp-shout server" in spread.out


def test_xdist_grades_several_targets(shouting: Folder) -> None:
    """Each behaviour once for each of them."""
    for name in ("a.py", "b.py"):
        shouting.write(name, PERFECT)
    run = shouting.grade("--target=*.py", "--exercise=shout.py", "--role=server", "-n2", at=".")
    scores = {card["target"]: card["score"] for card in run.cards}
    assert (scores["a.py"], scores["b.py"]) == (100, 100)


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "-n2"])
@pytest.mark.parametrize("by_ini", [False, True], ids=["option", "ini"])
def test_a_hostile_conftest_changes_nothing(
    workers: list[str], by_ini: bool, shouting: Folder
) -> None:
    """Neither its fixtures nor its hooks take part, and testpaths leads nowhere."""
    shouting.write("server.py", DEAF_TO_DIGITS)
    honest = shouting.grade(*SERVER)
    shouting.write("conftest.py", HOSTILE)
    shouting.write("tests/conftest.py", HOSTILE)
    shouting.write("tests/test_other.py", "def test_other(): pass\n")
    ini = "target = server.py\n" if by_ini else ""
    shouting.write("pytest.ini", f"[pytest]\ntestpaths = tests\n{ini}")
    options = SHOUTING if by_ini else SERVER
    run = shouting.grade(*options, *workers)
    assert lasting(run) == lasting(honest)
    assert (run.status, "HOSTILE" in run.said) == (1, False)


def test_a_folder_that_shadows_the_suite_changes_nothing(folder: Folder) -> None:
    """A student's own conformance, reference or tests is not the one that grades."""
    folder.write("tcp_hello_server.py", HELLO_SCRIPT)
    for name in ("conformance", "reference", "reports", "wire"):
        folder.write(f"{name}/__init__.py", "raise SystemExit('shadow')\n")
    run = folder.grade("--target=tcp_hello_server.py")
    assert (run.status, run.card["score"]) == (0, 100)


def test_the_old_report_stays_until_the_new_one_is_whole(shouting: Folder) -> None:
    """Nobody ever reads half of one: the file is replaced, not written over."""
    shouting.write("server.py", PERFECT)
    shouting.write("result.json", "old")
    shouting.write("linked.json", "")
    (shouting.path / "linked.json").unlink()
    (shouting.path / "linked.json").hardlink_to(shouting.path / "result.json")
    run = shouting.grade(*SERVER)
    assert run.card["score"] == 100
    assert (shouting.path / "linked.json").read_text() == "old"


def test_the_same_seed_gives_the_same_payloads(folder: Folder) -> None:
    """And another seed others: the printed seed is all it takes."""
    folder.write("server.py", HELLO_SCRIPT)
    options = ("--target=server.py", "--exercise=tcp-echo", "-k", "returns-the-same-bytes")
    runs = [folder.grade(*options, f"--sockets-seed={seed}").card for seed in (1, 1, 2)]
    expected = [[result["expected"] for result in card["results"]] for card in runs]
    assert expected[0] == expected[1] != expected[2]
