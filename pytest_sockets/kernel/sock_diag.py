"""The kernel's table of TCP and UDP sockets, asked over netlink (man 7 sock_diag; Linux).

Knows states, queues and byte counters of the sockets of one network namespace.
Does not know which process holds a socket: compare ``inode`` with
``processes.socket_inodes``.
"""

from __future__ import annotations

import functools
import os
import socket
import struct
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

from .portable import portable

Protocol = Literal["tcp", "udp"]
Address = tuple[str, int]

NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_NLMSG_ERROR, _NLMSG_DONE = 2, 3
_NLM_F_REQUEST, _NLM_F_MULTI, _NLM_F_DUMP = 0x1, 0x2, 0x300
_INET_DIAG_INFO = 2
_NO_COOKIE = b"\xff" * 8

_HEADER = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port id
_REQUEST = struct.Struct("=BBBxI")  # inet_diag_req_v2: family, protocol, extensions, states
_SOCKET_ID = struct.Struct("!HH16s16s4x8s")  # inet_diag_sockid: ports, addresses, cookie
_ANSWER = struct.Struct("=BB2x48x4xIIII")  # inet_diag_msg: family, state, queues, uid, inode
_ERROR = struct.Struct("=i")  # nlmsgerr: a negative errno
_ATTRIBUTE = struct.Struct("=HH")  # rtattr: length, type
_TCP_INFO = struct.Struct("=120xQQ")  # tcp_info: tcpi_bytes_acked, tcpi_bytes_received

_NUMBERS: dict[Protocol, int] = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP}
STATES: dict[Protocol, dict[int, str]] = {
    "tcp": {
        1: "ESTABLISHED",
        2: "SYN_SENT",
        3: "SYN_RECV",
        4: "FIN_WAIT1",
        5: "FIN_WAIT2",
        6: "TIME_WAIT",
        7: "CLOSE",
        8: "CLOSE_WAIT",
        9: "LAST_ACK",
        10: "LISTEN",
        11: "CLOSING",
        12: "SYN_RECV",
    },
    "udp": {1: "ESTABLISHED", 7: "UNCONN"},
}


@dataclass(frozen=True)
class Socket:
    """One row of the kernel's table.

    ``local`` and ``remote`` are ``(host, port)``; the host of an IPv4 client of
    a dual-stack server is written as IPv4 although ``family`` is AF_INET6.
    Queues are in bytes, except for a listener: there ``receive_queue`` counts
    the connections that wait for accept and ``send_queue`` is the backlog. A
    FIN counts as one byte in both queues until a recv reaches it (it may do so
    while it returns the bytes before) or the other side acknowledges it.
    ``inode`` is 0 when no process holds the socket any more, or none has
    accepted it yet.

    ``bytes_received`` counts what arrived in order, and one more for the FIN of
    the other side. ``bytes_acked`` counts what the other side acknowledged, and
    one more for our FIN; a socket that called connect counts its SYN as well,
    one that accept returned does not. (RFC 4898 names them
    tcpEStatsAppHCThruOctetsReceived and tcpEStatsAppHCThruOctetsAcked.) Both
    are None in a dump, and once the kernel has put the socket away: in
    TIME_WAIT, and in FIN_WAIT2 when no process holds it.
    """

    protocol: Protocol
    family: int
    state: str
    local: Address
    remote: Address
    receive_queue: int
    send_queue: int
    inode: int
    uid: int
    bytes_received: int | None = None
    bytes_acked: int | None = None


class SockDiag:
    """A conversation with the kernel about the sockets of one network namespace.

    ``netlink`` is an open socket ``(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)``:
    it sees the namespace it was opened in. Without it one is opened here. It is
    closed with this object. Threads may share the object: one asks at a time.

    Raises:
        OSError: this system has no netlink, or forbids it.
    """

    def __init__(self, netlink: socket.socket | None = None) -> None:
        self._netlink = netlink if netlink is not None else _open()
        self._lock = threading.Lock()
        self._sequence = 0

    def __enter__(self) -> SockDiag:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the netlink socket."""
        self._netlink.close()

    def dump(
        self, protocol: Protocol, states: Collection[str], *, port: int | None = None
    ) -> list[Socket]:
        """Return all IPv4 and IPv6 sockets that are in one of ``states``.

        ``port`` limits them to those with that local port. The kernel walks its
        table while sockets change, so a socket that changes state meanwhile may
        be missed.

        Raises:
            ValueError: ``protocol`` has no state of such a name.
            OSError: the kernel refused.
        """
        mask = _mask(protocol, states)
        rows = []
        for family in (socket.AF_INET, socket.AF_INET6):
            request = _REQUEST.pack(family, _NUMBERS[protocol], 0, mask) + _SOCKET_ID.pack(
                port or 0, 0, b"", b"", _NO_COOKIE
            )
            rows += [_row(protocol, answer) for answer in self.ask(request, every=True)]
        return rows

    def occupied(self, protocol: Protocol, hosts: Collection[str], port: int) -> bool:
        """Tell whether somebody listens (TCP), or is bound (UDP), at one of ``hosts``, or at all.

        Raises:
            OSError: the kernel refused.
        """
        states = ["LISTEN"] if protocol == "tcp" else ["UNCONN", "ESTABLISHED"]
        rows = self.dump(protocol, states, port=port)
        return any(row.local[0] in {*hosts, "0.0.0.0", "::"} for row in rows)  # noqa: S104

    def lookup(self, local: Address, remote: Address) -> Socket | None:
        """Return the TCP connection between two addresses as its ``local`` end sees it.

        The row carries the byte counters, and is taken after any recv that was
        under way has left the kernel: a receive queue of 0 with
        ``bytes_received`` equal to the bytes sent proves that the program took
        all of them. Hosts are numeric. None when there is no such connection.

        Raises:
            OSError: a host is not numeric, or the kernel refused.
        """
        ours, theirs = _plain(local), _plain(remote)
        family = socket.AF_INET6 if ":" in ours[0] else socket.AF_INET
        request = _REQUEST.pack(
            family, socket.IPPROTO_TCP, 1 << (_INET_DIAG_INFO - 1), 0xFFFFFFFF
        ) + _SOCKET_ID.pack(
            ours[1],
            theirs[1],
            socket.inet_pton(family, ours[0]),
            socket.inet_pton(family, theirs[0]),
            _NO_COOKIE,
        )
        try:
            answers = self.ask(request)
        except FileNotFoundError:
            return None
        rows = [_row("tcp", answer) for answer in answers]
        # Without such a connection the kernel answers with the listener it would reach.
        return next((row for row in rows if row.remote == theirs), None)

    def ask(self, request: bytes, *, every: bool = False) -> list[bytes]:
        """Return the kernel's answers to ``request``: one, or those of ``every`` socket it fits.

        Raises:
            OSError: the kernel refused.
        """
        flags = _NLM_F_DUMP if every else 0
        with self._lock:
            self._sequence += 1
            header = _HEADER.pack(
                _HEADER.size + len(request),
                _SOCK_DIAG_BY_FAMILY,
                _NLM_F_REQUEST | flags,
                self._sequence,
                0,
            )
            self._netlink.sendto(header + request, (0, 0))
            return list(self._answers())

    def _answers(self) -> Iterator[bytes]:
        while True:
            for kind, flags, sequence, payload in _messages(self._netlink.recv(65536)):
                if sequence != self._sequence:
                    continue  # left over from a request that was interrupted
                if kind in (_NLMSG_ERROR, _NLMSG_DONE):
                    _raise_error(payload)
                    return
                yield payload
                if not flags & _NLM_F_MULTI:
                    return


def available() -> bool:
    """Return whether the kernel answers netlink queries about sockets here, and is to be asked."""
    return not portable() and _answers()


@functools.cache
def _answers() -> bool:
    try:
        with SockDiag() as diag:
            diag.dump("tcp", ["LISTEN"])
    except OSError:
        return False
    return True


def _open() -> socket.socket:
    if not hasattr(socket, "AF_NETLINK"):
        raise OSError("netlink exists on Linux only")
    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)


def _mask(protocol: Protocol, states: Collection[str]) -> int:
    known = STATES[protocol]
    unknown = set(states) - set(known.values())
    if unknown:
        raise ValueError(f"{protocol} has no state {', '.join(sorted(unknown))}")
    return sum(1 << number for number, name in known.items() if name in states)


def _messages(data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    while len(data) >= _HEADER.size:
        length, kind, flags, sequence, _ = _HEADER.unpack_from(data)
        yield kind, flags, sequence, data[_HEADER.size : length]
        data = data[_aligned(length) :]


def _raise_error(payload: bytes) -> None:
    code = -_ERROR.unpack_from(payload)[0]
    if code:
        raise OSError(code, os.strerror(code))


def _row(protocol: Protocol, answer: bytes) -> Socket:
    family, state, received, unsent, uid, inode = _ANSWER.unpack_from(answer)
    port, remote_port, host, remote_host, _ = _SOCKET_ID.unpack_from(answer, 4)
    bytes_acked, bytes_received = _counters(answer)
    return Socket(
        protocol,
        family,
        STATES[protocol].get(state, str(state)),
        (_host(family, host), port),
        (_host(family, remote_host), remote_port),
        received,
        unsent,
        inode,
        uid,
        bytes_received,
        bytes_acked,
    )


def _counters(answer: bytes) -> tuple[int, int] | tuple[None, None]:
    rest = answer[_ANSWER.size :]
    while len(rest) >= _ATTRIBUTE.size:
        length, kind = _ATTRIBUTE.unpack_from(rest)
        if kind == _INET_DIAG_INFO and length >= _ATTRIBUTE.size + _TCP_INFO.size:
            acked, received = _TCP_INFO.unpack_from(rest, _ATTRIBUTE.size)
            return acked, received
        rest = rest[_aligned(length) :]
    return None, None


def _aligned(length: int) -> int:
    return max(4, (length + 3) & ~3)  # never 0, so that a walk always ends


def _host(family: int, packed: bytes) -> str:
    if family == socket.AF_INET:
        return socket.inet_ntop(family, packed[:4])
    return _plain((socket.inet_ntop(family, packed), 0))[0]


def _plain(address: Address) -> Address:
    host, port = address[:2]  # an IPv6 socketname has four parts
    is_mapped = host.lower().startswith("::ffff:") and "." in host
    return (host[len("::ffff:") :] if is_mapped else host), port
