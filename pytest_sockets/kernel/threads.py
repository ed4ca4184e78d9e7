"""What each thread of a process waits in, read from /proc (Linux; man 5 proc).

Knows the system call a thread is blocked in, its descriptors and its time
limit, and how often the thread ran. Does not know what kind of thing a
descriptor is, nor a limit set with SO_RCVTIMEO or SO_SNDTIMEO (Python's
``settimeout`` is seen: it polls). A process with other system call numbers than
the machine's own (a 32-bit program) is misread. Needs the right to trace the
process: its parent has it, unless the system forbids tracing altogether.
"""

from __future__ import annotations

import functools
import os
import platform
import struct
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from .portable import portable

READS = frozenset({"read", "readv", "recvfrom", "recvmsg", "recvmmsg"})
WRITES = frozenset({"write", "writev", "sendto", "sendmsg", "sendmmsg"})
ACCEPTS = frozenset({"accept", "accept4"})
ON_ANY_FILE = frozenset({"read", "readv", "write", "writev"})

# fmt: off
_X86_64 = {
    0: "read", 1: "write", 7: "poll", 19: "readv", 20: "writev", 23: "select", 34: "pause",
    35: "nanosleep", 40: "sendfile", 42: "connect", 43: "accept", 44: "sendto", 45: "recvfrom",
    46: "sendmsg", 47: "recvmsg", 61: "wait4", 73: "flock", 128: "rt_sigtimedwait",
    130: "rt_sigsuspend", 202: "futex", 219: "restart_syscall", 230: "clock_nanosleep",
    232: "epoll_wait", 247: "waitid", 270: "pselect6", 271: "ppoll", 281: "epoll_pwait",
    288: "accept4", 299: "recvmmsg", 307: "sendmmsg", 441: "epoll_pwait2",
}
_AARCH64 = {
    22: "epoll_pwait", 32: "flock", 63: "read", 64: "write", 65: "readv", 66: "writev",
    71: "sendfile", 72: "pselect6", 73: "ppoll", 95: "waitid", 98: "futex", 101: "nanosleep",
    115: "clock_nanosleep", 128: "restart_syscall", 133: "rt_sigsuspend", 137: "rt_sigtimedwait",
    202: "accept", 203: "connect", 206: "sendto", 207: "recvfrom", 211: "sendmsg",
    212: "recvmsg", 242: "accept4", 243: "recvmmsg", 260: "wait4", 269: "sendmmsg",
    441: "epoll_pwait2",
}
# fmt: on
_TABLES = {"x86_64": _X86_64, "aarch64": _AARCH64}
_CALLS = _TABLES.get(platform.machine(), {}) if sys.platform == "linux" else {}

_EPOLL = frozenset({"epoll_wait", "epoll_pwait", "epoll_pwait2"})
POLLS = _EPOLL | {"poll", "ppoll", "select", "pselect6"}
_ON_DESCRIPTOR = READS | WRITES | ACCEPTS | _EPOLL | {"connect", "sendfile", "flock"}
_MILLISECONDS = {"poll": 2, "epoll_wait": 3, "epoll_pwait": 3}
_TIMESPEC = {
    "select": 4,
    "pselect6": 4,
    "ppoll": 2,
    "epoll_pwait2": 3,
    "futex": 3,
    "nanosleep": 0,
    "clock_nanosleep": 2,
    "recvmmsg": 4,
    "rt_sigtimedwait": 2,
}
_FUTEX_COMMAND, _FUTEX_CLOCK_REALTIME = 0x7F, 0x100
_FUTEX_LOCK_PI = 6
_FUTEX_ABSOLUTE = frozenset({_FUTEX_LOCK_PI, 9, 11, 13})  # WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2
_TIMER_ABSTIME = 1
_REALTIME, _MONOTONIC, _BOOTTIME = 0, 1, 7
_MOST_DESCRIPTORS = 4096


class Wait(Enum):
    """How long a thread may stay where it is.

    FOREVER: blocked without a time limit. TIMED: blocked with one. RUNNING: on a
    processor, ready for one, held up by a disk, or in a call that is not known
    to wait for others.
    """

    FOREVER = "forever"
    TIMED = "timed"
    RUNNING = "running"


@dataclass(frozen=True)
class Thread:
    """A thread at one moment.

    ``call`` is the system call it is in: a name such as ``recvfrom``,
    ``other:NNN`` with the number of a call that has no name here, ``running``
    outside of calls, ``stopped`` by a signal (then it waits FOREVER, for
    SIGCONT), or None when the system does not say. ``descriptor`` is the first
    argument of a call that takes one; ``descriptors`` are all that the thread
    waits for, those of poll and select included, empty where they cannot be
    read; an epoll is one descriptor. ``runs`` counts how often the thread was
    given a processor: of one that waits, up to this very wait.

    ``limit`` is in seconds: what the call was given or, where it was given a
    moment, what remains until then. None when it cannot be read, as after
    SIGCONT, when some timed calls show as ``restart_syscall``. It takes no part
    in comparisons.
    """

    pid: int
    tid: int
    call: str | None
    descriptor: int | None
    wait: Wait
    runs: int
    limit: float | None = field(default=None, compare=False)
    descriptors: tuple[int, ...] = ()


def snapshot(pids: Iterable[int]) -> tuple[Thread, ...]:
    """Return all threads of the processes ``pids``, in the order of their ids.

    Two equal snapshots prove that none of the threads ran between the end of
    the first and the start of the second. Processes and threads that have ended
    are left out, zombies too.
    """
    found = (_thread(pid, tid) for pid in sorted(set(pids)) for tid in _thread_ids(pid))
    return tuple(thread for thread in found if thread is not None)


def polled(thread: Thread) -> frozenset[int]:
    """Return the descriptors that ``thread`` waits for, those registered with its epoll included.

    Those of an epoll are read now (man 5 proc, fdinfo): none when they cannot be.
    """
    if thread.call not in _EPOLL:
        return frozenset(thread.descriptors)
    try:
        with open(f"/proc/{thread.pid}/fdinfo/{thread.descriptor}", "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return frozenset()
    return frozenset(int(line.split()[1]) for line in lines if line.startswith(b"tfd:"))


def available() -> bool:
    """Return whether the calls of a child's threads can be read here, and are to be."""
    return bool(_CALLS) and not portable() and _can_be_read()


@functools.cache
def _can_be_read() -> bool:
    """Try it on a child."""
    command = [sys.executable, "-I", "-S", "-c", "input()"]
    with subprocess.Popen(  # noqa: S603 - the command is our own
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        threads = snapshot([child.pid])
        child.kill()
    return bool(threads) and threads[0].call is not None and threads[0].runs > 0


def _thread_ids(pid: int) -> list[int]:
    try:
        return sorted(int(name) for name in os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return []


def _thread(pid: int, tid: int) -> Thread | None:
    folder = f"/proc/{pid}/task/{tid}"
    try:
        runs = _runs(folder)
        thread = _seen(pid, tid, folder, runs)
        if thread is not None and thread.wait is not Wait.RUNNING and _runs(folder) != runs:
            # It came to this wait after it was counted: the count is of another one.
            return replace(thread, wait=Wait.RUNNING, limit=None)
    except (FileNotFoundError, ProcessLookupError):
        return None
    return thread


def _runs(folder: str) -> int:
    return int(_read(f"{folder}/schedstat").split()[2])


def _seen(pid: int, tid: int, folder: str, runs: int) -> Thread | None:
    call = _read_call(f"{folder}/syscall")
    stat = _read(f"{folder}/stat")
    state = stat[stat.rindex(b")") + 2 :][:1]
    if state in b"ZX":
        return None
    if state in b"Tt":
        return Thread(pid, tid, "stopped", None, Wait.FOREVER, runs)
    # Who is being woken still shows the call that it was in, but is ready to run.
    return _blocked(pid, tid, call, runs, awake=state in b"RD")


def _blocked(pid: int, tid: int, call: Sequence[int] | None, runs: int, *, awake: bool) -> Thread:
    """Return the thread by its call: ``(number, six arguments, …)``; ``awake`` it goes on."""
    if call is None or len(call) < 7:
        name = None if call is None else "running"
        return Thread(pid, tid, name, None, Wait.RUNNING, runs)
    number, *arguments = call
    name = _CALLS.get(number, f"other:{number}")
    memory = f"/proc/{pid}/task/{tid}/mem"
    descriptor = _signed(arguments[0]) if name in _ON_DESCRIPTOR else None
    wait, limit = _limit(memory, name, arguments)
    if awake or number not in _CALLS:
        wait, limit = Wait.RUNNING, None
    descriptors = _watched(memory, name, arguments) if descriptor is None else (descriptor,)
    return Thread(pid, tid, name, descriptor, wait, runs, limit, descriptors)


def _read_call(path: str) -> list[int] | None:
    """Return the numbers in /proc/PID/syscall: none when running, None when forbidden."""
    try:
        words = _read(path).split()
    except PermissionError:
        return None
    return [] if words == [b"running"] else [int(word, 0) for word in words]


def _limit(memory: str, name: str, arguments: Sequence[int]) -> tuple[Wait, float | None]:
    if name == "restart_syscall":
        return Wait.TIMED, None
    if name in _MILLISECONDS:
        milliseconds = _signed(arguments[_MILLISECONDS[name]])
        return _wait(None if milliseconds < 0 else milliseconds / 1000)
    pointer = arguments[_TIMESPEC[name]] if name in _TIMESPEC else 0
    if not pointer:
        return Wait.FOREVER, None
    given = _peek(memory, pointer, 16)
    if given is None:
        return Wait.TIMED, None
    seconds, fraction = struct.unpack("=qq", given)
    clock = _absolute(name, arguments)
    if clock is not None:
        return Wait.TIMED, _remaining(clock, seconds + fraction / 1e9)
    return _wait(seconds + fraction / (1e6 if name == "select" else 1e9))


def _remaining(clock: int, moment: float) -> float | None:
    if clock not in (_REALTIME, _MONOTONIC, _BOOTTIME):
        return None  # the processor time of a process, which does not pass here
    return max(0.0, moment - time.clock_gettime(clock))


def _wait(limit: float | None) -> tuple[Wait, float | None]:
    if limit is None:
        return Wait.FOREVER, None
    return (Wait.TIMED, limit) if limit > 0 else (Wait.RUNNING, None)


def _absolute(name: str, arguments: Sequence[int]) -> int | None:
    """Return the clock of a call that waits until a moment of it, None for a duration."""
    if name == "clock_nanosleep" and arguments[1] & _TIMER_ABSTIME:
        return _signed(arguments[0])
    command = arguments[1] & _FUTEX_COMMAND
    if name != "futex" or command not in _FUTEX_ABSOLUTE:
        return None
    real = command == _FUTEX_LOCK_PI or arguments[1] & _FUTEX_CLOCK_REALTIME
    return _REALTIME if real else _MONOTONIC


def _watched(memory: str, name: str, arguments: Sequence[int]) -> tuple[int, ...]:
    if name in ("poll", "ppoll"):
        count = min(arguments[1], _MOST_DESCRIPTORS)
        polled = _peek(memory, arguments[0], 8 * count) or b""
        return tuple(fd for fd, _, _ in struct.iter_unpack("=ihh", polled) if fd >= 0)
    if name in ("select", "pselect6"):
        count = min(_signed(arguments[0]), _MOST_DESCRIPTORS)
        size = (count + 63) // 64 * 8
        sets = [_peek(memory, pointer, size) or b"" for pointer in arguments[1:4] if pointer]
        bits = functools.reduce(int.__or__, (int.from_bytes(s, "little") for s in sets), 0)
        return tuple(fd for fd in range(count) if bits >> fd & 1)
    return ()


def _signed(argument: int) -> int:
    """Return a register as the C int it holds."""
    low = argument & 0xFFFFFFFF
    return low - (1 << 32) if low >> 31 else low


def _read(path: str) -> bytes:
    """Return what stands in a short file; of a longer one the beginning."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 4096)
    finally:
        os.close(descriptor)


def _peek(memory: str, address: int, size: int) -> bytes | None:
    """Return ``size`` bytes of a process's memory, None when they cannot be read."""
    try:
        descriptor = os.open(memory, os.O_RDONLY)
    except OSError:
        return None
    try:
        found = os.pread(descriptor, size, address)
    except (OSError, OverflowError):
        return None
    finally:
        os.close(descriptor)
    return found if len(found) == size else None
