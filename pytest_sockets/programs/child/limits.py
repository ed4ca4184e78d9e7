"""What one program may use of the machine (setrlimit(2)).

Generous: a hundred threads, large files and long computations stay within. Knows the
limits of every POSIX system. The number of processes is counted for each user, so how
many there may be is said by who knows how many there are.
"""

import contextlib
import os
from typing import Any

MEBIBYTE = 1 << 20

MOST = {
    # Runtimes of other languages reserve far more addresses than they use memory.
    "RLIMIT_DATA": 2048 * MEBIBYTE,
    "RLIMIT_FSIZE": 64 * MEBIBYTE,
    "RLIMIT_NOFILE": 4096,
    "RLIMIT_CPU": 600,
    # One byte is too little for any dump, and tells Linux to hand none to a program either.
    "RLIMIT_CORE": 1,
}

MOST_ADDRESSES = 16384 * MEBIBYTE
"""Of a Python program: each thread may reserve 72 MiB (its stack, an arena of malloc)."""


def install(processes: int, *, python: bool) -> None:
    """Limit this process and what it starts; 0 leaves the number of processes alone.

    Raises:
        OSError: the system has no such limits.
    """
    try:
        import resource
    except ImportError as error:
        raise OSError("this system has no limits for processes") from error
    wanted = dict(MOST)
    if processes:
        wanted["RLIMIT_NPROC"] = processes
    if python:
        wanted["RLIMIT_AS"] = MOST_ADDRESSES
    for name, most in wanted.items():
        _lower(resource, getattr(resource, name), most)
    _be_the_first_to_go()


def _lower(resource: Any, limit: int, most: int) -> None:
    hard = resource.getrlimit(limit)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    soft = resource.getrlimit(limit)[0]
    kept = least if soft == resource.RLIM_INFINITY else min(soft, least)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(limit, (kept, least))


def _be_the_first_to_go() -> None:
    """Where memory runs out, let it be this process that the kernel ends (proc(5))."""
    with contextlib.suppress(OSError):
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(descriptor, b"1000")
        os.close(descriptor)
