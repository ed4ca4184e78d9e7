"""What the threads of real child processes are seen to wait in."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_sockets.kernel import threads
from pytest_sockets.kernel.threads import ACCEPTS, READS, WRITES, Thread, Wait, snapshot

from .steps import Child, Start, numbers, tell, until

pytestmark = pytest.mark.skipif(not threads.available(), reason="/proc shows no calls here")

Sees = Callable[[tuple[Thread, ...]], bool]

PAIR = "import socket; a, b = socket.socketpair(); print(a.fileno(), flush=True); "
C_POLL = (
    "import ctypes, struct; ctypes.CDLL(None).poll("
    "struct.pack('ihhihhihh', 0, 1, 0, -1, 1, 0, a.fileno(), 1, 0), 3, -1)"
)
LISTENER = (
    "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.fileno(), flush=True); "
)


def number(child: Child) -> int:
    """Return the number that the child printed when it was ready."""
    return numbers(child)[0]


def threads_of(child: Child, sees: Sees) -> tuple[Thread, ...]:
    """Look until the threads of the child are as expected."""

    def look() -> tuple[Thread, ...] | None:
        found = snapshot([child.pid])
        return found if sees(found) else None

    return until(look)


def settled(child: Child, sees: Callable[[Thread], bool]) -> Thread:
    """Return the only thread of the child once it is as expected and stays there."""

    def at_rest(found: tuple[Thread, ...]) -> bool:
        return len(found) == 1 and sees(found[0]) and found == snapshot([child.pid])

    return threads_of(child, at_rest)[0]


def polls(thread: Thread) -> bool:
    """Return whether the thread is in a call that watches a list of descriptors."""
    return thread.call in {"poll", "ppoll", "select", "pselect6"}


@pytest.mark.parametrize(
    ("code", "calls"),
    [
        (LISTENER + "s.accept()", ACCEPTS),
        (PAIR + "a.recv(9)", READS),
        (PAIR + "a.recvfrom(9)", READS),
        (PAIR + "a.recvmsg(9)", READS),
        (PAIR + "a.makefile().read()", READS),
        (PAIR + "a.sendall(bytes(2**24))", WRITES),
        (PAIR + "a.sendmsg([bytes(2**24)])", WRITES),
        ("import os; r, w = os.pipe(); print(r, flush=True); os.read(r, 1)", READS),
    ],
)
def test_a_call_on_one_descriptor_waits_for_ever_on_it(
    start: Start, code: str, calls: frozenset[str]
) -> None:
    """A blocking socket call is named, with its descriptor, and has no time limit."""
    child = start(code)
    expected = number(child)

    thread = settled(child, lambda thread: thread.call in calls)

    assert (thread.descriptor, thread.descriptors) == (expected, (expected,))
    assert (thread.wait, thread.limit) == (Wait.FOREVER, None)


def test_input_is_a_read_of_descriptor_zero(start: Start) -> None:
    """A program that waits for the keyboard reads descriptor 0."""
    child = start("input()")

    thread = settled(child, lambda thread: thread.call == "read" and thread.descriptor == 0)

    assert thread.wait is Wait.FOREVER


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        (PAIR + "a.settimeout(300); a.recv(9)", 300),
        (LISTENER + "s.settimeout(300); s.accept()", 300),
        (PAIR + "import select; select.select([a], [], [], 300)", 300),
        (PAIR + "import select; p = select.poll(); p.register(a, 1); p.poll(300_000)", 300),
    ],
)
def test_a_wait_with_a_timeout_tells_its_limit_and_its_descriptors(
    start: Start, code: str, limit: float
) -> None:
    """settimeout, select and poll show what they wait for, and how long at most."""
    child = start(code)
    expected = number(child)

    thread = settled(child, polls)

    assert (thread.wait, thread.limit) == (Wait.TIMED, limit)
    assert thread.descriptors == (expected,)


@pytest.mark.parametrize(
    "wait",
    [
        C_POLL,
        "import select; select.select([0, a], [], [])",
        "import select; select.select([a], [], [0])",
        "import select; p = select.poll(); p.register(0, 1); p.register(a, 1); p.poll()",
    ],
)
def test_a_wait_on_several_descriptors_names_them_all(start: Start, wait: str) -> None:
    """Poll and select without a timeout wait for ever, on all descriptors but negative ones."""
    child = start(PAIR + wait)
    expected = number(child)

    thread = settled(child, polls)

    assert (thread.wait, thread.limit, thread.descriptor) == (Wait.FOREVER, None, None)
    assert thread.descriptors == (0, expected)


def test_selectors_wait_in_an_epoll(start: Start) -> None:
    """A selector is one descriptor, the epoll's."""
    code = (
        "import selectors; s = selectors.DefaultSelector(); s.register(0, 1); "
        "print(s.fileno(), flush=True); s.select()"
    )
    child = start(code)
    expected = number(child)

    thread = settled(child, lambda thread: str(thread.call).startswith("epoll"))

    assert (thread.descriptor, thread.wait) == (expected, Wait.FOREVER)


def test_an_asyncio_server_waits_for_ever(start: Start) -> None:
    """A server without timers waits in its epoll without a limit."""
    child = start(
        "import asyncio\n"
        "async def main():\n"
        "    server = await asyncio.start_server(print, '127.0.0.1', 0)\n"
        "    await server.serve_forever()\n"
        "asyncio.run(main())\n"
    )

    thread = settled(child, lambda thread: str(thread.call).startswith("epoll"))

    assert thread.wait is Wait.FOREVER


def test_an_asyncio_sleep_is_a_timed_wait(start: Start) -> None:
    """A pending timer shows as the limit of the epoll, rounded up to milliseconds."""
    child = start("import asyncio; asyncio.run(asyncio.sleep(300))")

    thread = settled(child, lambda thread: str(thread.call).startswith("epoll"))

    assert thread.wait is Wait.TIMED
    assert thread.limit is not None
    assert 0 < thread.limit <= 300.1


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(300)",
        "import threading; threading.Event().wait(300)",
        "import threading; l = threading.Lock(); l.acquire(); l.acquire(timeout=300)",
    ],
)
def test_a_wait_until_a_moment_tells_what_remains(start: Start, code: str) -> None:
    """A sleep and a lock with a timeout are given a moment: the limit is the time until then."""
    child = start(code)

    thread = settled(child, lambda thread: thread.limit is not None and thread.limit > 1)

    assert thread.wait is Wait.TIMED
    assert thread.limit is not None
    assert thread.limit <= 300
    assert thread == settled(child, lambda _: True)


@pytest.mark.parametrize(
    "code",
    [
        "import threading; l = threading.Lock(); l.acquire(); l.acquire()",
        "import queue; queue.Queue().get()",
    ],
)
def test_a_lock_without_a_timeout_waits_for_ever(start: Start, code: str) -> None:
    """A lock that nobody releases is a futex without a limit."""
    child = start(code)

    thread = settled(child, lambda thread: thread.call == "futex")

    assert (thread.wait, thread.descriptor, thread.descriptors) == (Wait.FOREVER, None, ())


def test_each_thread_has_a_wait_of_its_own(start: Start) -> None:
    """A join waits for ever while the joined thread waits for its socket."""
    child = start(
        PAIR
        + "import threading; t = threading.Thread(target=a.recv, args=(1,)); t.start(); t.join()"
    )
    descriptor = number(child)

    found = threads_of(child, lambda found: [t.call for t in found] == ["futex", "recvfrom"])

    assert [thread.descriptor for thread in found] == [None, descriptor]
    assert {thread.wait for thread in found} == {Wait.FOREVER}
    assert [thread.pid for thread in found] == [child.pid] * 2
    assert found[0].tid == child.pid != found[1].tid


def test_a_parent_that_waits_for_its_child_waits_for_ever(start: Start) -> None:
    """os.wait is a call of its own: not idle in a socket, but not running either."""
    child = start("import os, sys\nif os.fork(): os.wait()\nelse: sys.stdin.read()")

    thread = settled(child, lambda thread: thread.call in {"wait4", "waitid"})

    assert thread.wait is Wait.FOREVER


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
