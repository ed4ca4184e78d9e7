"""A class graded by a Dask cluster of processes: the same marks, whoever of them dies."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from facilities import proved

from pytest_sockets import catalogue
from pytest_sockets.courses import parcel, remote
from pytest_sockets.courses.cluster import Cluster
from pytest_sockets.courses.grader import Grader, Settings
from pytest_sockets.courses.homework import whole_exercise
from pytest_sockets.courses.pool import Task
from pytest_sockets.courses.store import Store

from .classes import found, history, last_records, write
from .clusters import (
    GOOD,
    ROOT,
    STUDENTS,
    WAIT,
    class_in,
    dask_worker_above,
    graded,
    reporting,
    running,
    settings_for,
    task,
    verdicts,
)
from .clusters import local as local  # noqa: PLC0414 - a fixture
from .test_grade_command import environment

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.timeout(600)]

HELLO = {f"{role}.py": (ROOT / "reference" / f"tcp_hello_{role}.py").read_text("utf-8")
         for role in ("server", "client")}  # fmt: skip


def test_the_marks_are_those_of_one_machine(local: Any, tmp_path: Path) -> None:
    """Points, outcomes and what is told of them, for programs, files and oddities alike."""
    class_in(tmp_path)
    there, here = graded(tmp_path, at=local), graded(tmp_path)
    assert verdicts(there) == verdicts(here)
    assert there["ada"].conditions["cluster"] == local.scheduler_address


@proved  # how long was waited is told elsewhere, and never the same twice
def test_servers_clients_and_pairs_are_graded_alike(local: Any, tmp_path: Path) -> None:
    """What a program talks with runs where it is graded."""
    class_in(tmp_path, {"ada": HELLO, "bob": {**HELLO, "client.py": "print('hello')\n"}})
    homework = whole_exercise(catalogue.exercises()["tcp-hello"])
    assert verdicts(graded(tmp_path, homework, at=local)) == verdicts(graded(tmp_path, homework))


def test_a_worker_that_is_killed_while_it_grades_costs_nothing(tmp_path: Path) -> None:
    """Another one takes over what it had in hand, and nothing of it is left."""
    killed: list[psutil.Process] = []
    gone: list[psutil.Process] = []
    with running() as three:

        def came(grading: psutil.Process) -> None:
            if not killed:
                killed.append(dask_worker_above(grading, three))
                gone.extend(killed[0].children(recursive=True))
                killed[0].send_signal(signal.SIGKILL)

        with reporting(class_in(tmp_path), came) as homework:
            there = graded(tmp_path, homework, at=three)
            here = graded(tmp_path, homework)
        assert killed
        assert killed[0].pid not in {worker.pid for worker in three.workers.values()}
        assert not psutil.wait_procs(gone, WAIT)[1]
    assert set(there) == set(STUDENTS)
    assert verdicts(there) == verdicts(here)


def test_what_kills_every_worker_is_told_and_the_others_are_graded(tmp_path: Path) -> None:
    """Nothing is lost, and nothing goes on for ever."""
    import dask

    class_in(tmp_path, {name: {"address_bits.py": GOOD} for name in ("ada", "bob")})
    number = 0
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), running(1) as one:

        def came(grading: psutil.Process) -> None:
            nonlocal number
            number += 1
            if number == 1:
                dask_worker_above(grading, one).send_signal(signal.SIGKILL)

        with reporting(tmp_path, came) as homework:
            submissions = found(tmp_path / "hw", tmp_path / "w", homework=homework).submissions
            settings = Settings(seed=5, cluster=one.scheduler_address)
            with Store(tmp_path / "s.db") as store, Cluster(settings, most=1) as cluster:
                records = list(Grader(homework, submissions, store, settings).run(cluster))
    assert [record.status for record in records] == ["not-judged", "graded"], [
        record.reason for record in records
    ]
    assert records[0].reason == "the worker of the cluster that graded it died, in each of 1 tries"


def test_a_process_that_is_killed_below_a_worker_is_replaced(tmp_path: Path) -> None:
    """The worker itself goes on; Dask tries the submission once more."""
    class_in(tmp_path, {"ada": {"address_bits.py": GOOD}})
    seen: list[int] = []
    with running(1) as one:

        def came(grading: psutil.Process) -> None:
            seen.append(dask_worker_above(grading, one).pid)
            if len(seen) == 1:
                grading.parents()[0].send_signal(signal.SIGKILL)

        with reporting(tmp_path, came) as homework:
            records = graded(tmp_path, homework, at=one)
    assert records["ada"].status == "graded"
    assert len(seen) == 2
    assert len(set(seen)) == 1


def test_no_more_tasks_are_taken_than_are_asked_for(local: Any, tmp_path: Path) -> None:
    """A class of hundreds does not lie in the scheduler's memory at once."""
    folder = write(tmp_path / "ada", {"address_bits.py": GOOD})
    taken, most_open, finished = 0, 0, 0

    def tasks() -> Iterator[Task]:
        nonlocal taken, most_open
        for number in range(8):
            taken += 1
            most_open = max(most_open, taken - finished)
            yield task(folder, str(number))

    with Cluster(settings_for(local), most=3) as cluster:
        for each in cluster.grade(tasks()):
            finished += 1
            assert each.document["result"]
    assert (taken, finished, most_open) == (8, 8, 3)


def test_what_is_too_large_to_be_sent_is_told_and_the_others_are_graded(
    local: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be graded where it lies."""
    monkeypatch.setattr(parcel, "MOST_FILES", 3)
    small = write(tmp_path / "ada", {"address_bits.py": GOOD})
    large = write(tmp_path / "bob", {f"{number}.txt": "x" for number in range(4)})
    with Cluster(settings_for(local)) as cluster:
        came = {each.key: each for each in cluster.grade([task(large, "bob"), task(small, "ada")])}
    assert came["ada"].document["result"]
    assert came["bob"].document is None
    assert str(came["bob"].reason) == (
        "it was not sent to the cluster: it has more than 3 files or 64 MiB; "
        "grade it here, by --resume without --cluster"
    )


def test_nothing_is_left_of_a_run_that_is_given_up(local: Any, tmp_path: Path) -> None:
    """Neither tasks nor processes, though a submission is being graded."""
    busy = threading.Event()
    seen: list[psutil.Process] = []
    hold = threading.Event()

    def came(grading: psutil.Process) -> None:
        seen.append(grading)
        busy.set()
        hold.wait(WAIT)

    folder = write(tmp_path / "ada", {"address_bits.py": GOOD})
    with reporting(tmp_path, came) as homework:
        own = str(homework.parts[0].source)
        document = json.loads(task(folder).document)
        document["parts"][0]["exercise"] = own
        with Cluster(settings_for(local)) as cluster:
            going = cluster.grade([Task("quick", task(folder).document),
                                   Task("slow", json.dumps(document).encode())])  # fmt: skip
            assert next(going).key == "quick"
            assert busy.wait(WAIT)
            going.close()  # type: ignore[attr-defined]
        assert not psutil.wait_procs(seen, WAIT)[1]
        hold.set()
    pids = [worker.pid for worker in local.workers.values()]
    serving = [process for pid in pids for process in psutil.Process(pid).children()
               if remote.START in _command(process)]  # fmt: skip
    assert not psutil.wait_procs(serving, WAIT)[1]


def _command(process: psutil.Process) -> list[str]:
    """Return the words by which it was started; none once it has ended."""
    with suppress(psutil.Error):
        return process.cmdline()
    return []


def test_a_grade_that_is_interrupted_goes_on_with_resume(local: Any, tmp_path: Path) -> None:
    """On the cluster or on one machine; what was finished is not done again."""
    class_in(tmp_path)
    (tmp_path / "tmp").mkdir()
    words = ["--exercise", "address-bits", "--seed", "5"]
    there = ["--cluster", local.scheduler_address]
    with started(tmp_path, *words, *there) as process:
        assert process.stdout is not None
        assert any(line.startswith("[1/") for line in process.stdout)
        process.send_signal(signal.SIGINT)
        told = process.stdout.read()
    assert process.returncode == 128 + signal.SIGINT, told
    assert "stopped; what is finished is kept in grades.db: go on with --resume" in told
    assert "Traceback" not in told
    with started(tmp_path, *words, "--resume") as process:
        told, _ = process.communicate()
    with Store(tmp_path / "grades.db") as store:
        assert {len(history(store, student)) for student in STUDENTS} == {1}
        resumed = last_records(store)
    assert verdicts(resumed) == verdicts(graded(tmp_path))


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start a grade of the class in ``folder``."""
    command: Sequence[str] = [sys.executable, "-m", "pytest_sockets.cli", "grade", "hw", *words]
    return subprocess.Popen(command, cwd=folder, env=environment(folder), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            encoding="utf-8")  # fmt: skip
