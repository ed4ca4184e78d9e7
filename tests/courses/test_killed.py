"""A grader that is killed by signal 9, ten times at random, makes the same gradebook in the end."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from pytest_sockets.courses.store import Store

from .classes import Files, write
from .test_grade_command import environment

pytestmark = pytest.mark.xdist_group("grade")

ROOT = Path(__file__).parent.parent.parent
KILLING = Path(__file__).parent / "killing.py"
KILLS = 10
MOST_RUNS = 20
NEVER = -1

FUNCTION = (ROOT / "reference" / "address_bits_function.py").read_text("utf-8")
SERVER = (ROOT / "reference" / "tcp_hello_server.py").read_text("utf-8")
DEAF = "import socket\nlistener = socket.socket()\nlistener.bind(('127.0.0.1', 8000))\n"
HOMEWORK = """\
title = "Both"
pass_mark = 60

[[part]]
exercise = "address-bits"
role = "function"
points = 30

[[part]]
exercise = "tcp-hello"
role = "server"
points = 20
"""


def students(seed: int) -> dict[str, Files]:
    """Return a class in which everything is right, wrong or missing as ``seed`` has it."""
    chance = random.Random(seed)
    kinds: list[Files] = [
        {"address_bits.py": FUNCTION, "server.py": SERVER},
        {"address_bits.py": "def address_bits(address):\n    return address\n"},
        {"address_bits.py": FUNCTION, "server.py": DEAF},
        {"server.py": SERVER},
        {"notes.txt": "sorry"},
    ]
    return {f"student {number:02}": chance.choice(kinds) for number in range(7)}


def run(folder: Path, moment: int, *words: str) -> tuple[int, dict[str, Any]]:
    """Grade the class; return the exit status, and what is told of the end."""
    told = folder / "told.json"
    command = [sys.executable, str(KILLING), str(moment), str(told), "grade", str(folder / "hw"),
               "--assignment", str(folder / "hw.toml"), "--workers", "2", *words]  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True,
                          timeout=300, check=False, encoding="utf-8")  # fmt: skip
    end = json.loads(told.read_text("utf-8"))
    return done.returncode, {**end, "said": done.stdout + done.stderr}


def moments(seed: int, told: dict[str, Any]) -> Iterator[int]:
    """Yield moments for kills: at first early while submissions are graded, then at any time."""
    chance = random.Random(seed)
    first, last = told["grading"]
    for _ in range(KILLS // 2):
        yield chance.randrange(first, first + (last - first) // 3)
    # A run that has nothing left to grade comes at least as far as this.
    shortest = told["count"] - (last - first)
    for _ in range(MOST_RUNS):
        yield chance.randrange(1, shortest)


def gone(processes: list[list[float]]) -> bool:
    """Wait until the processes, of which ids and times of creation are given, have ended."""
    left = []
    for pid, created in processes:
        try:
            process = psutil.Process(int(pid))
        except psutil.NoSuchProcess:
            continue
        if process.create_time() == created:
            left.append(process)
    return not psutil.wait_procs(left, timeout=60)[1]


def written(folder: Path) -> dict[str, Any]:
    """Return all outputs; what differs between two runs in nothing but times is the same here.

    The gradebooks are told byte for byte. Which ports a program got, and in which order
    it was seen to do what it does at once, is part of a student's exchange: of that what
    was asked, expected and decided.
    """
    found: dict[str, Any] = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    for name, times in (("junit.xml", r' time="[^"]*"'), ("class.html", r"\d{4}-\d\d-\d\d [\d:]+")):
        found[name] = re.sub(times, "", (folder / name).read_text("utf-8"))
    for path in sorted((folder / "students").iterdir()):
        found[path.name] = path.suffix
        if path.suffix == ".json":
            document = json.loads(path.read_text("utf-8"))
            found[path.name] = [
                [card["target"], card["score"], card["max_score"], card["complete"],
                 [[result[key] for key in ("id", "outcome", "points", "max_points", "expected",
                                           "blocked_by")] for result in card["results"]]]
                for card in document["scorecards"]
            ]  # fmt: skip
    return found


def times_graded(store: Path) -> dict[str, int]:
    """Return how many records each student has."""
    with closing(sqlite3.connect(store)) as base:
        return dict(base.execute("SELECT student, count(*) FROM record GROUP BY student"))


@pytest.mark.timeout(600)
def test_ten_kills_change_nothing_in_the_gradebook(tmp_path: Path) -> None:
    """Every output is that of an undisturbed run, and nothing that was finished is repeated."""
    pytest.importorskip("jinja2")
    for name, files in students(4).items():
        write(tmp_path / "hw" / name, files)
    (tmp_path / "hw.toml").write_text(HOMEWORK)
    (tmp_path / "tmp").mkdir()
    calm = ["--seed", "5", "--store", "calm.db", "--output", "calm"]
    status, told = run(tmp_path, NEVER, *calm)
    assert status == 0, told["said"]
    disturbed = ["--seed", "5", "--store", "disturbed.db", "--output", "disturbed", "--resume"]
    kills, in_the_middle = 0, 0
    for moment in moments(11, told):
        status, end = run(tmp_path, moment, *disturbed)
        if status == 0:
            continue  # resumed it has less to do, and came to its end before that moment
        assert status == -9, end["said"]
        assert gone(end["processes"])
        with Store(tmp_path / "disturbed.db") as store:
            in_the_middle += any(store.last(key) is None for key in end["graded"])
        kills += 1
        if kills == KILLS:
            break
    assert kills == KILLS
    assert in_the_middle
    status, end = run(tmp_path, NEVER, *disturbed)
    assert status == 0, end["said"]
    assert written(tmp_path / "disturbed") == written(tmp_path / "calm")
    assert times_graded(tmp_path / "disturbed.db") == dict.fromkeys(students(4), 1)
    with Store(tmp_path / "disturbed.db") as store:
        assert len(store.runs()) == 1
    assert not [path for path in (tmp_path / "tmp").iterdir() if path.is_dir()]
