"""A scripted client: it connects to the server under test and plays its script.

Knows how a server is reached. Does not know what is said.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence

from pytest_sockets.faults import Fault
from pytest_sockets.findings import Misuse, NotJudged
from pytest_sockets.kernel import families
from pytest_sockets.kernel.portable import portable
from pytest_sockets.messages import Message, message, translatable
from pytest_sockets.wire.events import Address, Opened
from pytest_sockets.wire.upstream import upstream_of

from .near import Near, sees_reading
from .peer import PATIENCE, ScriptedPeer
from .peers import DatagramSpeaker, Speaker, StreamSpeaker, refusal
from .play import Play
from .steps import TRANSPORTS, Say, Script, Transport, check

LOCAL = "127.0.0.1"
HIGHEST = 65535


class ScriptedClient(ScriptedPeer):
    """A client that plays ``script`` with the server at ``address``.

    ``address`` is ``(host, port)``, a path or a URL such as ``"udp://127.0.0.1:80"``, or anything
    with such an ``address``. ``transport`` is only needed for UDP, and where nothing of it tells.

    Raises:
        Misuse: the script can't be played, or nobody takes the connection.
    """

    name = translatable("scripted client")

    def __init__(
        self,
        script: Script,
        address: object,
        *,
        transport: Transport | None = None,
        patience: float = PATIENCE,
        faults: Sequence[Fault] = (),
    ) -> None:
        __tracebackhide__ = True
        where = destination(address)
        self.transport: Transport = _transport(transport, address, where)
        fitting(self.transport, where)
        check(script, self.transport, first=True, faults=faults)
        playable(script, self.transport)
        super().__init__(1, patience)
        self.address = where
        near = Near(self.transcript, self._patience)
        try:
            speaker = self._connected(near, where)
        except OSError as error:
            near.close()
            raise Misuse(refusal(error, where)) from error
        self._plays.append(Play(script, speaker, near, self._progress, faults=faults))
        self._start(self._plays[0].run)

    def _connected(self, near: Near, where: Address | str) -> Speaker:
        sock = socket.socket(_family(where), _kind(self.transport))
        try:
            sock.settimeout(self._patience)
            if self.transport != "udp" or (sys.platform == "linux" and not portable()):
                # Only a connected UDP socket is told that nobody is there (udp(7)).
                sock.connect(where)
            if self.transport == "udp":
                assert isinstance(where, tuple)
                return DatagramSpeaker(sock, 1, near, where)
            stream = StreamSpeaker(sock, 1, near)
        except OSError:
            sock.close()
            raise
        at = self.transcript.now()
        self.transcript.add(Opened(at=at, connection=1, local=stream.local, remote=stream.remote))
        return stream


def playable(script: Script, transport: Transport) -> None:
    """Refuse a script that this system can't play.

    Raises:
        NotJudged: pieces are to arrive apart, and nothing here shows that they do.
    """
    pieces = any(isinstance(step, Say) and len(step.pieces) > 1 for step in script)
    if pieces and transport != "udp" and not sees_reading():
        raise NotJudged(message("nothing here shows whether the pieces of a Say arrive apart"))


def destination(address: object) -> Address | str:
    """Return where ``address`` leads to, which may be a URL: ``(host, port)``, or a path.

    Raises:
        Misuse: it is no address.
    """
    found = getattr(address, "address", address)
    if isinstance(found, os.PathLike):
        return str(os.fspath(found))
    if isinstance(found, str):
        path = found.removeprefix("unix://")
        return _of_url(path) if "://" in path else path
    host, port = found[:2] if isinstance(found, tuple) and len(found) >= 2 else (LOCAL, found)
    if isinstance(port, int) and 0 <= port <= HIGHEST:
        return str(host), int(port)
    raise _no_address(found)


def _of_url(url: str) -> Address | str:
    try:
        server = upstream_of(url)
    except Misuse:
        raise _no_address(url) from None
    return server.address[0] if server.kind == "unix" else server.address


def _no_address(found: object) -> Misuse:
    text = "address: (host, port) or the path of a socket file is one, not {given}"
    return Misuse(message(text, given=repr(found)[:60]))


def fitting(transport: object, where: Address | str) -> None:
    """Refuse a transport that there is not, or that does not go with the address.

    Raises:
        Misuse: it is one of the two.
    """
    if transport not in TRANSPORTS:
        raise Misuse(
            message(
                "transport: it is one of {names}, not {given}",
                names=", ".join(TRANSPORTS),
                given=repr(transport),
            )
        )
    if (transport == "unix") != isinstance(where, str):
        raise Misuse(_leads_elsewhere(transport, where))


def _transport(given: Transport | None, address: object, where: Address | str) -> Transport:
    """Return what was given, or what a server or its URL says, or what is usual where it is."""
    scheme = _scheme(address)
    if scheme is not None and given not in (None, scheme):
        raise Misuse(_leads_elsewhere(given, address))
    kind = scheme or getattr(address, "kind", None)
    usual: Transport = "unix" if isinstance(where, str) else "tcp"
    return given or (kind if kind in TRANSPORTS else usual)


def _scheme(address: object) -> str | None:
    """Return what a URL begins with, None where ``address`` is none."""
    found = getattr(address, "address", address)
    return found.partition("://")[0] if isinstance(found, str) and "://" in found else None


def _leads_elsewhere(transport: object, where: object) -> Message:
    text = "transport: {transport} does not lead to {where}"
    return message(text, transport=transport, where=repr(where))


def _family(where: Address | str) -> int:
    if isinstance(where, str):
        return families.unix()
    return int(socket.AF_INET6 if ":" in where[0] else socket.AF_INET)


def _kind(transport: Transport) -> int:
    return int(socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM)
