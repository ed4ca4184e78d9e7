"""The server behind a proxy: how it is named, whether it listens, how it is reached.

Knows addresses and connect. Does not know what is said.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import ipaddress
import os
import socket
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, Union
from urllib.parse import urlsplit

from pytest_sockets.findings import Misuse
from pytest_sockets.kernel import families, sock_diag, unix_diag
from pytest_sockets.kernel.readiness import looking
from pytest_sockets.kernel.sock_diag import SockDiag
from pytest_sockets.messages import message

from .bell import Bell
from .events import Address

Kind = Literal["tcp", "udp", "unix"]

KINDS: tuple[Kind, ...] = ("tcp", "udp", "unix")

LOOK_AGAIN = 0.005
"""Seconds between two tries of a path whose backlog is full: nothing tells of room."""


class Addressed(Protocol):
    """A server or a port that tells its address: ``(host, port)``, or a path."""

    @property
    def address(self) -> Any:
        """Where it is reached."""


Named = Union[str, "os.PathLike[str]", int, tuple[Any, ...], Addressed]
"""What can name a server; see ``upstream_of``."""


@dataclass(frozen=True)
class Upstream:
    """A server: ``address`` is ``(host, port)``; of an AF_UNIX socket ``(path, 0)``."""

    kind: Kind
    address: Address

    @property
    def name(self) -> str:
        """The address as a URL."""
        host, port = self.address
        if self.kind == "unix":
            return f"unix://{host}"
        return f"{self.kind}://[{host}]:{port}" if ":" in host else f"{self.kind}://{host}:{port}"

    @property
    def local(self) -> str:
        """The address of this machine that is of the same version of IP."""
        return "::1" if ":" in self.address[0] else "127.0.0.1"

    def over_the_other_kind(self) -> Upstream | None:
        """Return what has the same address over UDP instead of TCP, or the other way round."""
        others: dict[Kind, Kind] = {"tcp": "udp", "udp": "tcp"}
        kind = others.get(self.kind)
        return None if kind is None else Upstream(kind, self.address)

    def endpoints(self) -> list[tuple[int, Any]]:
        """Return families and addresses to try, in order.

        Raises:
            OSError: the host has no address.
        """
        if self.kind == "unix":
            return [(families.unix(), self.address[0])]
        type_ = socket.SOCK_DGRAM if self.kind == "udp" else socket.SOCK_STREAM
        try:
            found = socket.getaddrinfo(*self.address, type=type_)
        except UnicodeError as error:  # no name can be written so
            raise OSError(errno.EINVAL, str(error)) from error
        # A UDP socket can't tell at once that nobody is there, so that the other be tried.
        found.sort(key=lambda each: each[0] != socket.AF_INET)
        return [(family, address) for family, _, _, _, address in found]

    def connect(self, bell: Bell) -> socket.socket | None:
        """Return a stream connected to the server; None when ``bell`` rings first.

        Raises:
            OSError: the server refuses, or can't be reached.
        """
        refused = OSError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
        for family, address in self.endpoints():
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                if _connected(sock, address, bell):
                    return sock
            except OSError as error:
                sock.close()
                refused = error
            else:
                sock.close()
                return None
        raise refused


def upstream_of(given: Named, kind: Kind | None = None) -> Upstream:
    """Return the server that ``given`` names.

    It is ``(host, port)``, a port of 127.0.0.1, ``"tcp://host:port"``,
    ``"udp://host:port"``, ``"unix:///path"``, a path, or an object with such an
    ``address``. ``kind`` is tcp where neither it nor the name tells.

    Raises:
        Misuse: it names no server.
    """
    named = getattr(given, "kind", None)
    kind = kind or (named if named in KINDS else None)
    told = getattr(given, "address", given)
    if isinstance(told, str) and "://" in told:
        return _from_url(told)
    if isinstance(told, (str, os.PathLike)):
        return Upstream("unix", (os.fspath(told), 0))
    if isinstance(told, int):
        told = ("127.0.0.1", told)
    if isinstance(told, tuple) and len(told) >= 2 and isinstance(told[0], str):
        return _checked(given, kind or "tcp", told[0], told[1])
    raise _no_server(given)


def _from_url(url: str) -> Upstream:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _no_server(url) from error
    if parts.scheme == "unix" and parts.path:
        return Upstream("unix", (parts.path, 0))
    if parts.scheme in ("tcp", "udp"):
        return _checked(url, "udp" if parts.scheme == "udp" else "tcp", parts.hostname, port)
    raise _no_server(url)


def _checked(given: object, kind: Kind, host: str | None, port: object) -> Upstream:
    if not host or not isinstance(port, int) or not 0 < port < 65536:
        raise _no_server(given)
    return Upstream(kind, (host, int(port)))


def _no_server(given: object) -> Misuse:
    text = (
        "upstream: {given} names no server: give (host, port), a port, an object with an "
        "address, tcp://host:port, udp://host:port or unix:///path"
    )
    return Misuse(message(text, given=repr(given)))


def refuses(upstream: Upstream) -> bool:
    """Tell whether it is certain that nobody is there, without connecting.

    Only the addresses of this machine's own loopback can be looked at, and only
    where the kernel tells; anything else is given the benefit of the doubt.
    """
    if upstream.kind == "unix":
        return _no_socket_file(upstream.address[0])
    host, port = upstream.address
    hosts = {"127.0.0.1", "::1"} if host == "localhost" else {host}
    if not all(map(is_loopback, hosts)) or not sock_diag.available():
        return False
    with SockDiag() as diag:
        return not diag.occupied(upstream.kind, hosts, port)


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is such an address, and written as the kernel would write it."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and str(address) == host


def _no_socket_file(path: str) -> bool:
    if not path.startswith("\0"):
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(Path(path).stat().st_mode):
                return True
        if not Path(path).exists():
            return True
    if not unix_diag.available():
        return False
    with SockDiag() as diag:
        rows = unix_diag.UnixDiag(diag).named("LISTEN")
    return not any(_may_be(path, row.path) for row in rows)


def _may_be(path: str, bound: str) -> bool:
    """Tell whether a socket ``bound`` elsewhere may be the one at ``path``.

    It may have been bound by another path to the same file, but hardly by another name.
    """
    if os.path.basename(path) != os.path.basename(bound):
        return False
    if os.path.isabs(bound):
        with contextlib.suppress(OSError):
            return os.path.samefile(path, bound)
    return True


def _connected(sock: socket.socket, address: Any, bell: Bell) -> bool:
    """Connect; return False when the bell rings first."""
    sock.setblocking(False)  # noqa: FBT003
    code = sock.connect_ex(address)
    while code == errno.EAGAIN and isinstance(address, str):  # the backlog is full (unix(7))
        if looking([bell.descriptor], [])(LOOK_AGAIN):
            return False
        code = sock.connect_ex(address)
    if code in (errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", -1)):
        if not bell.wait(writing=[sock]):
            return False
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise _error(code)
    return True


def _error(code: int) -> OSError:
    if sys.platform == "win32":  # strerror knows none of its numbers
        return ctypes.WinError(code)
    return OSError(code, os.strerror(code))
