"""Families, descriptors and processor time of real processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable

import pytest

from pytest_sockets.kernel import processes

from .steps import Child, Start, numbers, tell, until

linux = pytest.mark.skipif(not processes.available(), reason="needs Linux's /proc")
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

FAMILY = """
import os, threading
def fork():
    if os.fork() == 0:
        print(os.getpid(), os.getppid(), flush=True)
        os.read(0, 1)
        os._exit(0)
def fork_and_stay():
    fork()
    os.read(0, 1)
threading.Thread(target=fork_and_stay).start()
fork_and_stay()
"""


def ended(child: Child) -> int:
    """Return the id of a process that was waited for, so that it is nobody's."""
    child.kill()
    child.communicate()
    return child.pid


@posix
def test_a_tree_has_the_children_of_all_threads(start: Start) -> None:
    """A child belongs to the thread that forked it, and to the family like any other."""
    child = start(FAMILY)
    family = {numbers(child)[0], numbers(child)[0]}

    found = processes.tree(child.pid)

    assert found[0] == child.pid
    assert set(found[1:]) == family


@posix
def test_a_tree_has_grandchildren(start: Start) -> None:
    """Descendants of descendants are found, parents before children."""
    child = start(
        "import os, sys\n"
        "if os.fork() == 0: print(os.getpid(), flush=True); os.fork()\n"
        "sys.stdin.read()"
    )
    (middle,) = numbers(child)
    until(lambda: len(processes.tree(child.pid)) == 3)
    found = processes.tree(child.pid)

    assert found[:2] == [child.pid, middle]
    assert processes.tree(middle) == found[1:]


def test_a_process_that_is_gone_has_no_tree(start: Start) -> None:
    """Looking for a family that ended is no error."""
    assert processes.tree(ended(start(""))) == []


def test_a_process_lives_until_it_ends(start: Start) -> None:
    """A running process is alive, one that was waited for is not."""
    child = start("input()")

    assert processes.alive(child.pid)
    assert not processes.alive(ended(child))


@posix
def test_a_zombie_is_not_alive(start: Start) -> None:
    """A process that ended and was not waited for does nothing any more."""
    child = start("")
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert not processes.alive(child.pid)


@linux
def test_a_zombie_holds_no_sockets(start: Start) -> None:
    """What /proc tells of it is root's by then; to an ordinary user it is gone."""
    child = start("import socket; kept = socket.socket()")
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    found = {}
    with contextlib.suppress(ProcessLookupError):
        found = processes.socket_inodes(child.pid)

    assert found == {}


@posix
def test_a_stopped_process_is_alive(start: Start) -> None:
    """SIGSTOP ends nothing."""
    child = start("input()")
    child.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, child.pid, os.WSTOPPED)

    assert processes.alive(child.pid)


@linux
def test_sockets_are_told_from_other_descriptors() -> None:
    """Only sockets are listed, each under its descriptor with its inode."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        found = processes.socket_inodes(os.getpid())
        expected = {end.fileno(): os.fstat(end.fileno()).st_ino for end in (stream, datagrams)}
    reader, writer = os.pipe()
    after = processes.socket_inodes(os.getpid())
    os.close(reader)
    os.close(writer)

    assert expected.items() <= found.items()
    assert not {reader, writer} & set(after)
    assert not set(expected.values()) & set(after.values())


@linux
def test_sockets_of_another_process_are_seen(start: Start) -> None:
    """A child's leak is visible from outside."""
    child = start(
        "import os, socket, sys; s = [socket.socket() for _ in range(3)]\n"
        "print(*(os.fstat(x.fileno()).st_ino for x in s), flush=True); sys.stdin.read()"
    )
    inodes = numbers(child)

    assert sorted(processes.socket_inodes(child.pid).values()) == sorted(inodes)


@pytest.mark.skipif(sys.platform == "win32", reason="there a listener has what it has not accepted")
def test_a_connection_is_held_once_it_was_accepted(start: Start) -> None:
    """One that waits in the queue is nobody's, and one that was closed is nobody's any more."""
    child = start(
        "import socket\n"
        "s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True)\n"
        "input(); conn, _ = s.accept(); print(0, flush=True)\n"
        "input(); conn.close(); print(0, flush=True); input()\n"
    )
    (port,) = numbers(child)
    with socket.create_connection(("127.0.0.1", port)) as client:
        ends = port, client.getsockname()[1]
        held = [processes.tcp_connections(child.pid)]
        for _ in range(2):
            tell(child, b"\n")
            numbers(child)
            held.append(processes.tcp_connections(child.pid))

    assert held == [set(), {ends}, set()]


def test_threads_are_counted(start: Start) -> None:
    """Those that run, of a process that does."""
    child = start(
        "import sys, threading; print(0, flush=True); input()\n"
        "threading.Thread(target=sys.stdin.read).start(); print(1, flush=True)"
    )
    numbers(child)
    before = processes.thread_count(child.pid)
    tell(child, b"\n")
    numbers(child)

    assert processes.thread_count(child.pid) == before + 1
    assert processes.thread_count(ended(child)) == 0


def test_descriptors_are_counted(start: Start) -> None:
    """A program that opens three more sockets has three more descriptors."""
    child = start(
        "import socket, sys; print(0, flush=True); input()\n"
        "s = [socket.socket() for _ in range(3)]\n"
        "print(1, flush=True); sys.stdin.read()"
    )
    numbers(child)
    before = processes.descriptors(child.pid)
    tell(child, b"\n")
    numbers(child)

    assert processes.descriptors(child.pid) >= before + 3
    if processes.available():
        assert processes.descriptors(child.pid) == before + 3


def test_processor_time_grows_with_work_alone(start: Start) -> None:
    """Work that a thread did before it ended still counts; waiting for input does not."""
    child = start(
        "import sys, threading, time\n"
        "def work():\n"
        "    end = time.thread_time() + 0.1\n"
        "    while time.thread_time() < end: pass\n"
        "for _ in sys.stdin:\n"
        "    worker = threading.Thread(target=work); worker.start(); worker.join()\n"
        "    print(0, flush=True)\n"
    )
    before = processes.cpu_time(child.pid)
    tell(child, b"work\n")
    numbers(child)

    assert processes.cpu_time(child.pid) - before >= 0.09


@pytest.mark.parametrize(
    "question",
    [
        processes.descriptors,
        processes.cpu_time,
        pytest.param(processes.socket_inodes, marks=linux),
    ],
)
def test_a_process_that_is_gone_is_an_error(
    start: Start, question: Callable[[int], object]
) -> None:
    """A number for a process that does not exist would be invented."""
    gone = ended(start(""))

    with pytest.raises(ProcessLookupError):
        question(gone)


@pytest.mark.skipif(processes.available(), reason="this system shows them")
def test_systems_that_do_not_show_sockets_say_so() -> None:
    """An empty answer would look like a program without sockets."""
    with pytest.raises(NotImplementedError):
        processes.socket_inodes(os.getpid())
