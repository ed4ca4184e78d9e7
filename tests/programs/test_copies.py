"""What few programs import is loaded in a copy of the warm interpreter, for them alone."""

from __future__ import annotations

import os

import psutil
import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.kernel import processes
from pytest_sockets.programs.warm import Site
from pytest_sockets.wire.transcript import Transcript

from .conftest import Staging
from .steps import Stage, ended

NAMES_IT = "import sys\nprint('asyncio' in sys.modules)\n"
DOES_NOT = "import sys\nprint('asyn' 'cio' in sys.modules)\n"


def said(stage: Stage, source: str) -> bytes:
    """Return what a program prints that is started, ends, and is gone."""
    stage.write("program.py", source)
    place = stage.runner.place(stage.target())
    try:
        return ended(place.start(Transcript())).stdout
    finally:
        place.close()


def copies(stage: Stage) -> set[psutil.Process]:
    """Return the warm interpreter's copies.

    Guardians, which end a little later than what they guard, are in sessions of their own.
    """
    site = stage.runner.launcher
    if not isinstance(site, Site) or site._process is None:
        pytest.skip("programs can't be forked from a warm interpreter here")
    found = psutil.Process(site._process.pid).children(recursive=True)
    session = os.getsid(site._process.pid)
    return {each for each in found if processes.alive(each.pid) and _session(each) == session}


def _session(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return None


def test_what_one_program_needs_is_not_loaded_for_the_next(staging: Staging) -> None:
    """A program finds what it would find if it were the only one."""
    stage = staging()
    before = copies(stage)
    assert said(stage, NAMES_IT) == b"True\n"
    assert said(stage, DOES_NOT) == b"False\n"
    assert said(stage, NAMES_IT) == b"True\n"
    assert len(copies(stage) - before) == 1


def test_a_copy_that_was_killed_is_replaced(staging: Staging) -> None:
    """Nothing is judged for want of it, and the next program comes from a new one."""
    stage = staging()
    before = copies(stage)
    said(stage, NAMES_IT)
    (copy,) = copies(stage) - before
    copy.kill()
    with pytest.raises(NotJudged, match="ended from outside"):
        said(stage, NAMES_IT)

    assert said(stage, NAMES_IT) == b"True\n"
    assert said(stage, DOES_NOT) == b"False\n"


def test_a_copy_ends_with_the_runner(staging: Staging) -> None:
    """It does not outlive the interpreter that it is a copy of."""
    stage = staging()
    before = copies(stage)
    said(stage, NAMES_IT)
    (copy,) = copies(stage) - before
    stage.runner.close()

    assert not processes.alive(copy.pid)
