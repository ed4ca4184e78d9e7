"""Which sockets a program holds, with everything that it has started.

Knows the system's tables, of which only Linux's names the sockets of a process. Does
not know which of them should be open.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ..kernel import processes
from ..programs.place import Place
from ..programs.program import Program

CONNECTED = ("ESTABLISHED", "SYN_SENT", "FIN_WAIT1", "FIN_WAIT2", "CLOSE_WAIT", "CLOSING")


def open_sockets(place: Place, program: Program) -> dict[int, str]:
    """Return the inodes of the program's sockets, each with what is known of it.

    Empty where the system does not tell: see ``processes.available``.
    """
    rows = place.diag.dump("tcp", CONNECTED) if place.diag is not None else []
    names = {
        row.inode: f"tcp {row.local[0]}:{row.local[1]} → {row.remote[0]}:{row.remote[1]} "
        f"{row.state}"
        for row in rows
    }
    return {inode: names.get(inode, f"socket {inode}") for inode in _inodes(program)}


def _inodes(program: Program) -> Iterator[int]:
    if not processes.available():
        return
    for pid in program.pids():
        with contextlib.suppress(ProcessLookupError):  # it has ended since
            yield from processes.socket_inodes(pid).values()
