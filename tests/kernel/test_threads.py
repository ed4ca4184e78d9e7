"""What the threads of real child processes are seen to wait in."""

from __future__ import annotations

import pytest

from pytest_sockets.kernel import threads
from pytest_sockets.kernel.threads import ACCEPTS, READS, WRITES, Wait

from .steps import Start, all_settled, number, numbers, polls, settled, tell

pytestmark = pytest.mark.skipif(not threads.available(), reason="/proc shows no calls here")


PAIR = "import socket; a, b = socket.socketpair(); print(a.fileno(), flush=True); "
C_POLL = (
    "import ctypes, struct; ctypes.CDLL(None).poll("
    "struct.pack('ihhihhihh', 0, 1, 0, -1, 1, 0, a.fileno(), 1, 0), 3, -1)"
)
LISTENER = (
    "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.fileno(), flush=True); "
)


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


def test_a_thread_that_is_being_woken_runs(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel shows it in the call that it was in, and in state R, until it is given a turn."""
    child = start(PAIR + "a.recv(9)")
    number(child)
    asleep = settled(child, lambda thread: thread.call in READS)
    read = threads._read

    def woken(path: str) -> bytes:
        return read(path).replace(b") S ", b") R ") if path.endswith("/stat") else read(path)

    monkeypatch.setattr(threads, "_read", woken)
    (awake,) = threads.snapshot([child.pid])

    assert (asleep.call, awake.call) == ("recvfrom", "recvfrom")
    assert (asleep.wait, awake.wait) == (Wait.FOREVER, Wait.RUNNING)


def test_a_wait_that_began_after_its_thread_was_counted_is_none_yet(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count would be of a wait before it: the next look would take it for one that ended."""
    child = start("import select; input(); select.select([0], [], [], 300)")
    asked = settled(child, lambda thread: thread.call == "read")
    read_call = threads._read_call

    def comes_to_it(path: str) -> list[int] | None:
        monkeypatch.setattr(threads, "_read_call", read_call)
        tell(child, b"\n")
        settled(child, polls)
        return read_call(path)

    monkeypatch.setattr(threads, "_read_call", comes_to_it)
    (between,) = threads.snapshot([child.pid])
    (polling,) = threads.snapshot([child.pid])

    assert (between.runs, between.wait) == (asked.runs, Wait.RUNNING)
    assert (polling.runs > asked.runs, polling.wait) == (True, Wait.TIMED)


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


def test_all_that_an_epoll_waits_for_is_told(start: Start) -> None:
    """However many they are: a server may have a client in each of them."""
    code = (
        "import os, select\n"
        "epoll, ends = select.epoll(), [os.pipe() for _ in range(100)]\n"
        "for reading, _ in ends: epoll.register(reading, select.EPOLLIN)\n"
        "print(*(reading for reading, _ in ends), flush=True)\n"
        "epoll.poll()\n"
    )
    child = start(code)
    expected = numbers(child)

    thread = settled(child, lambda thread: str(thread.call).startswith("epoll"))

    assert threads.polled(thread) == set(expected)


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

    found = all_settled(child, lambda found: [t.call for t in found] == ["futex", "recvfrom"])

    assert [thread.descriptor for thread in found] == [None, descriptor]
    assert {thread.wait for thread in found} == {Wait.FOREVER}
    assert [thread.pid for thread in found] == [child.pid] * 2
    assert found[0].tid == child.pid != found[1].tid


def test_a_parent_that_waits_for_its_child_waits_for_ever(start: Start) -> None:
    """os.wait is a call of its own: not idle in a socket, but not running either."""
    child = start("import os, sys\nif os.fork(): os.wait()\nelse: sys.stdin.read()")

    thread = settled(child, lambda thread: thread.call in {"wait4", "waitid"})

    assert thread.wait is Wait.FOREVER
