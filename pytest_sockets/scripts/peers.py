"""Our end of a scripted conversation: the wire's peers, with waits that end by events.

Knows how each kind of step is met over a stream and over datagrams. Does not
know which step comes next.
"""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from pytest_sockets.faults.fault import Fault, Holding, then
from pytest_sockets.findings import Finding, NotJudged
from pytest_sockets.messages import Message, message, size_of
from pytest_sockets.wire.connection import Peer
from pytest_sockets.wire.datagrams import DatagramPeer
from pytest_sockets.wire.events import Address, Datagram, Event, Paused
from pytest_sockets.wire.stream import on_deadline

from .near import Near, sees_reading
from .steps import shown

FIRST_PAUSE, LAST_PAUSE = 0.0001, 0.005
"""Seconds between two questions to the kernel whether a piece was read: it tells no event."""


class Speaker(Protocol):
    """What a script is played with, over whatever transport."""

    def say(self, pieces: Sequence[bytes], faults: Sequence[Fault]) -> None:
        """Say ``pieces``, so that each arrives apart."""

    def meet(self, what: bytes | re.Pattern[bytes]) -> None:
        """Expect ``what`` next."""

    def silence(self, seconds: float) -> None:
        """Expect to hear nothing for ``seconds``."""

    def abandon(self) -> None:
        """Let go of the conversation so that nobody waits for us any longer."""

    def close(self) -> None:
        """Let go in an orderly way."""


class Accepted(socket.socket):
    """A connection that was taken; if it is reset already, the system forgot its address."""

    def __init__(self, sock: socket.socket, peer: Any) -> None:
        super().__init__(sock.family, sock.type, sock.proto, fileno=sock.detach())
        self._peer = peer

    def getpeername(self) -> Any:
        """Return the address that accept told."""
        return self._peer


class StreamSpeaker(Peer):
    """A connection of a script."""

    def __init__(self, sock: socket.socket, number: int, near: Near) -> None:
        self._near = near
        super().__init__(sock, number, near)

    def say(self, pieces: Sequence[bytes], faults: Sequence[Fault]) -> None:
        """Say ``pieces`` through ``faults``; the next piece waits until the last was read."""
        self._faults = tuple(faults)
        for place, piece in enumerate(pieces):
            self.send(piece)
            if place + 1 < len(pieces):
                self._wait_taken()
        self._faults = ()

    def meet(self, what: bytes | re.Pattern[bytes]) -> None:
        """Expect ``what`` as the next bytes; wrong bytes are known at the first that differs."""
        if isinstance(what, bytes):
            self._meet_bytes(what)
        else:
            self._meet_pattern(what)

    def _meet_bytes(self, what: bytes) -> None:
        met, end = 0, None
        while met < len(what):
            if len(self._buffer) > met:
                new = bytes(self._buffer[met : len(what)])
                if not what.startswith(new, met):
                    break
                met += len(new)
            elif self.over or end is not None:
                break
            else:
                end = self._gather(met + 1)
        if not self._takes(what):
            raise self._other_than(what, end=end)

    def _meet_pattern(self, what: re.Pattern[bytes]) -> None:
        end = None
        while True:
            found = what.match(self._buffer)
            if found is not None:
                del self._buffer[: found.end()]
                return
            if end is not None or self.over:
                break
            end = self._gather(len(self._buffer) + 1)
        raise Finding(
            message("{what}", what=shown(what)),
            self._observed(bytes(self._buffer), end),
            rests_on_deadline=on_deadline(end),
        )

    def expect_end(self) -> None:
        """Expect the end of the stream; a byte before it is known at once."""
        end = None if self._buffer else self._gather(1)
        if self._buffer or not self.at_end:
            raise Finding(
                message("the end of the stream"),
                self._observed(bytes(self._buffer), end),
                rests_on_deadline=on_deadline(end),
            )

    def expect_reset(self) -> None:
        """Expect RST; what was said before it is dropped."""
        end = self._gather(None)
        if not self.was_reset:
            raise Finding(
                message("a reset of the connection (RST)"),
                self._observed(bytes(self._buffer), end),
                rests_on_deadline=on_deadline(end),
            )

    def silence(self, seconds: float) -> None:
        """Expect to hear nothing for ``seconds``: no byte, no end, no reset."""
        began = self._near.transcript.now()
        self._note(Paused(seconds=seconds, connection=self.number), began)
        self._gather(len(self._buffer) + 1, patience=seconds)
        if self._buffer or self.over:
            raise Finding(
                message("silence for {seconds:g} s", seconds=seconds),
                self._observed(bytes(self._buffer), None),
            )

    # How it waits

    def _write(self, data: bytes) -> int:
        written = super()._write(data)
        if written < len(data) and not self._near.stopped:
            raise Finding(
                message("the other side reads {data} ({size})", data=data, size=size_of(data)),
                message("{ending}", ending=self._ending(None))
                if self.over
                else message("{size} were taken, and no more within {seconds:g} s",
                             size=size_of(written), seconds=self._near.patience),
                rests_on_deadline=not self.over,
            )  # fmt: skip
        return written

    def _look(self, pause: float) -> bool:
        if pause and not self.over and not self.closed:
            self._near.until_ready([self._socket])
        return super()._look(0)

    def _has_room(self, pause: float) -> bool:
        if pause:
            self._near.until_ready([] if self.over else [self._socket], [self._socket])
        return super()._has_room(0)

    def _wait_taken(self) -> None:
        """Wait until the other side has read all that was said, or is gone."""
        waiting, pause = self._near.watch(), FIRST_PAUSE
        while not (taken := self._all_read()) and not self.was_reset:
            if taken is None and not self._gone():
                raise NotJudged(message("nothing here shows whether the pieces arrive apart"))
            if waiting.step() is not None:
                raise Finding(
                    message("the other side reads what it is sent, piece by piece"),
                    message("a piece stays unread for {seconds:g} s", seconds=waiting.patience),
                    rests_on_deadline=True,
                )
            reading = [] if self.over else [self._socket]
            if self._near.bell.wait(reading, timeout=pause):
                self._look(0)
            pause = min(pause * 2, LAST_PAUSE)

    def _gone(self) -> bool:
        """Tell whether the other side has ended the connection, so that the system forgot it."""
        self._look(0)
        return self.over

    def _all_read(self) -> bool | None:
        if self._is_tcp:
            return self._near.taken(self.local, self.remote, self.sent)
        return unread(self._socket) == 0 if sees_reading() else None


def unread(sock: socket.socket) -> int:
    """Return how much of what was sent over an AF_UNIX stream waits unread (Linux: unix(7))."""
    import fcntl  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415

    return int.from_bytes(fcntl.ioctl(sock, termios.TIOCOUTQ, bytes(4)), sys.byteorder)


class DatagramSpeaker(DatagramPeer):
    """A UDP socket of a script; what is said goes to whoever was heard last."""

    def __init__(
        self, sock: socket.socket, number: int, near: Near, remote: Address | None = None
    ) -> None:
        super().__init__([sock], number, near, remote)
        self._near = near

    def say(self, pieces: Sequence[bytes], faults: Sequence[Fault]) -> None:
        """Send each of ``pieces`` as a datagram, as ``faults`` plan it."""
        remote = self.remote or self.local
        events: list[Event] = [
            Datagram(data=piece, local=self.local, remote=remote) for piece in pieces
        ]
        for fault in faults:
            behind = then(fault, events)
            held = behind.held if isinstance(behind, Holding) else ()
            # What would wait for the next datagram is late enough behind the last.
            events = [*fault.plan(events), *held]
        for event in events:
            if isinstance(event, Datagram):
                self.send(event.data)
            elif isinstance(event, Paused):
                self._pause(event.seconds)
        self._expect_somebody()

    def _pause(self, seconds: float) -> None:
        self._near.watch(seconds)
        while self._near.step() is None:
            self._look(1)

    def meet(self, what: bytes | re.Pattern[bytes]) -> None:
        """Expect ``what`` as the next datagram, from whomever."""
        if isinstance(what, bytes):
            self.remote = self.expect(what)
            return
        end = self._gather(1)
        data, sender = self._waiting_datagrams[0] if self._waiting_datagrams else (None, None)
        if data is None or what.fullmatch(data) is None:
            raise Finding(
                message("a datagram that matches {what}", what=shown(what)),
                self._observed(data, end),
                rests_on_deadline=on_deadline(end),
            )
        self._waiting_datagrams.pop(0)
        self.remote = sender

    def silence(self, seconds: float) -> None:
        """Expect no datagram for ``seconds``."""
        self._near.watch(seconds)
        while self._near.step() is None and not self._waiting_datagrams:
            self._look(1)
        if self._waiting_datagrams:
            raise Finding(
                message("silence for {seconds:g} s", seconds=seconds),
                self._observed(self._waiting_datagrams[0][0], None),
            )

    def abandon(self) -> None:
        """Close the socket: whoever sends now is told that nobody is there (ICMP)."""
        self.close()

    def _expect_somebody(self) -> None:
        """Expect that no datagram was refused; only a connected socket is told (udp(7))."""
        for sock in self._sockets:
            if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise Finding(
                    message("a UDP socket is bound to {address}", address=self.remote),
                    message("the datagram was refused: nobody is (ICMP, port unreachable)"),
                )

    def _look(self, pause: float) -> bool:
        if pause:
            self._near.until_ready(self._sockets)
        return super()._look(0)


def refusal(error: OSError, address: object) -> Message:
    """Return what is said of an address that takes no connection."""
    why = error.strerror or str(error)
    return message("address: {address} takes no connection: {why}", address=address, why=why)
