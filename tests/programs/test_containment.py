"""What programs are kept from, layer by layer, and what they do where nothing keeps them."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest

from pytest_sockets.wire.transcript import Transcript

from .conftest import Staging
from .steps import Stage, ended, keeps, said

MACHINE = platform.machine()

# The environment

TELLS_TOKEN = "import os\nprint('s3cret' in str(os.environ), os.environ.get('HOME'))\n"


@pytest.mark.parametrize("portable", [False, True], ids=["forked", "spawned"])
@pytest.mark.parametrize("way", ["program.py", f"cmd:{sys.executable} program.py {{port}}"])
def test_a_program_inherits_no_secret_and_no_home(
    portable: bool, way: str, staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token in our environment is not in that of a script, nor of a command."""
    monkeypatch.setenv("GRADEBOOK_TOKEN", "s3cret")
    stage = staging(portable=portable)
    stage.write("program.py", TELLS_TOKEN)

    place = stage.place(way)
    program = ended(place.start(Transcript()))

    assert program.stdout.decode().split() == ["False", str(place.folder.outer)]


def test_uncontained_it_inherits_both(
    staging: Staging, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Turned off, containment leaves the environment alone."""
    monkeypatch.setenv("GRADEBOOK_TOKEN", "s3cret")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert said(staging("off"), TELLS_TOKEN) == f"True {tmp_path}"


# Limits

TELLS_LIMITS = """
import errno
import os
import resource

print(resource.getrlimit(resource.RLIMIT_CORE)[1] <= 1)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[1] <= 4096)
with open("large", "wb") as file:
    try:
        os.posix_fallocate(file.fileno(), 0, 65 << 20)
        print("large")
    except OSError as error:
        print(errno.errorcode[error.errno])
try:
    print(len(bytearray(3 << 30)))
except MemoryError:
    print("MemoryError")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have fewer limits")
@pytest.mark.parametrize("portable", [False, True], ids=["forked", "spawned"])
def test_memory_files_and_descriptors_are_limited(portable: bool, staging: Staging) -> None:
    """What is too much fails in the program, as the system says it."""
    assert said(staging(portable=portable), TELLS_LIMITS).split() == [
        "True", "True", "EFBIG", "MemoryError",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have fewer limits")
def test_uncontained_there_are_no_limits(staging: Staging) -> None:
    """The same program has what it asks for; none of that memory is ever touched."""
    told = said(staging("off"), TELLS_LIMITS).split()

    assert told[2:] == ["large", str(3 << 30)]


def test_a_hundred_threads_are_within_the_limits(stage: Stage) -> None:
    """A server with a thread for each of many clients is no fork bomb."""
    assert said(stage, """
import threading

wait = threading.Event()
threads = [threading.Thread(target=wait.wait) for _ in range(100)]
for thread in threads:
    thread.start()
wait.set()
print(len(threads))
""") == "100"  # fmt: skip


# Files

REACHES_OUT = """
import os

outside = OUTSIDE
for name, act in (
    ("reads", lambda: open(os.path.join(outside, "secret.txt")).read()),
    ("lists", lambda: os.listdir(outside)),
    ("writes", lambda: open(os.path.join(outside, "new.txt"), "w")),
    ("removes", lambda: os.remove(os.path.join(outside, "secret.txt"))),
    ("links", lambda: os.link(os.path.join(outside, "secret.txt"), "mine.txt")),
):
    try:
        act()
        print(name)
    except OSError:
        pass
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of somebody else's, with a file in it."""
    folder = tmp_path / "other student"
    folder.mkdir()
    (folder / "secret.txt").write_text("mine alone")
    return folder


def test_files_of_others_are_neither_read_nor_written(staging: Staging, outside: Path) -> None:
    """A program can do nothing with a folder that is none of its own."""
    stage = keeps(staging(), "files")

    assert said(stage, REACHES_OUT.replace("OUTSIDE", repr(str(outside)))) == ""
    assert [path.name for path in outside.iterdir()] == ["secret.txt"]


def test_uncontained_they_are(staging: Staging, outside: Path) -> None:
    """The same program reads, lists, writes and removes them."""
    told = said(staging("off"), REACHES_OUT.replace("OUTSIDE", repr(str(outside))))

    assert told.split()[:4] == ["reads", "lists", "writes", "removes"]


def test_no_descriptor_of_ours_is_left_to_a_program(warm: Stage) -> None:
    """It has its three streams and its trace; another would be a way around what is forbidden."""
    source = (
        "import os\n"
        "for name in os.listdir('/proc/self/fd'):\n"
        "    if os.path.exists('/proc/self/fd/' + name):\n"
        "        print(name)\n"
    )

    assert {int(name) for name in said(warm, source).split()} == {0, 1, 2, 250}


# System calls

KNOCKS = """
import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
for number in NUMBERS:
    known = libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or errno.errorcode[ctypes.get_errno()]
    print(known)
"""
UNSHARE, PTRACE, GETPID = (97, 117, 172) if MACHINE == "aarch64" else (272, 101, 39)


def test_doors_of_the_kernel_are_closed(staging: Staging) -> None:
    """A call that no homework needs is refused, another one goes on working."""
    stage = keeps(staging(), "calls")
    source = KNOCKS.replace("NUMBERS", repr([UNSHARE, PTRACE, GETPID]))

    assert said(stage, source).split() == ["EPERM", "EPERM", "True"]


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers are Linux's")
def test_uncontained_they_are_open(staging: Staging) -> None:
    """The same calls are made: nothing is unshared, and a parent may trace it."""
    source = KNOCKS.replace("NUMBERS", repr([UNSHARE, PTRACE, GETPID]))

    assert said(staging("off"), source).split() == ["True", "True", "True"]
