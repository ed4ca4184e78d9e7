"""Which AF_UNIX sockets a program listens on, as the system tells.

Knows unix_diag where there is one. Elsewhere psutil tells which sockets are
bound, and the program's trace that it called listen. Does not know which path
the program was meant to use.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator

import psutil

from ..kernel import processes
from ..kernel.unix_diag import UnixDiag
from ..wire.events import Called
from .program import Program


def unix_sockets(
    program: Program, diag: UnixDiag | None, *, listening: bool = True
) -> Iterator[tuple[int, str]]:
    r"""Yield descriptor and path of each socket that listens, or else of each that is only bound.

    An abstract path begins with ``\0``; a relative one is seen from where the
    program is now.
    """
    if diag is None:
        if _has_listened(program) == listening:
            yield from _bound_by_psutil(program)
        return
    rows = diag.named("LISTEN" if listening else "CLOSE")
    by_inode = {row.inode: row.path for row in rows if row.kind == socket.SOCK_STREAM}
    for pid in program.pids() if by_inode else ():
        with contextlib.suppress(ProcessLookupError):
            for fd, inode in processes.socket_inodes(pid).items():
                if inode in by_inode:
                    yield fd, _absolute(pid, by_inode[inode])


def _has_listened(program: Program) -> bool:
    """Tell whether the program has called listen with success; True where it has no trace."""
    events = program.transcript.events
    began = program.transcript.started
    return not program.traced or any(
        event.call == "listen" and event.at >= began and not event.error
        for event in events
        if isinstance(event, Called)
    )


def _bound_by_psutil(program: Program) -> Iterator[tuple[int, str]]:
    for pid in program.pids():
        with contextlib.suppress(psutil.Error):
            for connection in psutil.Process(pid).net_connections("unix"):
                if isinstance(connection.laddr, str) and connection.laddr:
                    path = connection.laddr
                    abstract = path.startswith("@")
                    yield connection.fd, "\0" + path[1:] if abstract else _absolute(pid, path)


def _absolute(pid: int, path: str) -> str:
    if path.startswith("\0") or os.path.isabs(path):
        return path
    try:
        return os.path.join(psutil.Process(pid).cwd(), path)
    except psutil.Error:
        return path
