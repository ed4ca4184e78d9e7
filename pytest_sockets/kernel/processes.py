"""Which processes belong together, and what they hold.

Knows a process's descendants, descriptors, sockets and processor time. Does not
know a daemon that left its family (forked twice), nor that a process id has
been given to another process since.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import time
from collections.abc import Iterator

import psutil

from .portable import portable

_CPUCLOCK_SCHED = 2


def available() -> bool:
    """Return whether ``socket_inodes`` works on this system: it needs Linux's /proc."""
    return sys.platform == "linux" and not portable() and os.path.isdir("/proc/self/fd")


def tree(pid: int) -> list[int]:
    """Return the ids of a process and its descendants, parents first.

    Children that end meanwhile may be missing, and zombies may be among them. A
    process that does not exist has no tree: the list is empty.
    """
    found = [pid]
    for parent in found:
        children = _children(parent)
        if children is None and parent == pid:
            return []
        found += [child for child in children or () if child not in found]
    return found


def alive(pid: int) -> bool:
    """Return whether the process exists and has not ended (a zombie has)."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def descriptors(pid: int) -> int:
    """Return how many descriptors (on Windows: handles) the process has open.

    Raises:
        ProcessLookupError: there is no such process.
        PermissionError: it may not be looked into.
    """
    with _as_os_error():
        process = psutil.Process(pid)
        if sys.platform == "win32":
            return int(process.num_handles())
        return int(process.num_fds())


def awaits_alarm(pid: int) -> bool:
    """Return whether the process handles, or holds back, SIGALRM: a timer may end its waits.

    Which timers are set is not shown (proc(5)); False where this is not shown either.
    """
    if not available():
        return False
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            rows = [line.split() for line in file if line.startswith((b"SigBlk:", b"SigCgt:"))]
    except OSError:
        return False
    return any(int(mask, 16) >> (signal.SIGALRM - 1) & 1 for _, mask in rows)


def socket_inodes(pid: int) -> dict[int, int]:
    """Return the descriptors that are sockets, each with the inode of its socket.

    Raises:
        ProcessLookupError: there is no such process.
        PermissionError: it may not be looked into.
        NotImplementedError: this system does not tell; see ``available``.
    """
    if not available():
        raise NotImplementedError("descriptors are shown with their sockets on Linux only")
    folder = f"/proc/{pid}/fd"
    try:
        links = {int(name): _link(f"{folder}/{name}") for name in os.listdir(folder)}
    except FileNotFoundError as error:
        raise ProcessLookupError(*error.args) from None
    except PermissionError as error:
        if _ending(pid):
            raise ProcessLookupError(*error.args) from None
        raise
    return {
        descriptor: int(link.removeprefix("socket:[").removesuffix("]"))
        for descriptor, link in sorted(links.items())
        if link.startswith("socket:[")
    }


def is_socket(pid: int, descriptor: int) -> bool:
    """Return whether a descriptor of the process is a socket; False where that is not shown."""
    try:
        return stat.S_ISSOCK(os.stat(f"/proc/{pid}/fd/{descriptor}").st_mode)
    except OSError:
        return False


def tcp_connections(pid: int) -> set[tuple[int, int]] | None:
    """Return the local and the remote port of each TCP connection that the process holds.

    One that nobody has accepted yet is not among them. None where that can't be told: on
    Windows such a connection is its listener's, and some processes may not be looked into.
    """
    if sys.platform == "win32":
        return None
    try:
        found = psutil.Process(pid).net_connections("tcp")
    except psutil.NoSuchProcess:
        return set()
    except psutil.AccessDenied:
        return None
    return {(each.laddr.port, each.raddr.port) for each in found if each.laddr and each.raddr}


def thread_count(pid: int) -> int:
    """Return how many threads a process has; none when it has ended, or may not be looked into."""
    try:
        return int(psutil.Process(pid).num_threads())
    except psutil.Error:
        return 0


def cpu_time(pid: int) -> float:
    """Return the processor time of all threads of a process, ended ones too, in seconds.

    Linux counts in nanoseconds (clock_getcpuclockid(3)); elsewhere the steps
    may be as coarse as 10 ms. Its children are not counted.

    Raises:
        ProcessLookupError: there is no such process.
        PermissionError: it may not be looked into.
    """
    if sys.platform == "linux" and not portable():
        try:
            return time.clock_gettime(~pid << 3 | _CPUCLOCK_SCHED)
        except OSError:
            raise ProcessLookupError(f"there is no process {pid}") from None
    with _as_os_error():
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)


def _children(pid: int) -> list[int] | None:
    """Return the children of a process, None where there is no such process."""
    if sys.platform != "linux" or portable():
        return _children_by_parent(pid)
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return None
    try:
        return [
            int(child)
            for thread in threads
            for child in _words(f"/proc/{pid}/task/{thread}/children")
        ]
    except OSError:  # a thread has ended, or this Linux lists no children
        return _children_by_parent(pid)


def _children_by_parent(pid: int) -> list[int] | None:
    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.Error:
        return [] if psutil.pid_exists(pid) else None


def _words(path: str) -> list[bytes]:
    with open(path, "rb", buffering=0) as file:
        return file.readall().split()


def _ending(pid: int) -> bool:
    """Tell whether the process has given up its memory: from then on its files are root's."""
    try:
        return _words(f"/proc/{pid}/statm")[0] == b"0"
    except OSError:
        return True


def _link(path: str) -> str:
    try:
        return os.readlink(path)
    except FileNotFoundError:
        return ""  # closed since the folder was listed


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except psutil.NoSuchProcess as error:
        raise ProcessLookupError(str(error)) from error
    except psutil.AccessDenied as error:
        raise PermissionError(str(error)) from error
