"""After its end nothing of a program is left: no process, no port, no file."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.survivors import MARK
from pytest_sockets.programs.warm import Site
from pytest_sockets.wire.transcript import Transcript

from .steps import LIMIT, Stage, bound, ended, gone, until, wait_for

LISTENING = """\
import os, signal, socket, subprocess, sys, threading
sk = socket.socket()
sk.bind(('127.0.0.1', 8000))
sk.listen()
"""

FAMILIES = {
    "alone": "",
    "ignores_signals": "for n in (1, 2, 3, 15): signal.signal(n, signal.SIG_IGN)\n",
    "threads": "threading.Thread(target=signal.pause if 0 else input).start()\n",
    "child": "if os.fork() == 0: signal.pause()\n",
    "own_session": "if os.fork() == 0:\n    os.setsid()\n    signal.pause()\n",
    "daemon": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        null = os.open(os.devnull, os.O_RDWR)\n"
        "        for n in (0, 1, 2): os.dup2(null, n)\n        signal.pause()\n    os._exit(0)\n"
        "os.wait()\n"
    ),
    "daemon_without_descriptors": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        keep = os.dup2(sk.fileno(), 9)\n        os.closerange(0, 9)\n"
        "        os.closerange(10, 4096)\n        signal.pause()\n    os._exit(0)\nos.wait()\n"
    ),
    "fork_tree": "for _ in range(4): os.fork()\n",
    "stopped_child": (
        "pid = os.fork()\nif pid == 0: signal.pause()\nos.kill(pid, signal.SIGSTOP)\n"
        "os.waitpid(pid, os.WUNTRACED)\n"
    ),
    "other_program": "subprocess.Popen([sys.executable, '-c', 'input()'], pass_fds=[3])\n",
    "other_program_in_own_session": (
        "subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'],\n"
        "    start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,\n"
        "    stderr=subprocess.DEVNULL)\n"
    ),
}


def family(stage: Stage, folder: Path) -> set[int]:
    """Return the ids of all processes of this machine that work in the folder."""
    found = set()
    for process in psutil.process_iter():
        try:
            inside = Path(process.cwd()) == folder
        except (psutil.Error, OSError):
            continue
        if inside and processes.alive(process.pid):
            found.add(process.pid)
    return found


@pytest.mark.parametrize("shape", FAMILIES)
def test_no_process_outlives_the_end(stage: Stage, shape: str) -> None:
    """Whatever it started, wherever that went, is gone, and the port is free."""
    source = LISTENING + FAMILIES[shape] + "print('ready', flush=True)\nsignal.pause()\n"
    place, program = stage.start(source)
    until(program, lambda: b"ready" in program.stdout)
    _, port = bound(place, program)
    working = family(stage, place.folder.work)
    assert program.pid in working

    program.end()

    assert {pid for pid in working if not gone(pid)} == set()
    assert family(stage, place.folder.work) == set()
    with socket.socket() as again:
        again.bind(("127.0.0.1", port))


@pytest.mark.parametrize("shape", ["daemon", "own_session", "other_program_in_own_session"])
def test_what_a_program_left_behind_ends_with_it(stage: Stage, shape: str) -> None:
    """The program itself ended long ago; what it started is found all the same."""
    place, program = stage.start(LISTENING + FAMILIES[shape])
    ended(program)
    left = family(stage, place.folder.work)
    assert left

    program.end()

    assert family(stage, place.folder.work) == set()


def test_ending_twice_is_ending_once(stage: Stage) -> None:
    """The second end does nothing, and the program stays ended."""
    _, program = stage.start("input()\n")
    program.end()
    program.end()

    assert gone(program.pid) and not program.running


def test_a_port_can_be_bound_again_after_the_end(stage: Stage) -> None:
    """A program started again in the same place gets the same port."""
    stage.write("program.py", LISTENING + "signal.pause()\n")
    place = stage.place()
    first = place.start(Transcript())
    address = bound(place, first)
    first.end()

    assert bound(place, place.start(Transcript())) == address


FOLDERS = {
    "files": "open('a', 'w').write('x')\nos.makedirs('b/c')\nopen('b/c/d', 'w')\n",
    "unreadable": "os.makedirs('a/b/c')\nos.chmod('a/b', 0)\nos.chmod('a', 0)\n",
    "itself_unreadable": "os.chmod('..', 0)\nos.chmod('.', 0)\n",
    "link_to_elsewhere": "os.symlink(KEPT, 'link')\n",
    "socket_and_pipe": ("socket.socket(socket.AF_UNIX).bind('s')\nos.mkfifo('p')\n"),
    "odd_names": "open('\\n', 'w')\nopen(b'\\xff', 'w')\nopen('a' * 255, 'w')\n",
    "above": "open('../a', 'w')\nopen('../../b', 'w')\n",
    "temporary_files": (
        "import tempfile\nmade = tempfile.mkstemp()[1], tempfile.mkdtemp()\n"
        "above = os.path.dirname(os.path.dirname(os.getcwd()))\n"
        "assert {os.path.dirname(p) for p in made} == {above}, made\n"
    ),
}


@pytest.mark.parametrize("left", FOLDERS)
def test_no_file_outlives_the_place(stage: Stage, tmp_path: Path, left: str) -> None:
    """The throw-away folder is removed with all that was left in it, readable or not."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("kept")
    stage.write("program.py", f"import os, socket\nKEPT = {str(kept)!r}\n" + FOLDERS[left])
    place = stage.place()
    outer = place.folder.work.parent.parent
    program = ended(place.start(Transcript()))
    assert program.status == 0, program.stderr

    place.close()

    assert not outer.exists()
    assert (kept / "file").read_text() == "kept"


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
    assert harness.stdout is not None and harness.stdin is not None
    with harness.stdout, harness.stdin:
        _, _, work = harness.stdout.readline().strip().partition(" ")
        below = processes.tree(harness.pid)[1:]
        working = family(warm, Path(work))
        assert len(working) >= 2
        harness.kill()
        harness.wait()

    assert wait_for(Transcript(), lambda: all(gone(pid) for pid in [*below, *working]))
    __import__("shutil").rmtree(Path(work).parent.parent)


@pytest.fixture
def own(warm: Stage, tmp_path: Path) -> Stage:
    """Return a stage with a runner of the test's own, which it may break."""
    stage = Stage(Runner(warm.runner.python), tmp_path)
    assert isinstance(stage.runner.launcher, Site)
    return stage


def kill_interpreter(runner: Runner) -> None:
    """Kill the warm interpreter as somebody else would."""
    site = runner.launcher
    assert isinstance(site, Site) and site._process is not None
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

    assert program.stdout == b"hello\n" and isinstance(own.runner.launcher, Site)
    own.close()
    own.runner.close()


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
    own.runner.close()


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
    own.runner.close()


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
    if os.getuid() == 0:
        assert not site.abilities["users"]
    elif not site.abilities["users"]:
        pytest.skip("user namespaces are not allowed here")
    assert site.abilities["users"] or os.getuid() == 0


NOBODY = 65534


def _interpreter_for_nobody() -> str | None:
    """Return an interpreter of this version that everybody may run, with our packages."""
    found = {sys.executable, os.path.realpath(sys.executable)}
    found |= {
        os.path.join(folder, f"python3.{sys.version_info[1]}") for folder in os.defpath.split(":")
    }
    for path in sorted(found):
        try:
            subprocess.run(
                [path, "-c", "import pytest, psutil, pytest_sockets, pytest_timeout"],
                check=True, capture_output=True, user=NOBODY, group=NOBODY, extra_groups=[],
                cwd="/", env=_environment_for_nobody(),
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        return path
    return None


def _environment_for_nobody() -> dict[str, str]:
    repository = str(Path(__file__).parents[2])
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join([repository, *(p for p in sys.path if p)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root may become another user"
)
def test_all_of_this_holds_for_an_ordinary_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests of this file pass when they are run as a user without rights."""
    python = _interpreter_for_nobody()
    if python is None:
        pytest.skip("no interpreter here may be run by an ordinary user")
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, NOBODY, NOBODY)
        ran = subprocess.run(
            [python, "-m", "pytest", str(Path(__file__)), "-q", "-rs", "-p", "no:cacheprovider",
             "-p", "pytest_timeout", "--basetemp", str(Path(folder, "base"))],
            user=NOBODY, group=NOBODY, extra_groups=[], cwd=str(Path(__file__).parents[2]),
            env=_environment_for_nobody() | {"TMPDIR": folder}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 skipped" in ran.stdout or "user namespaces" in ran.stdout, ran.stdout
