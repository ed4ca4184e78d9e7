"""Somebody kills the harness, the warm interpreter or a guardian: nothing hangs, nothing stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.survivors import MARK
from pytest_sockets.programs.warm import Site
from pytest_sockets.wire.transcript import Transcript

from .families import FAMILIES, LISTENING
from .steps import Stage, ended, gone, wait_for, working_in

HARNESS = """\
import os, sys
from pathlib import Path
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find
from pytest_sockets.wire.transcript import Transcript
runner = Runner(sys.executable)
place = runner.place(find("program.py", folder=Path(sys.argv[1]))[0])
program = place.start(Transcript())
while b"ready" not in program.stdout and program.running:
    program.transcript.wait(lambda: b"ready" in program.stdout, 0.01)
print(program.pid, place.folder.work, flush=True)
input()
"""


def test_nothing_outlives_a_harness_that_was_killed(warm: Stage) -> None:
    """SIGKILL leaves the harness no time to clean up: the guardian does."""
    shape = FAMILIES["daemon"]
    warm.write("program.py", LISTENING + shape + "print('ready', flush=True)\nsignal.pause()\n")
    harness = subprocess.Popen(
        [sys.executable, "-c", HARNESS, str(warm.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert harness.stdout is not None
    assert harness.stdin is not None
    with harness.stdout, harness.stdin:
        _, _, work = harness.stdout.readline().strip().partition(" ")
        below = processes.tree(harness.pid)[1:]
        working = working_in(Path(work))
        assert len(working) >= 2
        harness.kill()
        harness.wait()

    assert wait_for(Transcript(), lambda: all(gone(pid) for pid in [*below, *working]))
    assert not Path(work).parent.parent.exists()


@pytest.fixture
def own(warm: Stage, tmp_path: Path) -> Iterator[Stage]:
    """Return a stage with a runner of the test's own, which it may break."""
    stage = Stage(Runner(warm.runner.python), tmp_path)
    assert isinstance(stage.runner.launcher, Site)
    yield stage
    stage.close()
    stage.runner.close()


def kill_interpreter(runner: Runner) -> None:
    """Kill the warm interpreter as somebody else would."""
    site = runner.launcher
    assert isinstance(site, Site)
    assert site._process is not None
    family = [site._process.pid, *processes.tree(site._process.pid)]
    os.kill(family[0], signal.SIGKILL)
    assert wait_for(Transcript(), lambda: gone(family[0]))


def test_a_warm_interpreter_that_was_killed_is_named_as_the_reason(own: Stage) -> None:
    """A program that can't be started for it is not judged, and nothing waits for ever."""
    own.write("program.py", "print('hello')\n")
    place = own.place()
    kill_interpreter(own.runner)

    with pytest.raises(NotJudged, match="ended from outside"):
        place.start(Transcript())


def test_a_killed_warm_interpreter_is_started_anew(own: Stage) -> None:
    """The next place has another one, and programs run as before."""
    own.write("program.py", "print('hello')\n")
    own.place()
    kill_interpreter(own.runner)
    program = ended(own.place().start(Transcript()))

    assert program.stdout == b"hello\n"
    assert isinstance(own.runner.launcher, Site)


def test_a_program_whose_guardian_was_killed_is_not_judged(own: Stage) -> None:
    """Its end was not its own: the place says so when it closes."""
    own.write("program.py", "input()\n")
    place = own.runner.place(own.target())
    program = place.start(Transcript())
    guardian = psutil.Process(program.pid).ppid()
    os.kill(guardian, signal.SIGKILL)
    ended(program)

    assert program.lost
    with pytest.raises(NotJudged, match="ended from outside"):
        place.close()
    assert wait_for(Transcript(), lambda: gone(program.pid))


def test_a_guardian_that_was_stopped_is_not_waited_for(
    own: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is killed from the harness's side when its guardian does not answer."""
    monkeypatch.setattr("pytest_sockets.programs.warm.END_LIMIT", 0.1)
    own.write("program.py", "input()\n")
    place = own.runner.place(own.target())
    program = place.start(Transcript())
    guardian = psutil.Process(program.pid).ppid()
    os.kill(guardian, signal.SIGSTOP)
    program.end()

    assert wait_for(Transcript(), lambda: gone(program.pid))
    os.kill(guardian, signal.SIGCONT)
    place.close()


def test_a_spawned_program_carries_its_mark(runners: object, tmp_path: Path) -> None:
    """What it starts inherits the mark, by which it is found wherever it went."""
    stage = Stage(Runner(portable=True), tmp_path)
    program = stage.run(f"import os\nprint(len(os.environ[{MARK!r}]))\n")

    assert program.stdout == b"32\n"
    stage.close()


def test_an_ordinary_user_has_namespaces_by_a_user_namespace(own: Stage) -> None:
    """Whoever may not make them as it is enters a user namespace first."""
    site = own.runner.launcher
    assert isinstance(site, Site)
    own.runner.close()
    if os.getuid() == 0 and site.abilities["network"]:
        assert not site.abilities["users"]
        return
    if not site.abilities["users"]:
        pytest.skip("user namespaces are not allowed here")
    assert site.abilities["processes"]
    assert site.abilities["network"]


def test_closing_a_runner_waits_for_no_program(own: Stage) -> None:
    """A program that was never ended does not hold up the end of the session."""
    own.write("program.py", "input()\n")
    place = own.runner.place(own.target())
    program = place.start(Transcript())
    own.runner.close()
    program.end()

    assert gone(program.pid)
    with contextlib.suppress(NotJudged):  # when it was gone before it was ended
        place.close()
