"""Wraps the methods of ``socket.socket``: addresses are mapped, calls are reported.

The class itself stays, so ``isinstance``, subclasses and ``from socket import *``
keep working. It is wrapped in the warm interpreter, where nothing changes by that, and
the wrapping takes effect once a program begins. Knows the socket API; does not know
exercises or verdicts.
"""

import functools
import socket
from typing import Any, Callable, Dict, List, Optional, Tuple, Union

from . import short, shown
from .addresses import Addresses
from .paths import Paths
from .trace import Trace

REPORTED = (
    "bind",
    "connect",
    "connect_ex",
    "listen",
    "accept",
    "send",
    "sendall",
    "sendto",
    "recv",
    "recv_into",
    "recvfrom",
    "recvfrom_into",
    "recvmsg",
    "recvmsg_into",
    "sendmsg",
    "shutdown",
    "close",
    "setsockopt",
    "settimeout",
    "setblocking",
)
MAY_WAIT = (
    "accept",
    "recv",
    "recv_into",
    "recvfrom",
    "recvfrom_into",
    "recvmsg",
    "recvmsg_into",
    "connect",
    "sendall",
)
QUIET_ERRORS = (BlockingIOError, InterruptedError)


AF_UNIX = getattr(socket, "AF_UNIX", None)


class Wrap:
    """Makes the wrapped methods, which do as before until a program begins."""

    def __init__(self) -> None:
        self._real: Dict[str, Callable[..., Any]] = {}
        self._begun = False

    def install(self) -> None:
        """Wrap the methods of the existing class in this interpreter."""
        for name in REPORTED:
            if hasattr(socket.socket, name):
                setattr(socket.socket, name, self._method(name))
        for name in ("getsockname", "getpeername"):
            setattr(socket.socket, name, self._name(name))

    def begin(
        self, addresses: Addresses, paths: Paths, trace: Trace, caps: Tuple[int, int] = (0, 0)
    ) -> None:
        """Map and report from now on; ``caps`` are the most that send and recv move."""
        self.addresses, self.paths, self.trace = addresses, paths, trace
        short.cap(self._real, *caps)
        self._begun = True

    def _map(self, sock: Any) -> Union[Addresses, Paths]:
        """Return the map of what ``sock`` calls an address."""
        return self.paths if sock.family == AF_UNIX else self.addresses

    def _method(self, name: str) -> Callable[..., Any]:
        """Return ``socket.socket``'s method ``name``, mapped and reported."""
        self._real[name] = getattr(socket.socket, name)
        before = getattr(self, "_before_" + name, None)
        after = getattr(self, "_after_" + name, None)
        waits = name in MAY_WAIT
        flow = "out" if name.startswith("send") else "in" if name.startswith("recv") else None

        @functools.wraps(self._real[name])
        def wrapped(sock: Any, *args: Any, **kwargs: Any) -> Any:
            real = self._real[name]
            if not self._begun:
                return real(sock, *args, **kwargs)
            fd = sock.fileno()
            if name == "close" and fd < 0:
                return real(sock, *args, **kwargs)
            arguments = shown.arguments(name, args)
            if before:
                args = before(sock, list(args))
            # A non-blocking call never waits: only its success is worth telling.
            if waits and sock.gettimeout() != 0:
                self.trace.write(name, fd, arguments, flow=flow, entered=True)
            try:
                result = real(sock, *args, **kwargs)
            except QUIET_ERRORS:
                if name == "connect":  # it is under way, and its end is never reported
                    self.trace.write(name, fd, arguments)
                raise
            except BaseException as error:
                text = "{}: {}".format(type(error).__name__, error)
                self.trace.write(name, fd, arguments, flow=flow, error=text)
                raise
            if after:
                result = after(sock, result)
            size = shown.size(name, args, result)
            told = shown.result(name, result)
            self.trace.write(name, fd, arguments, result=told, size=size, flow=flow)
            return result

        return wrapped

    def _name(self, name: str) -> Callable[..., Any]:
        """Return getsockname or getpeername that answers with written addresses."""
        real = getattr(socket.socket, name)
        back = "own" if name == "getsockname" else "other"

        @functools.wraps(real)
        def wrapped(sock: Any) -> Any:
            address = real(sock)
            return getattr(self._map(sock), back)(_kind(sock), address) if self._begun else address

        return wrapped

    def _before_bind(self, sock: Any, args: List[Any]) -> List[Any]:
        return [self._map(sock).to_bind(_kind(sock), a) for a in args]

    def _before_connect(self, sock: Any, args: List[Any]) -> List[Any]:
        return [self._map(sock).to_reach(_kind(sock), a) for a in args]

    _before_connect_ex = _before_connect

    def _before_sendto(self, sock: Any, args: List[Any]) -> List[Any]:
        return [*args[:-1], self._map(sock).to_reach(_kind(sock), args[-1])] if args else args

    def _before_sendmsg(self, sock: Any, args: List[Any]) -> List[Any]:
        if len(args) < 4:
            return args
        return [*args[:3], self._map(sock).to_reach(_kind(sock), args[3])]

    def _after_recvfrom(self, sock: Any, result: Any) -> Any:
        """Return the result with the written address, which every such result ends with."""
        written = self._map(sock).other(_kind(sock), result[-1])
        if written == result[-1]:
            self._map(sock).seen(result[-1])
        return (*result[:-1], written)

    _after_recvfrom_into = _after_recvmsg = _after_recvmsg_into = _after_recvfrom

    def _after_accept(self, sock: Any, result: Any) -> Any:
        self._map(sock).seen(result[1])
        return result


_wrap: Optional[Wrap] = None


def wrapped() -> Wrap:
    """Return what wraps the class in this interpreter; the first time it is wrapped."""
    global _wrap  # noqa: PLW0603 - inherited by every process that is forked
    if _wrap is None:
        _wrap = Wrap()
        _wrap.install()
    return _wrap


def _kind(sock: Any) -> str:
    kind = "udp" if sock.type & 0xF == socket.SOCK_DGRAM else "tcp"
    return kind + "6" if sock.family == socket.AF_INET6 else kind
