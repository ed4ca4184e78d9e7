"""A filter on system calls (seccomp(2)): what no homework needs and an attacker would.

Knows the numbers of two architectures and classic BPF. What is refused fails with EPERM
or as on a kernel that lacks it; nothing is killed. It adds to namespaces and Landlock what
they do not cover: other processes' memory, new namespaces, and interfaces of the kernel
that are old or large enough to be broken into. Linux.
"""

import ctypes
import errno
import os
import struct
from typing import Dict, Iterator, List, Tuple

from . import linux

SECCOMP_MODE_FILTER = 2
PR_SET_SECCOMP = 22

ALLOW = 0x7FFF0000
ERROR = 0x00050000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST, THIRD = 0, 4, 16, 32
"""Where things lie in ``struct seccomp_data``; of an argument the lower half."""

X32 = 0x40000000
"""The bit of x86_64's second set of calls, whose numbers a filter would miss."""

# From here on the numbers are the same on every architecture.
COMMON = {
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
    "clone3": 435, "pidfd_getfd": 438, "mount_setattr": 442,
}  # fmt: skip

MACHINES: Dict[str, Tuple[int, Dict[str, int]]] = {
    "x86_64": (0xC000003E, {
        "socket": 41, "clone": 56, "ptrace": 101, "pivot_root": 155, "chroot": 161, "acct": 163,
        "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "init_module": 175,
        "delete_module": 176, "quotactl": 179, "kexec_load": 246, "add_key": 248,
        "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
        "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "kexec_file_load": 320,
        "bpf": 321, "userfaultfd": 323,
    }),
    "aarch64": (0xC00000B7, {
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "quotactl": 60, "acct": 89,
        "unshare": 97, "kexec_load": 104, "init_module": 105, "delete_module": 106,
        "ptrace": 117, "reboot": 142, "socket": 198, "add_key": 217, "request_key": 218,
        "keyctl": 219, "clone": 220, "swapon": 224, "perf_event_open": 241,
        "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "bpf": 280,
        "userfaultfd": 282, "kexec_file_load": 294,
    }),
}  # fmt: skip

REFUSED = (
    # Reading and changing other processes, and taking their descriptors.
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd",
    # Leaving one's own view of the system, or making another in which one has rights.
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_by_handle_at",
    # The machine itself.
    "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "swapon", "acct", "quotactl",
    # Keys of the user outlive a program.
    "add_key", "request_key", "keyctl",
    # Parts of the kernel that many a way out has led through, and no exercise.
    "bpf", "perf_event_open", "userfaultfd",
)  # fmt: skip

ABSENT = ("clone3", "io_uring_setup", "io_uring_enter", "io_uring_register")
"""Refused as on a kernel without them: then libc and runtimes use what can be looked into.

The flags of clone3 lie in memory, and what io_uring does passes no filter.
"""

NAMESPACES = 0x7E020000
"""All flags of clone(2) that ask for a new namespace."""

FAMILIES = (1, 2, 10)
"""AF_UNIX, AF_INET and AF_INET6; others leave the network (AF_VSOCK) or are seldom looked after."""

NETLINK, ROUTE = 16, 0
"""AF_NETLINK and its one protocol by which libc asks for this machine's addresses."""

Steps = List[Tuple[int, int, int, int]]
"""Steps of classic BPF: code, how many to skip if true, if not, and an operand."""

PASS: Steps = [(RETURN, 0, 0, ALLOW)]


def program(machine: str) -> bytes:
    """Return the filter for ``machine``, as uname(2) calls it.

    Raises:
        OSError: its numbers are not known.
    """
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), "a filter for " + machine)
    architecture, own = MACHINES[machine]
    steps: Steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), *_fail(errno.ENOSYS)]
    steps += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, X32), *_fail(errno.ENOSYS)]
    steps += _search(sorted(_cases({**own, **COMMON})))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _cases(numbers: Dict[str, int]) -> Iterator[Tuple[int, Steps]]:
    """Yield each number that is looked at, with what becomes of the call."""
    for names, error in ((REFUSED, errno.EPERM), (ABSENT, errno.ENOSYS)):
        for name in names:
            yield numbers[name], _fail(error)
    asks = [(LOAD, 0, 0, FIRST), (ANY_BIT, 0, 1, NAMESPACES), *_fail(errno.EPERM), *PASS]
    yield numbers["clone"], asks
    family: Steps = [(LOAD, 0, 0, FIRST)]
    for each in FAMILIES:
        family += [(EQUAL, 0, 1, each), *PASS]
    family += [(EQUAL, 1, 0, NETLINK), *_fail(errno.EAFNOSUPPORT)]
    family += [(LOAD, 0, 0, THIRD), (EQUAL, 1, 0, ROUTE), *_fail(errno.EPERM), *PASS]
    yield numbers["socket"], family


def _search(cases: List[Tuple[int, Steps]]) -> Steps:
    """Return steps that find the number among ``cases`` by halves; any other one passes."""
    if len(cases) == 1:
        number, then = cases[0]
        return [(EQUAL, 0, len(then), number), *then, *PASS]
    half = len(cases) // 2
    below, above = _search(cases[:half]), _search(cases[half:])
    return [(AT_LEAST, len(below), 0, cases[half][0]), *below, *above]


def _fail(error: int) -> Steps:
    return [(RETURN, 0, 0, ERROR | error)]


def install(steps: bytes) -> None:
    """Have every system call of this process and what it starts pass the filter, for good.

    Raises:
        OSError: the kernel has no filters, or new privileges may still be gained.
    """
    memory = ctypes.create_string_buffer(steps, len(steps))
    count = len(steps) // struct.calcsize("=HBBI")
    header = struct.pack("@HP", count, ctypes.addressof(memory))
    linux.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(header))
