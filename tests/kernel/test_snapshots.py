"""What snapshots of threads prove: rest, work, a stop, an end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pytest_sockets.kernel import threads
from pytest_sockets.kernel.threads import Wait, snapshot

from .steps import Start, number, polls, settled, tell, threads_of

pytestmark = pytest.mark.skipif(not threads.available(), reason="/proc shows no calls here")

PAIR = "import socket; a, b = socket.socketpair(); print(a.fileno(), flush=True); "


def test_a_busy_loop_is_never_at_rest(start: Start) -> None:
    """A thread that computes is running, outside of calls, in every snapshot."""
    child = start("print(0, flush=True)\nwhile True: pass")
    number(child)
    threads_of(child, lambda found: found[0].call == "running")

    found = [snapshot([child.pid])[0] for _ in range(200)]

    assert {thread.wait for thread in found} == {Wait.RUNNING}


def test_a_call_that_returns_at_once_is_no_wait(start: Start) -> None:
    """Polling with a timeout of zero is a busy loop, whichever call it is caught in."""
    child = start(PAIR + "import select\nwhile True: select.select([a], [], [], 0)")
    number(child)

    found = [snapshot([child.pid])[0] for _ in range(200)]

    assert {thread.wait for thread in found} == {Wait.RUNNING}


def test_equal_snapshots_prove_that_nothing_ran(start: Start) -> None:
    """A child that answered meanwhile is in the same call again, but its runs tell."""
    child = start("while True: print(len(input()), flush=True)")
    before = settled(child, lambda thread: thread.call == "read")
    tell(child, b"four\n")
    assert number(child) == 4
    after = settled(child, lambda thread: thread.call == "read")

    assert (before.call, before.descriptor, before.wait) == (after.call, 0, after.wait)
    assert before.runs < after.runs
    assert before != after


def test_a_stopped_program_is_seen_to_be_stopped(start: Start) -> None:
    """SIGSTOP hides the call it came into, and SIGCONT brings it back."""
    child = start("input()")
    reading = settled(child, lambda thread: thread.call == "read")
    child.send_signal(signal.SIGSTOP)
    stopped = settled(child, lambda thread: thread.call == "stopped")
    child.send_signal(signal.SIGCONT)
    again = settled(child, lambda thread: thread.call == "read")

    assert (stopped.wait, stopped.descriptors) == (Wait.FOREVER, ())
    assert reading.runs < stopped.runs < again.runs


def test_a_timed_poll_keeps_being_timed_after_a_stop(start: Start) -> None:
    """The kernel restarts a timed call as restart_syscall, whose limit cannot be read."""
    child = start(PAIR + "a.settimeout(300); a.recv(1)")
    number(child)
    settled(child, polls)
    child.send_signal(signal.SIGSTOP)
    settled(child, lambda thread: thread.call == "stopped")
    child.send_signal(signal.SIGCONT)

    thread = settled(child, lambda thread: thread.call == "restart_syscall")

    assert (thread.wait, thread.limit) == (Wait.TIMED, None)


def test_a_call_without_a_name_keeps_its_number_and_counts_as_running(
    start: Start, tmp_path: Path
) -> None:
    """What is not known to wait for others, such as open, proves no idleness."""
    fifo = str(tmp_path / "fifo")
    child = start(
        f"import os; os.mkfifo({fifo!r}); print(0, flush=True); os.open({fifo!r}, os.O_RDONLY)"
    )
    number(child)

    thread = settled(child, lambda thread: str(thread.call).startswith("other:"))

    assert thread.wait is Wait.RUNNING


def test_what_has_ended_is_left_out(start: Start) -> None:
    """Neither a zombie nor a process that never was is in a snapshot."""
    child = start("")
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    zombie = snapshot([child.pid])
    child.wait()

    assert (zombie, snapshot([child.pid])) == ((), ())


def test_a_thread_that_outlives_its_main_thread_is_seen(start: Start) -> None:
    """A main thread that has ended is left out, the others stay."""
    child = start(
        "import ctypes, select, threading\n"
        "threading.Thread(target=select.select, args=([0], [], [], 300)).start()\n"
        "ctypes.CDLL(None).pthread_exit(None)\n"
    )

    thread = settled(child, lambda thread: thread.tid != child.pid and polls(thread))

    assert (thread.pid, thread.limit, thread.descriptors) == (child.pid, 300, (0,))


def test_processes_are_sorted_and_counted_once(start: Start) -> None:
    """The order in which processes are given makes no difference."""
    pids = [start("input()").pid for _ in range(3)]

    found = snapshot([*reversed(pids), *pids])

    assert [thread.tid for thread in found] == sorted(pids)
