"""Reference programs that are forked in advance: they run as any others, and leave nothing."""

from __future__ import annotations

import ast
import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from facilities import LINUX

from pytest_sockets.findings import NotJudged
from pytest_sockets.kernel import processes
from pytest_sockets.programs.nursery import Nursery
from pytest_sockets.programs.place import Runner
from pytest_sockets.roles.running import RunningProgram
from pytest_sockets.targets import find

REFERENCE = Path(__file__).parents[2] / "reference"
SERVERS = sorted(path.name for path in REFERENCE.glob("*_server.py"))
STARTERS = {"subprocess", "multiprocessing", "concurrent", "fork", "forkpty", "Popen", "system"}

pytestmark = pytest.mark.skipif(
    not (LINUX and hasattr(os, "pidfd_open")),
    reason="there is a nursery on Linux only",
)


@pytest.fixture
def runner() -> Iterator[Runner]:
    """Start programs, with a nursery of the test's own."""
    made = Runner()
    yield made
    made.close()


def started(runner: Runner, name: str = "tcp_echo_loop_server.py") -> RunningProgram:
    """Start a reference server."""
    target = find(name, folder=REFERENCE)[0]
    return RunningProgram(runner.place(target, ours=True), runner.quiet)


def nursery_of(runner: Runner) -> psutil.Process:
    """Return the process that forks."""
    nursery = runner.launchers.references
    assert isinstance(nursery, Nursery)
    return psutil.Process(nursery._process.pid)


@pytest.mark.parametrize("name", SERVERS)
def test_every_reference_server_comes_up(name: str, runner: Runner) -> None:
    """Over whatever it is reached, and without another process than its own."""
    server = started(runner, name)
    try:
        assert server.address
        assert processes.tree(server.pid) == [server.pid]
        assert server.leaks() == []
    finally:
        server.stop()


@pytest.mark.parametrize("name", SERVERS)
def test_no_reference_server_starts_a_process(name: str) -> None:
    """The nursery takes down the one that it has forked."""
    words = {
        getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        for node in ast.walk(ast.parse((REFERENCE / name).read_bytes()))
    }
    assert not words & STARTERS


def test_it_says_what_any_program_says(runner: Runner) -> None:
    """What it printed, its calls with its own lines, its exit status."""
    server = started(runner, "tcp_echo_server.py")
    with server.connect() as peer:
        peer.send(b"hello")
        peer.expect(b"hello")

    assert server.wait_ended() == 0
    assert b"received: hello" in server.stdout
    told = [event for event in server.transcript.events if "accept" in str(event)]
    assert any("tcp_echo_server.py" in str(event) for event in told)
    server.stop()


def test_an_end_by_a_signal_is_told(runner: Runner) -> None:
    """With a negative status, as for any program."""
    server = started(runner)
    os.kill(server.pid, signal.SIGTERM)

    assert server.wait_ended() == -signal.SIGTERM
    server.stop()


def test_a_program_that_was_stopped_is_gone(runner: Runner) -> None:
    """When stop returns it has ended, although it could not have heard of it."""
    server = started(runner)
    os.kill(server.pid, signal.SIGSTOP)

    server.stop()

    assert not processes.alive(server.pid)


def test_two_run_at_a_time(runner: Runner) -> None:
    """Only one is forked in advance; the end of one does not touch the other."""
    one, other = started(runner), started(runner)
    assert one.address != other.address
    one.stop()
    with other.connect() as peer:
        peer.send(b"still here")
        peer.expect(b"still here")
    other.stop()


def test_a_folder_with_nothing_in_it_is_used_again(runner: Runner) -> None:
    """One in which anything was left goes with its program."""
    first = started(runner)
    first.stop()
    second = started(runner)
    (second.folder / "left").write_text("x")
    second.stop()
    third = started(runner)

    assert first.folder == second.folder != third.folder
    assert not second.folder.exists()
    assert os.listdir(third.folder) == []
    third.stop()


def test_a_process_that_waits_may_be_killed(runner: Runner) -> None:
    """Another one takes its place."""
    first = started(runner)
    first.stop()
    nursery = runner.launchers.references
    assert nursery is not None
    select.select([nursery._control], [], [])
    # The first may not have been reaped yet.
    (waiting,) = (child for child in nursery_of(runner).children() if child.pid != first.pid)
    waiting.kill()
    psutil.wait_procs([waiting])

    server = started(runner)
    assert server.address
    server.stop()


def test_a_nursery_that_was_killed_takes_its_programs_along(runner: Runner) -> None:
    """Nobody was left to tell how they ended; the next ones come from a new nursery."""
    server = started(runner)
    nursery = nursery_of(runner)
    nursery.kill()
    psutil.wait_procs([nursery, psutil.Process(server.pid)])
    with pytest.raises(NotJudged, match="ended from outside"):
        server.stop()

    another = started(runner)
    assert another.address
    another.stop()


def test_the_end_of_a_runner_takes_all_down(runner: Runner) -> None:
    """The programs, the one that waits, the nursery, and their folders."""
    server = started(runner)
    nursery = nursery_of(runner)
    family = [nursery, *nursery.children()]

    runner.close()

    assert not any(process.is_running() for process in family)
    assert not server.folder.exists()
    with pytest.raises(NotJudged, match="ended from outside"):
        server.stop()


def test_it_ends_in_order_although_an_answer_was_never_read(runner: Runner) -> None:
    """A harness that is killed leaves one unread: the folder of all goes all the same."""
    started(runner).stop()
    nursery = runner.launchers.references
    assert isinstance(nursery, Nursery)
    assert select.select([nursery._control], [], [], 30)[0]
    nursery._control.close()

    assert nursery._process.wait(30) == 0
    assert not nursery._folder.exists()
