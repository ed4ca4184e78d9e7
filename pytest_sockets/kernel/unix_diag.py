"""The kernel's table of AF_UNIX sockets, asked over netlink (man 7 sock_diag; Linux).

Knows names, states, queues and who is connected to whom, in one network
namespace. Does not know which process holds a socket: compare ``inode`` with
``processes.socket_inodes``.
"""

from __future__ import annotations

import functools
import os
import socket
import struct
from dataclasses import dataclass

from .portable import portable
from .sock_diag import SockDiag

_NAME, _PEER, _QUEUES = 0, 2, 4
_SHOW = 0x01 | 0x04 | 0x10  # UDIAG_SHOW_NAME, UDIAG_SHOW_PEER, UDIAG_SHOW_RQLEN
_NO_COOKIE = 0xFFFFFFFF

_REQUEST = struct.Struct(
    "=BBHIIIII"
)  # unix_diag_req: family, protocol, states, inode, show, cookie
_ANSWER = struct.Struct("=BBBBIII")  # unix_diag_msg: family, type, state, inode, cookie
_ATTRIBUTE = struct.Struct("=HH")  # rtattr: length, type
_ONE = struct.Struct("=I")
_TWO = struct.Struct("=II")  # unix_diag_rqlen: receive queue, send queue

_STATES = {1: "ESTABLISHED", 7: "CLOSE", 10: "LISTEN"}
_NUMBERS = {name: number for number, name in _STATES.items()}


@dataclass(frozen=True)
class UnixSocket:
    r"""One row of the kernel's table.

    ``kind`` is SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET. ``path`` is the name
    as it was given to bind, an abstract one with its leading ``\0``, empty
    without one; sockets that accept returned have their listener's. ``peer`` is
    the inode of the other end of a connection: 0 while nobody has accepted it
    and once it was closed, None where there is none. ``receive_queue`` is in
    bytes, except for a listener: there it counts the connections that wait for
    accept.
    """

    kind: int
    state: str
    inode: int
    path: str
    peer: int | None
    receive_queue: int


class UnixDiag:
    """Questions about AF_UNIX sockets, put to the kernel through ``diag``."""

    def __init__(self, diag: SockDiag) -> None:
        self._diag = diag

    def named(self, state: str) -> list[UnixSocket]:
        """Return all sockets in ``state`` (LISTEN, CLOSE or ESTABLISHED) that have a name.

        A bound socket that neither listens nor is connected is in CLOSE.

        Raises:
            OSError: the kernel refused.
        """
        answers = self._diag.ask(_request(states=1 << _NUMBERS[state]), every=True)
        return [row for row in map(_row, answers) if row.path]

    def lookup(self, inode: int) -> UnixSocket | None:
        """Return the socket with that inode, None when there is none.

        Raises:
            OSError: the kernel refused.
        """
        try:
            answers = self._diag.ask(_request(inode=inode))
        except FileNotFoundError:
            return None
        return _row(answers[0]) if answers else None


def available() -> bool:
    """Return whether the kernel answers questions about AF_UNIX sockets, and is to be asked."""
    return not portable() and _answers()


@functools.cache
def _answers() -> bool:
    try:
        with SockDiag() as diag:
            UnixDiag(diag).named("LISTEN")
    except OSError:
        return False
    return True


def _request(*, inode: int = 0, states: int = 0xFFFFFFFF) -> bytes:
    return _REQUEST.pack(socket.AF_UNIX, 0, 0, states, inode, _SHOW, _NO_COOKIE, _NO_COOKIE)


def _row(answer: bytes) -> UnixSocket:
    _, kind, state, _, inode, _, _ = _ANSWER.unpack_from(answer)
    found = _attributes(answer[_ANSWER.size :])
    queues = found.get(_QUEUES)
    return UnixSocket(
        kind,
        _STATES.get(state, str(state)),
        inode,
        _path(found.get(_NAME, b"")),
        _ONE.unpack(found[_PEER])[0] if _PEER in found else None,
        _TWO.unpack(queues)[0] if queues else 0,
    )


def _path(name: bytes) -> str:
    """Return a name without the zero behind it, which an abstract one has not."""
    return os.fsdecode(name if name.startswith(b"\0") else name.partition(b"\0")[0])


def _attributes(rest: bytes) -> dict[int, bytes]:
    found = {}
    while len(rest) >= _ATTRIBUTE.size:
        length, kind = _ATTRIBUTE.unpack_from(rest)
        found[kind] = rest[_ATTRIBUTE.size : length]
        rest = rest[max(4, (length + 3) & ~3) :]
    return found
