"""Both ways of starting a program, and folders to start it from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_sockets.programs.containment import Mode
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.warm import Site

from .steps import VERSIONS, Stage, interpreter

Make = Callable[[str, str], Runner]


@pytest.fixture(scope="session")
def runners() -> Iterator[Make]:
    """Return a function that gives the runner of an interpreter and a way of starting."""
    made: dict[tuple[str, str], Runner] = {}

    def get(way: str, version: str = "") -> Runner:
        if (way, version) not in made:
            python = interpreter(version) or "" if version else sys.executable
            runner = Runner(python, portable=way == "spawned")
            if way == "forked" and not isinstance(runner.launcher, Site):
                pytest.skip("programs can't be forked from a warm interpreter here")
            made[way, version] = runner
        return made[way, version]

    yield get
    for runner in made.values():
        runner.close()


@pytest.fixture(params=["forked", "spawned"])
def runner(request: pytest.FixtureRequest, runners: Make) -> Runner:
    """Return a runner of each way of starting programs."""
    return runners(request.param, "")


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Return each version of Python that homework is written for, where this machine has it."""
    if interpreter(request.param) is None:
        pytest.skip(f"there is no python{request.param} here")
    return str(request.param)


@pytest.fixture
def stage(runner: Runner, tmp_path: Path) -> Iterator[Stage]:
    """Return a folder for a homework that is run both ways."""
    stage = Stage(runner, tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def warm(runners: Make, tmp_path: Path) -> Iterator[Stage]:
    """Return a folder for a homework that is forked from a warm interpreter."""
    stage = Stage(runners("forked", ""), tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def isolating(warm: Stage) -> Stage:
    """Return a stage on a machine that gives programs networks of their own."""
    launcher = warm.runner.launcher
    if not isinstance(launcher, Site) or not launcher.abilities["network"]:
        pytest.skip("network namespaces are not allowed here")
    return warm


@pytest.fixture(params=["forked", "spawned"])
def other_stage(
    request: pytest.FixtureRequest, version: str, runners: Make, tmp_path: Path
) -> Iterator[Stage]:
    """Return a folder for a homework that is run both ways by each version of Python."""
    stage = Stage(runners(request.param, version), tmp_path)
    yield stage
    stage.close()


Staging = Callable[..., Stage]


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    """Return a function that makes a stage of its own, for a way of running and a containment."""
    made: list[Stage] = []

    def make(mode: Mode = "auto", *, portable: bool = False) -> Stage:
        made.append(Stage(Runner(containment=mode, portable=portable), tmp_path / "homework"))
        return made[-1]

    yield make
    for stage in made:
        stage.close()
        stage.runner.close()
