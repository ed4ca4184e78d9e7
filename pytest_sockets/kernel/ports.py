"""Port numbers that stay one's own until they are used.

Knows which numbers the kernel hands out by itself (the ephemeral range), which
are taken, and which other claimers hold. Does not keep a program that claims
nothing from binding the number, and does not see the claims of other users, nor
of processes with another folder for temporary files.
"""

from __future__ import annotations

import errno
import os
import random
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Literal

from pytest_sockets.messages import message

from .portable import portable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Kind = Literal["tcp", "udp"]

WILDCARDS = ("0.0.0.0", "::")  # noqa: S104 - a probe of these tells of all addresses of the machine

_TYPES = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
_TRIES = 200
_LOWEST, _HIGHEST = 10001, 65535
_ELSEWHERE = range(10000, 30000)

_lock = threading.Lock()
_held: set[int] = set()
_lock_files: dict[str, int] = {}


class Claim:
    """A port number that no other claimer is given until ``close``.

    A context manager. ``port`` can be bound on all hosts and protocols of the
    claim, without SO_REUSEADDR; whoever uses it has to bind it.
    """

    def __init__(self, port: int, lock_file: int) -> None:
        self.port = port
        self._lock_file = lock_file
        self._open = True

    def __enter__(self) -> Claim:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the number back. Closing twice does nothing."""
        with _lock:
            if self._open:
                self._open = False
                _release(self._lock_file, self.port)


def claim(
    kinds: Sequence[Kind] = ("tcp", "udp"),
    hosts: Sequence[str] = ("127.0.0.1", "::1"),
    *,
    among: Sequence[int] | None = None,
    free: Callable[[int], bool] | None = None,
) -> Claim:
    """Return a claim on a port number, by default one outside the ephemeral range.

    The number can be bound at this moment for each of ``kinds`` on each of
    ``hosts`` (numeric) that this machine has: nobody listens there, and no
    connection lingers in TIME_WAIT. In another network than this process's it is
    ``free`` that tells this of a number. ``among`` are the numbers to choose from.
    They are looked for from 10001 up to that range, or behind it where there are
    more; it is disregarded where it leaves room on neither side.

    Raises:
        OSError: 200 candidates in a row were taken, the machine has none of
            ``hosts``, or the lock file belongs to someone else.
    """
    free = free or _free_here(kinds, hosts)
    candidates = among or _candidates()
    chance = random.SystemRandom()  # a test's random.seed must not steer it, nor a fork repeat it
    for _ in range(_TRIES):
        port = chance.choice(candidates)
        lock_file = _hold(port)
        if lock_file is None:
            continue
        held = Claim(port, lock_file)
        try:
            if free(port):
                return held
        except BaseException:
            held.close()
            raise
        held.close()
    text = message(
        "{tries} port numbers between {low} and {high} were tried, and all are taken",
        tries=_TRIES,
        low=min(candidates),
        high=max(candidates),
    )
    raise OSError(errno.EADDRINUSE, str(text))


def is_free(port: int, kind: Kind) -> bool:
    """Tell whether the number can be bound at this moment on all addresses of this machine."""
    return _free_here((kind,), WILDCARDS)(port)


def _free_here(kinds: Sequence[Kind], hosts: Sequence[str]) -> Callable[[int], bool]:
    """Return what tells whether a number can be bound on all of ``hosts`` that there are."""
    here = [host for host in hosts if present(host)]
    if not here:
        raise absent(hosts)
    return lambda port: all(_can_bind(kind, host, port) for kind in kinds for host in here)


def _candidates() -> range:
    """Return the larger part of the usual numbers that the kernel does not hand out itself."""
    if portable():
        return _ELSEWHERE
    try:
        with open("/proc/sys/net/ipv4/ip_local_port_range", "rb", buffering=0) as file:
            words = file.readall().split()
    except OSError:
        return _ELSEWHERE
    low, high = (int(word) for word in words)
    outside = max(range(_LOWEST, low), range(high + 1, _HIGHEST + 1), key=len)
    return outside if len(outside) >= _TRIES else _ELSEWHERE


def present(host: str) -> bool:
    """Return whether ``host``, a numeric address, is one of this machine's."""
    return _bind("udp", host, 0) is None


def absent(hosts: Sequence[str]) -> OSError:
    """Return the error that says that this machine has none of ``hosts``."""
    text = message("this machine has none of the addresses {hosts}", hosts=", ".join(hosts))
    return OSError(errno.EADDRNOTAVAIL, str(text))


def _can_bind(kind: Kind, host: str, port: int) -> bool:
    return _bind(kind, host, port) is None


def _bind(kind: Kind, host: str, port: int) -> OSError | None:
    """Bind and close at once; return what went wrong."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, _TYPES[kind]) as probe:
            if sys.platform == "win32":  # there a wildcard's port could be bound again otherwise
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None


def _hold(port: int) -> int | None:
    """Lock the byte at offset ``port``; return the lock file, or None when it is held."""
    with _lock:
        if port in _held:
            return None
        lock_file = _lock_file()
        if not _lock_byte(lock_file, port):
            return None
        _held.add(port)
        return lock_file


def _release(lock_file: int, port: int) -> None:
    _held.discard(port)
    _unlock_byte(lock_file, port)


def _lock_file() -> int:
    """Return the descriptor of the user's lock file, opened once and never closed.

    A process loses all its locks on a file when it closes any descriptor of it (man 2 fcntl).
    """
    path = os.path.join(tempfile.gettempdir(), f"pytest-sockets-ports-{_user()}")
    if path not in _lock_files:
        _lock_files[path] = _open(path)
    return _lock_files[path]


def _user() -> str:
    return os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())


def _open(path: str) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    lock_file = os.open(path, flags, 0o600)
    status = os.fstat(lock_file)
    foreign = sys.platform != "win32" and status.st_uid != os.getuid()
    if foreign or not stat.S_ISREG(status.st_mode):
        os.close(lock_file)
        text = message("the lock file {path} is not a file of this user's own", path=path)
        raise OSError(errno.EPERM, str(text))
    return lock_file


if sys.platform == "win32":

    def _lock_byte(lock_file: int, offset: int) -> bool:
        os.lseek(lock_file, offset, os.SEEK_SET)
        try:
            msvcrt.locking(lock_file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock_byte(lock_file: int, offset: int) -> None:
        os.lseek(lock_file, offset, os.SEEK_SET)
        msvcrt.locking(lock_file, msvcrt.LK_UNLCK, 1)

else:

    def _lock_byte(lock_file: int, offset: int) -> bool:
        try:
            fcntl.lockf(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)
        except (BlockingIOError, PermissionError):  # EAGAIN or EACCES: POSIX permits both
            return False
        return True

    def _unlock_byte(lock_file: int, offset: int) -> None:
        fcntl.lockf(lock_file, fcntl.LOCK_UN, 1, offset)
