"""A port number as a test is given it: one that stays the test's own.

Knows how a number is kept from the kernel and from other claimers, and how its
socket is handed over. Does not know who uses it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Protocol, TypeVar

from pytest_sockets.messages import message

from .ports import WILDCARDS, Kind, absent, claim, present

Hold = Literal["lock", "bound", "listening"]
Closing = TypeVar("Closing", bound="contextlib.AbstractContextManager[object]")

_TYPES = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
_HOLDS = ("lock", "bound", "listening")


class Port:
    """A port number that nobody else gets until ``release``; a context manager.

    ``number`` is a plain int, ``host`` a numeric address and ``kind`` "tcp" or
    "udp"; ``hold`` tells how the number is kept, see ``hold_port``. (It is no int
    itself: getaddrinfo, and so create_connection, takes no other than plain ones.)

    >>> with hold_port() as port, socket.create_server(port.address) as server:
    ...     server.getsockname() == ("127.0.0.1", port.number)
    True
    """

    def __init__(self, number: int, kind: Kind, host: str, hold: Hold) -> None:
        self.number = number
        self.kind = kind
        self.host = host
        self.hold = hold
        self._held: socket.socket | None = None
        self._closing = contextlib.ExitStack()

    def __repr__(self) -> str:
        return f"Port({self.number}, {self.kind!r}, {self.host!r}, {self.hold!r})"

    def __enter__(self) -> Port:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()

    @property
    def address(self) -> tuple[str, int]:
        """Return ``(host, port)``, as ``connect`` and ``bind`` want it."""
        return self.host, self.number

    @property
    def family(self) -> socket.AddressFamily:
        """Return AF_INET or AF_INET6."""
        return _family(self.host)

    def bound(self) -> socket.socket:
        """Hand over a socket that is bound to ``address`` and does not listen.

        It is closed with the port, unless it was closed or detached before: code
        that wants a descriptor is given ``port.bound().detach()``.

        Raises:
            OSError: somebody bound the number meanwhile.
            ValueError: the port is held listening.
        """
        if self.hold == "listening":
            raise ValueError(str(message("the socket of this port listens: take port.listening()")))
        sock, self._held = self._held, None
        return sock or self.keep(bind(self.kind, self.address, reuse=True))

    def listening(self, backlog: int = socket.SOMAXCONN) -> socket.socket:
        """Hand over a socket that listens at ``address``; the end of it is that of ``bound``.

        Raises:
            OSError: somebody bound the number meanwhile.
            ValueError: it is a UDP port.
        """
        if self.kind == "udp":
            raise ValueError(str(message("a UDP port has nothing to listen with: port.bound()")))
        if self.hold != "listening":
            sock = self.bound()
            sock.listen(backlog)
            return sock
        held, self._held = self._held, None
        if held is None:
            raise ValueError(str(message("the listening socket of this port was handed over")))
        return held

    def release(self) -> None:
        """Close the sockets and give the number back. Releasing twice does nothing."""
        self._closing.close()

    def keep(self, thing: Closing) -> Closing:
        """Close ``thing`` with the port, and return it."""
        self._closing.enter_context(thing)
        return thing


class PortFactory(Protocol):
    """A function that holds one more port, until the test ends; see ``hold_port``."""

    def __call__(self, kind: Kind = "tcp", host: str = "127.0.0.1", hold: Hold = "lock") -> Port:
        """Return a port that is held."""


def hold_port(kind: Kind = "tcp", host: str = "127.0.0.1", hold: Hold = "lock") -> Port:
    """Return a free port number that is kept until ``Port.release``.

    ``host`` is numeric: IPv4 or IPv6. The number lies outside the ephemeral
    range, so neither bind(0) nor an outgoing connect takes it, and it is free on
    all addresses of this machine. ``hold`` says how it is kept:

    - ``"lock"``: among all who hold ports this way, on this machine and of this
      user (so under pytest-xdist too); whoever uses it binds it, with or without
      SO_REUSEADDR. Only a program that asks for exactly this number can take it.
    - ``"bound"``: by a bound socket as well, so that nobody else can bind it;
      take that socket with ``Port.bound`` or ``Port.listening``. A TCP server that
      sets SO_REUSEADDR can bind beside it (POSIX).
    - ``"listening"`` (TCP): by a socket that listens; connections wait until
      somebody takes it with ``Port.listening`` and accepts them.

    Where the ephemeral range leaves no room outside it, only the latter two keep
    the number from the kernel.

    Raises:
        ValueError: an argument is none of these, or they don't fit together.
        OSError: no number is free, or this machine does not have ``host``.
    """
    _check(kind, host, hold)
    return _filled(_claimed(kind, [host], hold), reuse=True)


def busy_port(kind: Kind = "tcp", hosts: Sequence[str] = ("127.0.0.1", "::1")) -> Port:
    """Return a port at which every bind fails with EADDRINUSE, with SO_REUSEADDR too.

    A live listener (UDP: a bound socket) has it on each of ``hosts``, numeric,
    that this machine has, so the wildcard addresses of both families fail as
    well. ``address`` is the first one's. A connection to it is made, and nobody
    answers.

    Raises:
        ValueError: an argument is wrong.
        OSError: no number is free, or this machine has none of ``hosts``.
    """
    hold: Hold = "listening" if kind == "tcp" else "bound"
    for host in hosts:
        _check(kind, host, hold)
    return _filled(_claimed(kind, hosts, hold), reuse=False, others=hosts[1:])


def bind(kind: Kind, address: tuple[str, int], *, reuse: bool) -> socket.socket:
    """Return a socket bound to ``address``; ``reuse`` lets a TCP server bind beside it.

    Raises:
        OSError: the address is in use, or not of this machine.
    """
    sock = socket.socket(_family(address[0]), _TYPES[kind])
    try:
        if sys.platform == "win32":  # there SO_REUSEADDR would let anybody take the number over
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif reuse and kind == "tcp":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
    except BaseException:
        sock.close()
        raise
    return sock


def _claimed(kind: Kind, hosts: Sequence[str], hold: Hold) -> Port:
    """Return a port on the first of ``hosts`` that this machine has, held by a claim alone."""
    here = [host for host in hosts if present(host)]
    if not here:
        raise absent(hosts)
    held = claim([kind], WILDCARDS)
    port = Port(held.port, kind, here[0], hold)
    port.keep(held)
    return port


def _filled(port: Port, *, reuse: bool, others: Sequence[str] = ()) -> Port:
    """Open the sockets that hold the port, on its own host and on those of ``others`` there are."""
    hosts = [port.host, *(host for host in others if host != port.host and present(host))]
    with contextlib.ExitStack() as undo:
        undo.callback(port.release)
        for host in hosts if port.hold != "lock" else ():
            sock = port.keep(bind(port.kind, (host, port.number), reuse=reuse))
            if port.hold == "listening":
                sock.listen(socket.SOMAXCONN)
            port._held = port._held or sock
        undo.pop_all()
    return port


def _check(kind: str, host: str, hold: str) -> None:
    if kind not in tuple(_TYPES):
        raise ValueError(str(message("kind is 'tcp' or 'udp', not {kind}", kind=repr(kind))))
    if hold not in _HOLDS:
        text = message("hold is 'lock', 'bound' or 'listening', not {hold}", hold=repr(hold))
        raise ValueError(str(text))
    if hold == "listening" and kind == "udp":
        raise ValueError(str(message("hold='listening' is for TCP: UDP has no listeners")))
    try:
        # It takes whole numbers as well.
        ipaddress.ip_address(host if isinstance(host, str) else "")
    except ValueError:
        text = message(
            "host is an IP address such as 127.0.0.1 or ::1, not {host}", host=repr(host)
        )
        raise ValueError(str(text)) from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
