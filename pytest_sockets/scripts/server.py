"""A scripted server: each connection that comes plays the next of its scripts.

Knows how it listens, and that a connection more than there are scripts is a
mismatch. Does not know what is said.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Sequence

from pytest_sockets.faults import Fault
from pytest_sockets.findings import Finding, Misuse, must_be
from pytest_sockets.messages import message, translatable
from pytest_sockets.wire.bell import Bell
from pytest_sockets.wire.bound import bound, bound_at, inet
from pytest_sockets.wire.events import Address, Opened

from .client import fitting, playable
from .near import Near
from .peer import PATIENCE, ScriptedPeer
from .peers import Accepted, DatagramSpeaker, StreamSpeaker
from .play import Mismatch, Play
from .steps import Script, Transport, check

BACKLOG = 128


class ScriptedServer(ScriptedPeer):
    """A server that plays the first of ``scripts`` with the first connection, and so on.

    ``address`` is where it listens: ``(host, port)``, or ``path`` (by default one
    of its own). Over UDP there is one script, whoever sends. Connections are served
    at the same time; one more than there are scripts is closed, and is a mismatch.

    Raises:
        Misuse: a script can't be played, a path is too long, or it can listen at no such place.
        OSError: the address can't be bound.
    """

    name = translatable("scripted server")

    def __init__(
        self,
        *scripts: Script,
        transport: Transport = "tcp",
        host: str = "127.0.0.1",
        port: int = 0,
        path: str | os.PathLike[str] | None = None,
        patience: float = PATIENCE,
        faults: Sequence[Fault] = (),
    ) -> None:
        __tracebackhide__ = True
        fitting(transport, "path" if transport == "unix" else (host, port))
        _check_place(transport, host, port, path)
        self._check(scripts, transport, faults)
        super().__init__(len(scripts), patience)
        self.transport = transport
        self._scripts = scripts
        self._faults = faults
        self._bell = Bell()
        self._clean = contextlib.ExitStack()
        try:
            self._socket = self._bound(host, port, None if path is None else os.fsdecode(path))
        except BaseException:
            self._clean.close()
            self._bell.close()
            raise
        name = self._socket.getsockname()
        self.address: Address | str = name[:2] if isinstance(name, tuple) else name
        self._start(self._datagrams if transport == "udp" else self._next)

    @staticmethod
    def _check(scripts: Sequence[Script], transport: Transport, faults: Sequence[Fault]) -> None:
        if not scripts or (transport == "udp" and len(scripts) > 1):
            raise Misuse(
                message("script: over UDP there is exactly one script, whoever sends")
                if scripts
                else message("script: there is none to play")
            )
        for place, script in enumerate(scripts):
            name = "script" if len(scripts) == 1 else f"scripts[{place}]"
            check(script, transport, first=False, name=name, faults=faults)
            playable(script, transport)

    @property
    def kind(self) -> Transport:
        """Over what it is reached: its ``transport``."""
        return self.transport

    @property
    def host(self) -> str:
        """The host of ``address``."""
        return inet(self.address)[0]

    @property
    def port(self) -> int:
        """The port of ``address``."""
        return inet(self.address)[1]

    def _bound(self, host: str, port: int, path: str | None) -> socket.socket:
        if self.transport == "unix":
            sock, clean = bound_at(path)
            self._clean.callback(clean)
        else:
            sock = bound(self.transport, host, port)
        self._clean.callback(sock.close)
        if self.transport != "udp":
            sock.listen(BACKLOG)
        sock.setblocking(False)  # noqa: FBT003 - it takes no keywords
        return sock

    # In threads

    def _datagrams(self) -> None:
        near = Near(self.transcript, self._patience)
        speaker = DatagramSpeaker(self._socket, 1, near)
        self._play(Play(self._scripts[0], speaker, near, self._progress, faults=self._faults))

    def _play(self, play: Play) -> None:
        self._progress.tell(lambda: self._plays.append(play))
        if self._stopped:
            play.near.end()
        play.run()

    def _next(self) -> None:
        """Take a connection, leave the next one to another thread, and play."""
        sock = self._taken()
        if sock is None:
            return
        place = len(self._plays)
        if place == len(self._scripts):
            self._one_too_many(sock)
            return
        near = Near(self.transcript, self._patience)
        speaker = StreamSpeaker(sock, place + 1, near)
        at = self.transcript.now()
        ends = speaker.remote, speaker.local
        self.transcript.add(Opened(at=at, side="program", connection=place + 1,
                                   local=ends[0], remote=ends[1]))  # fmt: skip
        name = "script" if len(self._scripts) == 1 else f"scripts[{place}]"
        script = self._scripts[place]
        play = Play(script, speaker, near, self._progress, name, self._faults)
        self._progress.tell(lambda: self._plays.append(play))
        if self._stopped:
            near.end()
        else:
            self._start(self._next)
        play.run()

    def _taken(self) -> socket.socket | None:
        """Return the next connection, None when the server was stopped."""
        while not self._stopped:
            if not self._bell.wait([self._socket]):
                return None
            with contextlib.suppress(OSError):
                return Accepted(*self._socket.accept())
        return None

    def _one_too_many(self, sock: socket.socket) -> None:
        sock.close()
        count = len(self._scripts)
        every = message("1 connection") if count == 1 else message("{count} connections")
        expected = message("{connections}, one for each script", connections=every.of(count=count))
        finding = Finding(expected, message("one connection more"))
        self._progress.fail(Mismatch(every.of(count=count), finding))

    # Ends

    def _wait_connected(self) -> None:
        progress = self._progress
        wanted = 0 if self.transport == "udp" else len(self._scripts)

        def settled() -> bool:
            return len(self._plays) >= wanted or progress.failed or self._stopped

        while not settled():
            if not self._moves() and not self._is_playing():
                progress.fail(self._nobody_came(len(self._plays)))

    def _moves(self) -> bool:
        """Wait until a conversation begins, ends or comes to a Hold; False when none does."""
        before = self._so_far()
        return self._progress.wait(
            lambda: self._so_far() != before or self._progress.failed or self._stopped,
            self._patience,
        )

    def _so_far(self) -> tuple[int, int, int]:
        """Return how many conversations have begun, are to come to their end, and hold."""
        return len(self._plays), self._progress.left, self._progress.holding

    def _is_playing(self) -> bool:
        """Tell whether a client is in a conversation, before which the next may not come."""
        begun, left, holding = self._so_far()
        return begun - (len(self._scripts) - left) > holding

    def _nobody_came(self, place: int) -> Mismatch:
        return Mismatch(
            message("connection {number}", number=place + 1),
            Finding(
                message("a connection to {address}", address=self.address),
                message("nobody connects within {seconds:g} s", seconds=self._patience),
                rests_on_deadline=True,
            ),
        )

    def _let_go(self) -> None:
        self._bell.ring()

    def stop(self) -> None:
        """End the script where it is, close the server and end all threads."""
        super().stop()
        self._bell.close()
        self._clean.close()


def _check_place(
    transport: Transport, host: str, port: int, path: str | os.PathLike[str] | None
) -> None:
    """Refuse what is no place to listen at, and a place of which nothing would come.

    Raises:
        Misuse: it is one of the two.
    """
    must_be(str, host=host)
    must_be(int, port=port)
    if path is not None:
        must_be(os.PathLike, path=path)
    if port and transport == "unix":
        raise Misuse(message("port: a server over unix listens at a path"))
    if path is not None and transport != "unix":
        raise Misuse(message("path: a server over {transport} listens on host and port",
                             transport=transport))  # fmt: skip
