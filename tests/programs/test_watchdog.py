"""A harness that is killed leaves nothing, also where each program is an interpreter of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Runner
from pytest_sockets.wire.transcript import Transcript

from .families import FAMILIES, LISTENING
from .steps import Stage, ended, gone, wait_for, working_in

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are found by their working folder on Linux only"
)

HARNESS = """\
import sys
from pathlib import Path
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find
from pytest_sockets.wire.transcript import Transcript
runner = Runner(sys.executable, portable=True)
spec = "cmd:" + sys.executable + " program.py {port}" if sys.argv[2:] else "program.py"
place = runner.place(find(spec, folder=Path(sys.argv[1]))[0])
program = place.start(Transcript())
while b"ready" not in program.stdout and program.running:
    program.transcript.wait(lambda: b"ready" in program.stdout, 0.01)
print(program.pid, place.folder.work, flush=True)
input()
"""


@pytest.mark.parametrize("command", [[], ["command"]], ids=["script", "command"])
@pytest.mark.parametrize("family", ["daemon", "other_program_in_own_session"])
def test_nothing_outlives_a_harness_that_was_killed(
    family: str, command: list[str], tmp_path: Path
) -> None:
    """Neither a program and what it has put elsewhere, nor its folder, nor the watchdog."""
    # The addresses of a command are the machine's own, where another test may be.
    listening = LISTENING.replace("8000", "0")
    source = listening + FAMILIES[family] + "print('ready', flush=True)\nsignal.pause()\n"
    (tmp_path / "program.py").write_text(source, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", HARNESS, str(tmp_path), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as harness:
        assert harness.stdout is not None  # fmt: skip
        work = Path(harness.stdout.readline().strip().partition(" ")[2])
        below, working = processes.tree(harness.pid)[1:], working_in(work)
        assert len(working) >= 2
        harness.kill()

    assert wait_for(Transcript(), lambda: all(gone(pid) for pid in {*below, *working}))
    assert not work.parent.parent.exists()


def test_a_program_that_ended_is_not_watched_any_more(tmp_path: Path) -> None:
    """The end of the session finds nothing to do, and the watchdog ends with it."""
    before = set(psutil.Process().children())
    stage = Stage(Runner(portable=True), tmp_path)
    stage.run("print('hello')\n")
    (watchdog,) = set(psutil.Process().children()) - before
    assert watchdog.cmdline()[-1] == "watchdog"
    stage.close()
    stage.runner.close()

    assert not watchdog.is_running()


def test_a_watchdog_that_was_killed_changes_nothing(tmp_path: Path) -> None:
    """Programs are started, and taken down in order, as before."""
    stage = Stage(Runner(portable=True), tmp_path)
    before = set(psutil.Process().children())
    stage.run("print('hello')\n")
    (watchdog,) = set(psutil.Process().children()) - before
    watchdog.kill()
    watchdog.wait()
    program = ended(stage.place().start(Transcript()))

    assert program.stdout == b"hello\n"
    stage.close()
    stage.runner.close()
    assert gone(program.pid)


def test_a_session_s_own_end_leaves_no_program_to_the_watchdog(tmp_path: Path) -> None:
    """What was never ended is taken down when the runner closes."""
    stage = Stage(Runner(portable=True), tmp_path)
    stage.write("program.py", "input()\n")
    program = stage.place().start(Transcript())
    assert os.path.exists(f"/proc/{program.pid}")
    stage.runner.close()

    assert ended(program).status == -9
    stage.close()
