"""A Dask cluster of processes as tests need it, and an exercise that tells who grades with it."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from pytest_sockets import catalogue
from pytest_sockets.courses.cluster import Cluster
from pytest_sockets.courses.grader import Grader, Settings
from pytest_sockets.courses.homework import Homework, whole_exercise
from pytest_sockets.courses.pool import Task
from pytest_sockets.courses.store import Record, Store

from .classes import Files, found, last_records, write
from .test_grade_command import without_times

distributed = pytest.importorskip("distributed", reason="Dask is not installed")
if os.name == "nt":
    pytest.skip("Windows ends processes in another way", allow_module_level=True)

ROOT = Path(__file__).parent.parent.parent
GOOD = (ROOT / "reference" / "address_bits_function.py").read_text("utf-8")
WRONG = "def address_bits(address):\n    return address\n"
BITS = whole_exercise(catalogue.exercises()["address-bits"])
STUDENTS: dict[str, Files] = {
    "ada": {"address_bits.py": GOOD},
    "bob": {"address_bits.py": WRONG},
    "cy": {"notes.txt": "sorry"},
    "eve": {"address_bits.py": b"\0\1\2"},
    "fay": {"a/address_bits.py": GOOD, "b/address_bits.py": WRONG},
    "张三": {"sub folder/address_bits.py": GOOD},
}
WAIT = 200.0

TELLS = """

import os
import socket

with socket.create_connection(("127.0.0.1", {port})) as _told:
    _told.sendall(str(os.getpid()).encode())
    _told.shutdown(socket.SHUT_WR)
    _told.recv(1)
"""
"""Behind an exercise: says who loads it, and goes on when it is told to."""


@contextmanager
def running(number: int = 2, **environment: str) -> Iterator[Any]:
    """Start a cluster of ``number`` processes of one thread each."""
    with distributed.LocalCluster(
        n_workers=number,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        env=environment,
    ) as made:
        yield made


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A cluster on this machine."""
    with running() as made:
        yield made


def graded(folder: Path, homework: Homework = BITS, *, at: Any = None) -> dict[str, Record]:
    """Return the record of each submission in ``folder``; without ``at`` this machine grades."""
    work = folder / f"work-{'cluster' if at else 'here'}"
    submissions = found(folder / "hw", work, homework=homework).submissions
    address = at.scheduler_address if at else ""
    settings = Settings(seed=5, workers=2, cluster=address)
    with Store(work / "grades.db") as store:
        grader = Grader(homework, submissions, store, settings)
        if at:
            with Cluster(settings) as remote_one:
                records = list(grader.run(remote_one))
        else:
            records = list(grader.run())
        assert len(records) == len(submissions)
        return last_records(store)


def verdicts(records: dict[str, Record]) -> dict[str, Any]:
    """Return all that has to be the same wherever and however often it was graded.

    In which order two processes did something is not.
    """

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            other = {"attempts", "conditions", "lines", "transcript"}
            return {name: plain(each) for name, each in value.items() if name not in other}
        return [plain(each) for each in value] if isinstance(value, list) else value

    return {student: plain(without_times(record)) for student, record in records.items()}


def class_in(folder: Path, students: dict[str, Files] = STUDENTS) -> Path:
    """Write what a class handed in."""
    for name, files in students.items():
        write(folder / "hw" / name, files)
    return folder


class Gate:
    """Where the exercise of a test reports; ``came`` gets the process that did, and may end it."""

    def __init__(self, came: Callable[[psutil.Process], None]) -> None:
        self._came = came
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                with connection.makefile("rb") as told:
                    pid = int(told.read())
                if pid != os.getpid():
                    self._came(psutil.Process(pid))

    def close(self) -> None:
        """Report no longer."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def reporting(folder: Path, came: Callable[[psutil.Process], None]) -> Iterator[Homework]:
    """Make an exercise whose file tells ``came`` of each process that grades with it."""
    gate = Gate(came)
    source = (ROOT / "conformance" / "test_address_bits.py").read_text("utf-8")
    path = write(folder, {"own.py": source + TELLS.format(port=gate.port)}) / "own.py"
    try:
        yield whole_exercise(catalogue.exercise(str(path), folder), path)
    finally:
        gate.close()


def dask_worker_above(process: psutil.Process, of: Any) -> psutil.Process:
    """Return the worker of the cluster that has started ``process``, directly or not."""
    pids = {worker.pid for worker in of.workers.values()}
    (above,) = [each for each in process.parents() if each.pid in pids]
    return above


def task(folder: Path | None, key: str = "a") -> Task:
    """Return a task as the grader makes it."""
    part = {"exercise": "address-bits", "role": "function", "program": "address_bits.py",
            "problem": "", "unclear": False}  # fmt: skip
    document = {"folder": str(folder or ""), "origin": key, "seed": 1, "parts": [part]}
    return Task(key, json.dumps(document).encode())


def settings_for(local: Any, **others: Any) -> Settings:
    """Return how ``local`` grades."""
    return Settings(seed=1, cluster=local.scheduler_address, **others)
