"""A cluster that can't be used, or no longer: one sentence says why, and what to do."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pytest_sockets.cli import main
from pytest_sockets.courses import cluster as cluster_module
from pytest_sockets.courses import remote
from pytest_sockets.courses.cluster import Cluster
from pytest_sockets.courses.grader import Settings
from pytest_sockets.courses.notices import BadCourse
from pytest_sockets.courses.pool import Task
from pytest_sockets.courses.serve import from_line

from .classes import write
from .clusters import GOOD, WAIT, distributed, running, settings_for, task
from .clusters import local as local  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.timeout(600)]

OTHER = "Metadata-Version: 2.1\nName: pytest-sockets\nVersion: 9.9\n"

LACKING = """
import importlib.metadata

there = importlib.metadata.distribution


def distribution(name):
    if name == "pytest-sockets":
        raise importlib.metadata.PackageNotFoundError(name)
    return there(name)


importlib.metadata.distribution = distribution
"""
"""Makes an interpreter as it is where pytest-sockets is not installed."""


def test_a_scheduler_that_goes_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    """With how to go on."""
    folder = write(tmp_path / "ada", {"address_bits.py": GOOD})
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen([*command, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
                                 stderr=subprocess.PIPE, text=True)  # fmt: skip
    with scheduler:
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, "")
        address = next(found for line in lines
                       for found in re.findall(r"Scheduler at: +(\S+)", line))  # fmt: skip
        with Cluster(Settings(seed=1, cluster=address)) as cluster:
            assert str(cluster.description).startswith(f"the cluster {address} has no workers yet")

            def tasks() -> Iterator[Task]:
                yield task(folder)
                scheduler.kill()

            with pytest.raises(BadCourse, match="does not answer any more; go on with --resume"):
                list(cluster.grade(tasks()))


@contextmanager
def worker_with(path: Path) -> Iterator[str]:
    """Start a cluster whose worker finds modules at ``path`` first; yield the scheduler's address.

    The worker is a process of its own: those of LocalCluster look where we do.
    """
    command = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--no-dashboard"]
    with running(0) as none, distributed.Client(none) as client:
        worker = subprocess.Popen([*command, "--nthreads", "1", none.scheduler_address],
                                  env={**os.environ, "PYTHONPATH": str(path)}, cwd=path,
                                  stderr=subprocess.DEVNULL)  # fmt: skip
        with worker:
            try:
                client.wait_for_workers(1, WAIT)
                yield none.scheduler_address
            finally:
                worker.kill()


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    """Before anything is graded, and with what is to be installed where."""
    site = write(tmp_path / "site", {"pytest_sockets-9.9.dist-info/METADATA": OTHER})
    with worker_with(site) as address, pytest.raises(BadCourse) as refused:
        Cluster(Settings(seed=1, cluster=address))
    needed = f"has pytest-sockets 9.9, and {version('pytest-sockets')} is needed: install it there"
    assert re.fullmatch(rf"the worker tcp://[0-9.:]+ {re.escape(needed)}", str(refused.value))


def test_a_worker_without_pytest_sockets_is_refused(tmp_path: Path) -> None:
    """The package has to be wherever something is graded."""
    site = write(tmp_path / "site", {"sitecustomize.py": LACKING})
    with worker_with(site) as address, pytest.raises(BadCourse) as refused:
        Cluster(Settings(seed=1, cluster=address))
    assert "has no pytest-sockets: install" in str(refused.value)


def test_a_worker_that_can_t_contain_programs_is_refused_where_it_must(local: Any) -> None:
    """Spawned programs are contained by nothing but their folder, on any machine."""
    with pytest.raises(BadCourse, match=r"^the worker tcp://.*: strict containment runs nothing"):
        Cluster(settings_for(local, containment="strict", portable=True))


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ({"pytest-sockets": "1", "python": "3.11.7"}, None),
        ({"pytest-sockets": "", "python": "3.11.7"}, "x has no pytest-sockets: install 1 there"),
        ({"pytest-sockets": "2", "python": "3.11.7"},
         "x has pytest-sockets 2, and 1 is needed: install it there"),
        ({"pytest-sockets": "1", "python": "3.11.8"},
         "x runs programs with Python 3.11.8, and the grader counts on 3.11.7"),
        ({"pytest-sockets": "1", "python": ""}, "x has no such interpreter as --python names"),
    ],
)  # fmt: skip
def test_only_the_grader_s_own_versions_grade(theirs: dict[str, str], told: str | None) -> None:
    """Its records say by which versions a mark was made."""
    wrong = remote.mismatch("x", {"pytest-sockets": "1", "python": "3.11.7"}, theirs)
    assert (wrong and str(wrong)) == told


def test_a_worker_that_comes_later_is_asked_as_well(tmp_path: Path) -> None:
    """Its answer is the reason, in place of a result."""
    run = {"id": "x", "manner": {"python": ""}, "limit": 1.0,
           "versions": {"pytest-sockets": "0", "python": "2.7"}}  # fmt: skip
    came = from_line("a", remote.grade(b"{}", json.dumps(run)))
    assert came.document is None
    assert "has pytest-sockets" in str(came.reason)


def test_an_interpreter_that_is_not_there_has_no_version() -> None:
    """``--python`` names a path of the workers' machines."""
    assert remote.versions("/nowhere/python")["python"] == ""


def test_nobody_at_the_address_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the port is closed, or somebody else is there who says nothing."""
    monkeypatch.setattr(cluster_module, "CONNECT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        silent = refusal(tmp_path, monkeypatch, "--cluster", address)
    closed = refusal(tmp_path, monkeypatch, "--cluster", address)
    assert f"no Dask cluster answers at {address}: Timed out" in closed
    assert "somebody is there, and does not speak as Dask does" in silent
    assert "missing port number" in refusal(tmp_path, monkeypatch, "--cluster", "here")


def test_what_is_to_be_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask is needed for nothing else."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = refusal(tmp_path, monkeypatch, "--cluster", "tcp://127.0.0.1:1")
    assert "--cluster needs Dask: pip install 'pytest-sockets[cluster]'" in told


def refusal(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Return what ``grade`` says when it refuses."""
    monkeypatch.chdir(write(folder, {"hw/ada/address_bits.py": GOOD}))
    command = ["grade", "hw", "--exercise", "address-bits", *words]
    result = CliRunner().invoke(main, command, env={"LANGUAGE": "en"})
    assert result.exit_code == 2, result.output
    return " ".join(result.output.split())
