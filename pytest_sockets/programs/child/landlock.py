"""Landlock (landlock(7)): what this process and all it starts may do with files and ports.

Knows the system calls, the rights of each version, and that older kernels know fewer of
them. Does not know which folders a program needs. Linux; everything here raises OSError
where it is not allowed.
"""

import fcntl
import os
import stat
import struct
from typing import Iterable

from . import linux

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
GET_VERSION = 1
PATH_BENEATH, NET_PORT = 1, 2

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK = 1 << 6, 1 << 7, 1 << 8, 1 << 9
MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = 1 << 10, 1 << 11, 1 << 12
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

FIRST = (1 << 13) - 1
"""The rights of version 1; the later ones came one by one."""

SINCE = {REFER: 2, TRUNCATE: 3, IOCTL_DEV: 5}
EVERYTHING = FIRST | REFER | TRUNCATE | IOCTL_DEV
READ = EXECUTE | READ_FILE | READ_DIR
WRITE = (FIRST | REFER | TRUNCATE) & ~(READ | MAKE_CHAR | MAKE_BLOCK)
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
"""The rights that a rule about a file, and no folder, may name."""

BIND_TCP, CONNECT_TCP = 1 << 0, 1 << 1
PORTS_SINCE = 4
ABSTRACT_SOCKETS, SIGNALS = 1 << 0, 1 << 1
SCOPES_SINCE = 6

OUT_OF_THE_WAY = 251
"""The least descriptor that a program will not be surprised to find taken."""


def version() -> int:
    """Return the version of Landlock that this kernel offers.

    Raises:
        OSError: it offers none.
    """
    return linux.syscall(CREATE_RULESET, None, 0, GET_VERSION)


class Rules:
    """What is allowed; everything else of the kind is forbidden once they are in force.

    Of files the rights ``handled``, by default all; with ``ports``, TCP ports; and signals
    to processes and abstract sockets that were there before, where the kernel knows of that.
    """

    def __init__(self, version: int, *, handled: int = EVERYTHING, ports: bool = False) -> None:
        self.handled = handled
        for right, since in SINCE.items():
            self.handled &= ~(right if version < since else 0)
        self.ports = ports and version >= PORTS_SINCE
        attributes = struct.pack("=Q", self.handled)
        if version >= PORTS_SINCE:
            attributes += struct.pack("=Q", BIND_TCP | CONNECT_TCP if self.ports else 0)
        if version >= SCOPES_SINCE:
            attributes += struct.pack("=Q", ABSTRACT_SOCKETS | SIGNALS)
        made = linux.syscall(CREATE_RULESET, attributes, len(attributes), 0)
        self._fd = fcntl.fcntl(made, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
        os.close(made)

    def allow(self, path: str, rights: int) -> None:
        """Allow ``rights`` for ``path``, and all below it; what is not there needs none."""
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return
        try:
            rights &= self.handled if stat.S_ISDIR(os.fstat(fd).st_mode) else OF_FILES
            rule = struct.pack("=Qi", rights & self.handled, fd)
            linux.syscall(ADD_RULE, self._fd, PATH_BENEATH, rule, 0)
        finally:
            os.close(fd)

    def allow_ports(self, bound: Iterable[int], reached: Iterable[int]) -> None:
        """Allow these TCP ports: to be bound, and to be connected to."""
        for right, ports in ((BIND_TCP, bound), (CONNECT_TCP, reached)):
            for port in set(ports) if self.ports else ():
                rule = struct.pack("=QQ", right, port)
                linux.syscall(ADD_RULE, self._fd, NET_PORT, rule, 0)

    def enforce(self) -> None:
        """Put them in force, for good, for this thread and all that it starts."""
        linux.syscall(RESTRICT_SELF, self._fd, 0)
        os.close(self._fd)
