"""Reference servers by the name of their exercise: where they listen, which options they take.

Knows sockets and addresses. What they say is in ``talks``, how they say it in
``streams`` and ``datagrams``. A server whose words are typed at a keyboard is no
matter of this module: it needs a process.
"""

from __future__ import annotations

import inspect
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

from pytest_sockets.findings import Misuse, must_be
from pytest_sockets.messages import message
from pytest_sockets.wire.bound import bound, bound_at, inet
from pytest_sockets.wire.events import Address
from pytest_sockets.wire.transcript import Transcript
from pytest_sockets.wire.upstream import Kind

from . import talks
from .datagrams import DatagramServer
from .loop import Loop
from .streams import StreamServer
from .talks import Reply, Talk

Talks = Callable[[], Talk]


def _echo() -> Talks:
    return talks.Echo


def _hello(reply: bytes = b"hello") -> Talks:
    return lambda: talks.Once(reply)


def _greeting(greeting: bytes = b"hello") -> Talks:
    return lambda: talks.Once(greeting=[greeting])


def _reply(reply: bytes = "ok, 问题正在处理中...".encode()) -> Talks:
    return lambda: talks.Once(reply)


def _sticky(words: Sequence[bytes] = talks.WORDS) -> Talks:
    return lambda: talks.Announcement(words)


def _json_file(name: str = talks.FILE, data: bytes = b"") -> Talks:
    return lambda: talks.Announcement([talks.announced(name, data)])


def _hmac_auth(secret: bytes = talks.SECRET) -> Talks:
    return lambda: talks.Guarded(secret)


def _lines() -> Talks:
    return talks.Lines


def _udp_hello(reply: bytes = b"hello") -> Reply:
    return lambda _: reply


def _udp_echo() -> Reply:
    return talks.echo


def _udp_time(default: str = "") -> Reply:
    return talks.local_time(default)


def _udp_time_default(default: str = talks.DEFAULT_FORMAT) -> Reply:
    return talks.local_time(default)


STREAMS: Mapping[str, Callable[..., Talks]] = {
    "tcp-echo": _echo,
    "tcp-echo-concurrent": _echo,
    "tcp-echo-loop": _echo,
    "tcp-greeting": _greeting,
    "tcp-hello": _hello,
    "tcp-hmac-auth": _hmac_auth,
    "tcp-json-file": _json_file,
    "tcp-reply": _reply,
    "tcp-socketserver": _lines,
    "tcp-sticky": _sticky,
    "unix-echo": _echo,
}

DATAGRAMS: Mapping[str, Callable[..., Reply]] = {
    "udp-echo": _udp_echo,
    "udp-hello": _udp_hello,
    "udp-time": _udp_time,
    "udp-time-default": _udp_time_default,
}

HERE = sorted({*STREAMS, *DATAGRAMS})
"""The exercises whose server can run in this process."""


class ReferenceServer:
    """A reference server in this process, until ``stop``. A context manager.

    ``exercise`` is whose conversation it holds. ``address`` is ``(host, port)``,
    or the path of an AF_UNIX server: what ``socket.connect`` takes. ``transcript``
    is the record of what was said: we are ``peer`` in it, whoever came is
    ``program``. Every server here serves any number of clients at the same time.
    """

    def __init__(self, loop: Loop, exercise: str, sock: socket.socket, **options: Any) -> None:
        self.exercise = exercise
        name = sock.getsockname()
        self.address: Address | str = name[:2] if isinstance(name, tuple) else str(name)
        self._server: StreamServer | DatagramServer
        if exercise in STREAMS:
            self._server = StreamServer(loop, sock, STREAMS[exercise](**options))
        else:
            self._server = DatagramServer(loop, sock, DATAGRAMS[exercise](**options))
        self._remains: list[Callable[[], object]] = []

    @property
    def kind(self) -> Kind:
        """Over what it is reached."""
        if isinstance(self.address, str):
            return "unix"
        return "tcp" if self.exercise in STREAMS else "udp"

    @property
    def host(self) -> str:
        """The host of ``address``."""
        return inet(self.address)[0]

    @property
    def port(self) -> int:
        """The port of ``address``."""
        return inet(self.address)[1]

    @property
    def transcript(self) -> Transcript:
        """What was said so far; see ``Transcript``."""
        return self._server.transcript

    @property
    def errors(self) -> list[BaseException]:
        """What went wrong in the server itself so far; none of it is the client's fault."""
        return self._server.errors

    def stop(self) -> None:
        """Stop listening and close all connections; returns when it is done. Twice is once."""
        self._server.stop()
        while self._remains:
            self._remains.pop()()

    def at_the_end(self, clean: Callable[[], object]) -> None:
        """Call ``clean`` when the server was stopped."""
        self._remains.append(clean)

    def __enter__(self) -> ReferenceServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def serve(
    loop: Loop,
    exercise: str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    path: str | os.PathLike[str] | None = None,
    **options: Any,
) -> ReferenceServer:
    """Return a reference server that listens already.

    ``host`` and ``port`` (0: one that is free), or for AF_UNIX ``path``, are where. The other
    ``options`` are those of the exercise, such as ``reply`` of tcp-hello.

    Raises:
        Misuse: there is no such server here, it takes no such option, or there is no such port.
        OSError: the address can't be bound.
    """
    check(exercise, options)
    must_be(str, host=host)
    must_be(int, port=port)
    if exercise.startswith("unix-"):
        if port:
            raise Misuse(message("port: {exercise} listens at a path", exercise=exercise))
        return _at_path(loop, exercise, path, options)
    if path is not None:
        raise Misuse(message("path: {exercise} listens on host and port", exercise=exercise))
    sock = bound("tcp" if exercise in STREAMS else "udp", host, port)
    return _started(loop, exercise, sock, options)


def check(exercise: str, options: Mapping[str, object]) -> None:
    """Refuse an exercise that has no server here, and options that it does not take.

    Raises:
        Misuse: it is one of the two, or an option is given another type than it takes.
    """
    must_be(str, exercise=exercise)
    factory = {**STREAMS, **DATAGRAMS}.get(exercise)
    if factory is None:
        raise Misuse(
            message(
                "exercise: there is no reference server {name} in this process; there are {names}; "
                "with process=True every reference program can be started",
                name=repr(exercise),
                names=", ".join(HERE),
            )
        )
    takes = inspect.signature(factory).parameters
    for name, given in options.items():
        if name not in takes:
            more = "path" if exercise.startswith("unix-") else "host, port"
            raise Misuse(
                message(
                    "{name}: {exercise} takes no such option; it takes {names}",
                    name=name,
                    exercise=exercise,
                    names=", ".join([*takes, more]),
                )
            )
        _check_type(name, given, takes[name].default)


def _check_type(name: str, given: object, usual: object) -> None:
    """Refuse an option that is given something else than what it ``usual``ly is."""
    if not isinstance(usual, tuple):
        must_be(type(usual), **{name: given})
        return
    must_be(Sequence, **{name: given})
    assert isinstance(given, Sequence)
    for place, each in enumerate(given):
        must_be(type(usual[0]), **{f"{name}[{place}]": each})


def _at_path(
    loop: Loop, exercise: str, path: str | os.PathLike[str] | None, options: Mapping[str, Any]
) -> ReferenceServer:
    if path is not None:
        must_be(os.PathLike, path=path)
    sock, clean = bound_at(None if path is None else os.fsdecode(path))
    try:
        server = _started(loop, exercise, sock, options)
    except BaseException:
        clean()
        raise
    server.at_the_end(clean)
    return server


def _started(
    loop: Loop, exercise: str, sock: socket.socket, options: Mapping[str, Any]
) -> ReferenceServer:
    try:
        return ReferenceServer(loop, exercise, sock, **options)
    except BaseException:
        sock.close()
        raise
