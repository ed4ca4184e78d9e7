"""Wraps the methods of ``socket.socket``: addresses are mapped, calls are reported.

The class itself stays, so ``isinstance``, subclasses and ``from socket import *``
keep working. Knows the socket API; does not know exercises or verdicts.
"""

import functools
import socket
from typing import Any, Callable, List

from .addresses import Addresses
from .trace import Trace

QUIET_ERRORS = (BlockingIOError, InterruptedError)


def install(addresses, trace):
    # type: (Addresses, Trace) -> None
    """Wrap the methods of the existing class in this interpreter."""
    wrap = Wrap(addresses, trace)
    for name in ("bind", "connect", "connect_ex", "listen", "accept", "send", "sendall", "sendto",
                 "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "sendmsg",
                 "shutdown", "close", "setsockopt", "settimeout", "setblocking"):
        if hasattr(socket.socket, name):
            setattr(socket.socket, name, wrap.method(name))
    for name in ("getsockname", "getpeername"):
        setattr(socket.socket, name, wrap.name(name))


def install_names():
    # type: () -> None
    """Resolve every host name to loopback: the machine may have no resolver at all."""
    real = socket.getaddrinfo

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):  # noqa: A002
        # type: (Any, Any, int, int, int, int) -> Any
        if isinstance(host, (str, bytes)) and host:
            text = host if isinstance(host, str) else host.decode("ascii", "replace")
            host = "::1" if ":" in text or family == socket.AF_INET6 else "127.0.0.1"
        return real(host, port, family, type, proto, flags)

    socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]
    socket.gethostbyname = lambda hostname: "127.0.0.1"
    socket.gethostbyname_ex = lambda hostname: (hostname, [], ["127.0.0.1"])


class Wrap:
    """Makes the wrapped methods for one program."""

    def __init__(self, addresses, trace):
        # type: (Addresses, Trace) -> None
        self.addresses = addresses
        self.trace = trace

    def method(self, name):
        # type: (str) -> Callable[..., Any]
        """Return ``socket.socket``'s method ``name``, mapped and reported."""
        real = getattr(socket.socket, name)
        before = getattr(self, "_before_" + name, None)
        after = getattr(self, "_after_" + name, None)
        waits = name in ("accept", "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg",
                         "connect", "sendall")
        flow = "out" if name.startswith("send") else "in" if name.startswith("recv") else None

        @functools.wraps(real)
        def wrapped(sock, *args, **kwargs):
            # type: (Any, *Any, **Any) -> Any
            fd = sock.fileno()
            if name == "close" and fd < 0:
                return real(sock, *args, **kwargs)
            shown = _shown(name, args)
            if before:
                args = before(sock, list(args))
            # A non-blocking call never waits: only its success is worth telling.
            if waits and sock.gettimeout() != 0:
                self.trace.write(name, fd, shown, flow=flow, entered=True)
            try:
                result = real(sock, *args, **kwargs)
            except QUIET_ERRORS:
                raise
            except BaseException as error:
                text = "{}: {}".format(type(error).__name__, error)
                self.trace.write(name, fd, shown, flow=flow, error=text)
                raise
            if after:
                result = after(sock, result)
            size = _size(name, args, result)
            self.trace.write(name, fd, shown, _result(name, result), size, flow)
            return result

        return wrapped

    def name(self, name):
        # type: (str) -> Callable[..., Any]
        """Return getsockname or getpeername that answers with written addresses."""
        real = getattr(socket.socket, name)
        back = self.addresses.own if name == "getsockname" else self.addresses.other

        @functools.wraps(real)
        def wrapped(sock):
            # type: (Any) -> Any
            return back(_kind(sock), real(sock))

        return wrapped

    def _before_bind(self, sock, args):
        # type: (Any, List[Any]) -> List[Any]
        return [self.addresses.to_bind(_kind(sock), a) for a in args]

    def _before_connect(self, sock, args):
        # type: (Any, List[Any]) -> List[Any]
        return [self.addresses.to_reach(_kind(sock), a) for a in args]

    _before_connect_ex = _before_connect

    def _before_sendto(self, sock, args):
        # type: (Any, List[Any]) -> List[Any]
        return args[:-1] + [self.addresses.to_reach(_kind(sock), args[-1])] if args else args

    def _before_sendmsg(self, sock, args):
        # type: (Any, List[Any]) -> List[Any]
        if len(args) < 4:
            return args
        return args[:3] + [self.addresses.to_reach(_kind(sock), args[3])]

    def _after_recvfrom(self, sock, result):
        # type: (Any, Any) -> Any
        data, address = result
        written = self.addresses.other(_kind(sock), address)
        if written == address:
            self.addresses.seen(address)
        return data, written

    _after_recvfrom_into = _after_recvfrom

    def _after_accept(self, sock, result):
        # type: (Any, Any) -> Any
        self.addresses.seen(result[1])
        return result


def _kind(sock):
    # type: (Any) -> str
    return "udp" if sock.type & 0xF == socket.SOCK_DGRAM else "tcp"


def _shown(name, args):
    # type: (str, Any) -> str
    if name in ("send", "sendall", "sendto", "sendmsg") and args:
        first = args[0]
        text = _bytes(first) if isinstance(first, (bytes, bytearray, memoryview)) else _cut(first)
        return ", ".join([text] + [_cut(a) for a in args[1:]])
    if name == "setsockopt" and len(args) >= 3:
        return "{}, {}, {}".format(_option(args[0], args[1])[0], _option(args[0], args[1])[1],
                                   _cut(args[2]))
    if name == "shutdown" and args:
        names = {0: "SHUT_RD", 1: "SHUT_WR", 2: "SHUT_RDWR"}
        return names.get(args[0], _cut(args[0]))
    return ", ".join(_cut(a) for a in args if not isinstance(a, (bytearray, memoryview)))


def _option(level, option):
    # type: (Any, Any) -> Any
    if level == socket.SOL_SOCKET:
        for name in ("SO_REUSEADDR", "SO_REUSEPORT", "SO_LINGER", "SO_KEEPALIVE", "SO_RCVBUF",
                     "SO_SNDBUF", "SO_BROADCAST", "SO_EXCLUSIVEADDRUSE"):
            if getattr(socket, name, None) == option:
                return "SOL_SOCKET", name
        return "SOL_SOCKET", str(option)
    return str(level), str(option)


def _size(name, args, result):
    # type: (str, Any, Any) -> Any
    if name in ("recv", "recvfrom", "recvmsg"):
        return len(result if name == "recv" else result[0])
    if name == "recv_into":
        return result
    if name == "recvfrom_into":
        return result[0]
    if name in ("send", "sendto", "sendmsg"):
        return result
    if name == "sendall":
        return len(args[0])
    return None


def _result(name, result):
    # type: (str, Any) -> str
    if name in ("recv",):
        return _bytes(result)
    if name in ("recvfrom", "recvmsg"):
        return "{}, {}".format(_bytes(result[0]), _cut(result[-1]))
    if name == "accept":
        return _cut(result[1])
    return "" if result is None else _cut(result)


def _bytes(data):
    # type: (Any) -> str
    data = bytes(data[:48])
    return repr(data)


def _cut(value):
    # type: (Any) -> str
    try:
        text = repr(value)
    except Exception:
        text = "<{}>".format(type(value).__name__)
    return text if len(text) <= 80 else text[:77] + "..."
