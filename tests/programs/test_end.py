"""After its end nothing of a program is left: no process, no port, no file."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pytest_sockets.wire.transcript import Transcript

from .families import FAMILIES, LISTENING
from .steps import Stage, bound, ended, gone, until, working_in


@pytest.mark.parametrize("shape", FAMILIES)
def test_no_process_outlives_the_end(stage: Stage, shape: str) -> None:
    """Whatever it started, wherever that went, is gone, and the port is free."""
    source = LISTENING + FAMILIES[shape] + "print('ready', flush=True)\nsignal.pause()\n"
    place, program = stage.start(source)
    until(program, lambda: b"ready" in program.stdout)
    _, port = bound(place, program)
    working = working_in(place.folder.work)
    assert program.pid in working

    program.end()

    assert {pid for pid in working if not gone(pid)} == set()
    assert working_in(place.folder.work) == set()
    with socket.socket() as again:
        again.bind(("127.0.0.1", port))


@pytest.mark.parametrize("shape", ["daemon", "own_session", "other_program_in_own_session"])
def test_what_a_program_left_behind_ends_with_it(stage: Stage, shape: str) -> None:
    """The program itself ended long ago; what it started is found all the same."""
    place, program = stage.start(LISTENING + FAMILIES[shape])
    ended(program)
    left = working_in(place.folder.work)
    assert left

    program.end()

    assert working_in(place.folder.work) == set()


def test_ending_twice_is_ending_once(stage: Stage) -> None:
    """The second end does nothing, and the program stays ended."""
    _, program = stage.start("input()\n")
    program.end()
    program.end()

    assert gone(program.pid)
    assert not program.running


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


HERE = Path(__file__).parent
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
def test_all_of_this_holds_for_an_ordinary_user() -> None:
    """The tests of the end pass when they are run as a user without rights."""
    python = _interpreter_for_nobody()
    if python is None:
        pytest.skip("no interpreter here may be run by an ordinary user")
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, NOBODY, NOBODY)
        names = ("copies", "end", "killed", "nursery", "world", "untrusted")
        files = [str(HERE / f"test_{name}.py") for name in names]
        options = ["-q", "-rs", "-p", "no:cacheprovider", "-p", "pytest_timeout"]
        ran = subprocess.run(
            [python, "-m", "pytest", *files, *options, "--basetemp", str(Path(folder, "base"))],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd=str(HERE.parents[1]),
            env=_environment_for_nobody() | {"TMPDIR": folder},
            capture_output=True,
            text=True,
            check=False,
        )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    skipped = [line for line in ran.stdout.splitlines() if line.startswith("SKIPPED")]
    allowed = ("only root may", "user namespaces are not allowed")
    assert all(any(reason in line for reason in allowed) for line in skipped), skipped
