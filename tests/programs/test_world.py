"""The world of a program that is graded: its network, its processes, its files, its user."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.warm import Site
from pytest_sockets.wire.transcript import Transcript

from .families import LISTENING
from .steps import Stage, bound, echoed, ended, gone, until, wait_for, working_in

ECHO = """\
import socket
sk = socket.socket()
sk.bind(('127.0.0.1', 8000))
sk.listen()
conn, _ = sk.accept()
while data := conn.recv(1024):
    conn.sendall(data)
"""


@pytest.fixture(scope="module")
def grading() -> Iterator[Runner]:
    """What starts programs as a grade does."""
    made = Runner(private=True)
    yield made
    made.close()


@pytest.fixture
def world(grading: Runner, tmp_path: Path) -> Iterator[Stage]:
    """Return a stage whose programs have a world of their own; it needs user namespaces."""
    launcher = grading.launcher
    if not isinstance(launcher, Site) or not launcher.abilities.get("own_files"):
        pytest.skip("user namespaces are not allowed here")
    stage = Stage(grading, tmp_path)
    yield stage
    stage.close()


def told(stage: Stage, source: str) -> Any:
    """Run a program and return what it prints, in JSON."""
    program = stage.run("import json, os, socket, sys\n" + source)
    assert program.status == 0, program.stderr
    return json.loads(program.stdout)


TRIED = """\
def tried(what, *args):
    try:
        return what(*args) and None
    except OSError as error:
        return type(error).__name__
"""


def test_a_server_in_its_own_network_is_reached_through_the_place(world: Stage) -> None:
    """Sockets of the place are in the program's network; those of this process are not."""
    place, program = world.start(ECHO)
    address = bound(place, program)

    assert echoed(place, address) == b"ping"
    with socket.socket() as outside:
        assert outside.connect_ex(address) != 0


def test_a_program_reaches_nobody_on_the_machine(world: Stage) -> None:
    """A listener of this process is not there for it, whatever the address."""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        port = listener.getsockname()[1]
        world.write("program.py", f"import socket\nsocket.create_connection(('127.0.0.1', {port}))")
        program = ended(world.place().start(Transcript()))

    assert b"ConnectionRefusedError" in program.stderr


def test_it_sees_and_signals_its_own_processes_only(world: Stage) -> None:
    """In /proc are the program and its guardian; what is above them is out of reach."""
    source = TRIED + (
        f"print(json.dumps([sorted(map(int, filter(str.isdigit, os.listdir('/proc')))),\n"
        f"    os.getpid(), tried(os.kill, {os.getpid()}, 0), tried(os.kill, 1, 9),\n"
        f"    [tried(os.listdir, '/proc/1/' + name) for name in ('cwd', 'root')],\n"
        f"    [tried(open, '/proc/1/' + name) for name in ('environ', 'mem')]]))"
    )
    seen, own, harness, guardian, folders, files = told(world, source)

    assert seen == [1, own]
    assert harness == "ProcessLookupError"
    assert guardian in (None, "PermissionError")
    assert folders == files == ["PermissionError", "PermissionError"]


def test_it_has_no_rights_of_an_administrator(world: Stage) -> None:
    """It is not root, has no capability and can be given none."""
    user, status = told(
        world, "print(json.dumps([os.getresuid(), open('/proc/self/status').read()]))"
    )

    assert set(user) == {user[0]}
    assert user[0] != 0
    capabilities = [line.split()[1] for line in status.splitlines() if line.startswith("Cap")]
    assert capabilities == ["0" * 16] * 5


def test_files_of_the_machine_are_read_only_or_hidden(world: Stage, tmp_path: Path) -> None:
    """What lies in a home or a folder for temporary files is not there at all."""
    kept = tmp_path / "kept"
    kept.write_text("kept")
    here = Path(__file__)
    source = TRIED + (
        f"print(json.dumps([os.path.exists({str(kept)!r}), tried(open, '/etc/new', 'w'),\n"
        f"    os.path.exists({str(here)!r}),\n"
        f"    tried(os.chmod, {str(here)!r}, {here.stat().st_mode})]))"
    )
    there, made, shown, changed = told(world, source)

    assert not there
    # This project itself may lie in a home or in a folder for temporary files.
    assert changed in (("OSError", "PermissionError") if shown else ("FileNotFoundError",))
    assert made in ("OSError", "PermissionError")


def test_what_one_program_leaves_the_next_does_not_find(world: Stage) -> None:
    """Temporary files, shared memory and message queues are each program's own."""
    source = """\
import ctypes
found = [sorted(os.listdir(path)) for path in ("/tmp", "/var/tmp", "/dev/shm")]
for path in ("/tmp", "/var/tmp", "/dev/shm"):
    open(path + "/left", "w").close()
libc = ctypes.CDLL(None)
found.append(libc.shmget(4711, 4096, 0o600))
libc.shmget(4711, 4096, 0o1600)
print(json.dumps(found))
"""
    first, second = told(world, source), told(world, source)

    assert all("left" not in names for names in second[:3])
    assert first[3] == second[3] == -1


def test_its_temporary_files_are_bounded(world: Stage) -> None:
    """Beside its own folder it can fill 64 MiB and no more."""
    source = """\
written = 0
try:
    while written < 1 << 30:
        for name in "abc":
            with open("/tmp/" + name, "ab") as file:
                written += file.write(bytes(1 << 20))
except OSError as error:
    print(json.dumps([written >> 20, error.strerror]))
"""
    written, why = told(world, source)

    assert written <= 64
    assert why == "No space left on device"


FILLS = """\
written = 0
try:
    for number in range(32):
        with open(str(number), "wb") as file:
            for _ in range(16):
                written += file.write(bytes(1 << 20))
except OSError as error:
    print(json.dumps([written >> 20, error.strerror]))
"""


def test_its_folder_is_bounded_as_a_whole(world: Stage) -> None:
    """It can't fill the disk, and what it took is there again for the next program."""
    for _ in range(2):
        written, why = told(world, FILLS)
        assert 192 <= written <= 256
        assert why == "No space left on device"
        world.close()


HARNESS = """\
import sys
from pytest_sockets.programs.place import Runner
runner = Runner(private=True)
print(runner.launcher.bounded, flush=True)
input()
"""


def test_nothing_is_left_of_the_bounded_folder_when_the_harness_was_killed(world: Stage) -> None:
    """Its name is removed by the warm interpreter, and the folder is gone with that."""
    with subprocess.Popen(
        [sys.executable, "-c", HARNESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as harness:
        assert harness.stdout is not None
        name = harness.stdout.readline().strip()
        assert os.path.lexists(name)
        harness.kill()

    assert wait_for(Transcript(), lambda: not os.path.lexists(name))


def test_its_folder_is_its_own_and_the_harness_sees_it(world: Stage) -> None:
    """What it writes there lies in the place's folder, and is found by a second start."""
    world.write("program.py", "print(open('a', 'a+').tell())\nopen('a', 'a').write('x')\n")
    place = world.place()
    first = ended(place.start(Transcript()))
    second = ended(place.start(Transcript()))

    assert (first.stdout, second.stdout) == (b"0\n", b"1\n"), first.stderr
    assert (place.folder.work / "a").read_text() == "xx"


def test_what_the_harness_puts_into_the_folder_is_the_programs(world: Stage) -> None:
    """A program may replace and remove every file that it finds in its folder."""
    world.write("program.py", "import os\nopen('given', 'w').write('x')\nos.remove('sub/given')\n")
    place = world.place()
    (place.folder.work / "given").write_text("given")
    (place.folder.work / "sub").mkdir()
    (place.folder.work / "sub/given").write_text("given")
    program = ended(place.start(Transcript()))

    assert program.status == 0, program.stderr


def test_what_programs_are_made_of_is_there(world: Stage) -> None:
    """Its interpreter, locks of multiprocessing and its standard streams work as outside."""
    source = """\
import multiprocessing, subprocess
multiprocessing.Lock()
asked = [sys.executable, "-c", "import ssl, sqlite3; open('/dev/stdout', 'w').write('ok')"]
print(json.dumps([subprocess.run(asked, capture_output=True, text=True).stdout,
    socket.getaddrinfo("localhost", 80)[0][4][0], open("/dev/stderr", "w").write("x")]))
"""
    out, localhost, _ = told(world, source)

    assert out == "ok"
    assert localhost in ("127.0.0.1", "::1")


def test_a_file_that_is_not_there_is_missed_where_servers_have_sockets(world: Stage) -> None:
    """To remove it fails as on any machine, and not since nothing may be changed."""
    source = TRIED + "print(json.dumps([tried(os.unlink, '/var/run/echo.sock')]))"

    assert told(world, source) == ["FileNotFoundError"]


def test_a_command_is_found_by_its_whole_path(world: Stage, tmp_path: Path) -> None:
    """Though it lies where files of others are hidden, its own folder is shown."""
    tool = tmp_path / "tools" / "says"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho $(dirname $0)\n")
    tool.chmod(0o755)
    (tmp_path / "homework").mkdir()
    stage = Stage(world.runner, tmp_path / "homework")
    place = stage.place(f"cmd:{tool} {{host}} {{port}}")
    program = ended(place.start(Transcript()))
    stage.close()

    assert program.stdout == f"{tool.parent}\n".encode(), program.stderr


FAREWELLS = {
    "kills_its_group": "os.killpg(0, 9)\n",
    "stops_all": "if os.fork() == 0:\n    os.setsid()\n    signal.pause()\nos.kill(-1, 19)\n",
    "closes_all": "os.closerange(0, 4096)\nsignal.pause()\n",
    "signals_its_guardian": "os.kill(1, 19)\nos.kill(1, 9)\nsignal.pause()\n",
}


@pytest.mark.parametrize("farewell", FAREWELLS)
def test_whatever_it_does_it_is_taken_down(world: Stage, farewell: str) -> None:
    """Nothing of it is left: no process, and its port can be bound again."""
    source = LISTENING + "print('ready', flush=True)\n" + FAREWELLS[farewell]
    place, program = world.start(source)
    until(program, lambda: b"ready" in program.stdout)
    working = working_in(place.folder.work)
    program.end()

    assert wait_for(Transcript(), lambda: all(gone(pid) for pid in working))
    with place.socket(socket.AF_INET, socket.SOCK_STREAM) as again:
        again.bind(("127.0.0.1", place.port))


def test_the_machine_is_not_changed_by_its_world(world: Stage) -> None:
    """What is mounted for the program is mounted for nobody else."""
    before = Path("/proc/self/mountinfo").read_text()
    place, program = world.start("input()\n")

    assert Path("/proc/self/mountinfo").read_text() == before
    assert Path(f"/proc/{program.pid}/mountinfo").read_text() != before
    assert place.folder.outer.exists()


def test_without_containment_it_is_in_the_machines_world(tmp_path: Path) -> None:
    """Turned off, a program is who we are, where we are."""
    runner = Runner(private=True, containment="off")
    stage = Stage(runner, tmp_path)
    source = f"print(json.dumps([os.getuid(), os.path.exists({str(tmp_path)!r})]))"
    user, there = told(stage, source)
    stage.close()
    runner.close()

    assert (user, there) == (os.getuid(), True)


@pytest.mark.skipif(sys.platform != "linux", reason="a warm interpreter is needed")
def test_a_network_that_is_gone_is_named_as_the_reason(tmp_path: Path) -> None:
    """Sockets can't be had of a warm interpreter that was ended from outside."""
    runner = Runner(private=True)
    stage = Stage(runner, tmp_path)
    stage.write("program.py", "input()\n")
    place = stage.place()
    site = runner.launcher
    if not isinstance(site, Site) or not site.network:
        pytest.skip("user namespaces are not allowed here")
    assert site._process is not None
    site._process.kill()
    site._process.wait()

    with pytest.raises(NotJudged):
        place.start(Transcript())
    with pytest.raises(OSError, match="warm interpreter"):
        place.socket(socket.AF_INET, socket.SOCK_STREAM)
    runner.close()
