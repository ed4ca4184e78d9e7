"""Which sockets a program listens on or has bound, as the system tells.

Knows sock_diag where there is one, and psutil elsewhere. Does not know which
address the program was meant to use.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psutil

from ..kernel import processes
from ..kernel.sock_diag import Protocol, SockDiag
from ..wire.events import Address
from .program import Program

UNKNOWN = -1


def bound(program: Program, kind: Protocol, diag: SockDiag | None) -> Iterator[tuple[int, Address]]:
    """Yield descriptor and address of each socket that listens (tcp) or is bound (udp).

    Without ``diag`` the descriptor is -1.
    """
    if diag is None:
        yield from _bound_by_psutil(program, kind)
        return
    rows = diag.dump(kind, ["LISTEN"] if kind == "tcp" else ["UNCONN", "ESTABLISHED"])
    by_inode = {row.inode: row for row in rows}
    for pid in program.pids():
        with contextlib.suppress(ProcessLookupError):
            for fd, inode in processes.socket_inodes(pid).items():
                if inode in by_inode:
                    yield fd, by_inode[inode].local


def _bound_by_psutil(program: Program, kind: Protocol) -> Iterator[tuple[int, Address]]:
    for pid in program.pids():
        with contextlib.suppress(psutil.Error):
            for connection in psutil.Process(pid).net_connections(kind):
                listens = kind == "udp" or connection.status == psutil.CONN_LISTEN
                if listens and connection.laddr:
                    yield UNKNOWN, (connection.laddr.ip, connection.laddr.port)
