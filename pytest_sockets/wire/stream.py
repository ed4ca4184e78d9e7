"""Our end of one TCP connection as bytes: writing, reading and waiting.

Knows sockets and how to read until nothing more will come. Does not know what
is expected of the program, nor faults; it never sleeps to decide.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pytest_sockets.findings import NotJudged
from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import looking, readable
from pytest_sockets.messages import Message, message, size_of

from .events import Address, Event, Finished, Reset, Sent
from .surroundings import End, Surroundings, Waiting

PIECE = 65536
FIRST_LOOK, LAST_LOOK = 0.0003, 0.02

MOST_UNASKED = 16 << 20
"""Bytes beyond those asked for after which a program counts as sending without end."""

LONGEST = 20.0
"""Seconds after which a wait ends although the program still reads or sends a little."""

MOST_PIECES = 256
"""Pieces of at most 64 KiB that one look takes in: a program may send without end."""


@dataclass(frozen=True)
class Unending:
    """The program goes on sending; ``proved`` is false when only time speaks for it."""

    proved: bool


class Stream:
    """A connection whose other end the program holds.

    ``number`` counts the connections of the conversation from 1. ``local`` and
    ``remote`` are ``(host, port)``, or as ``events.Address`` says. ``sent``
    counts the bytes that the system took from us. ``finished`` and ``closed``
    tell what we did, ``at_end`` and ``was_reset`` what the program did.
    ``unsure`` is true when only time says that there was no more to come.
    """

    def __init__(self, sock: socket.socket, number: int, surroundings: Surroundings) -> None:
        sock.setblocking(False)  # noqa: FBT003
        self._is_tcp = sock.family != getattr(socket, "AF_UNIX", None)
        if self._is_tcp:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = number
        self.local: Address = _address(sock, sock.getsockname())
        self.remote: Address = _address(None, sock.getpeername())
        self.sent = 0
        self.finished = False
        self.closed = False
        self.at_end = False
        self.was_reset = False
        self.unsure = False
        self._socket = sock
        self._around = surroundings
        self._buffer = bytearray()
        self._acknowledge_at_once()

    @property
    def over(self) -> bool:
        """True when the program has finished or reset the connection."""
        return self.at_end or self.was_reset

    def look(self) -> None:
        """Take in what has come by now, without waiting; of a flood only the beginning."""
        for _ in range(MOST_PIECES):
            if not self._look(0):
                return

    def take(self) -> bytes:
        """Return what has come by now and was not returned before, without waiting."""
        self.look()
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    # Ends of our own making

    def _finish(self) -> None:
        """Send FIN; a connection that the program has reset takes none."""
        if self.finished or self.closed:
            return
        self.finished = True
        at = self._around.transcript.now()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._note(Finished(connection=self.number), at)

    def _reset(self) -> None:
        """Send RST and forget the connection."""
        if self.closed:
            return
        if not self._is_tcp and not readable([self._socket], 0):
            # Only who leaves bytes unread ends such a connection with an error (unix(7)).
            raise NotJudged(message("a connection through a socket file knows no reset (RST)"))
        self.closed = True
        self._note(Reset(connection=self.number))
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    # Writing

    def _write(self, data: bytes) -> int:
        """Send ``data`` and return how many of its bytes the system took.

        They are fewer when the connection is gone, or when the program rests
        and does not read. What the program sends meanwhile is kept.
        """
        left, stalled = memoryview(data), self._stalled()
        while left and not self.was_reset:
            try:
                written = self._socket.send(left)
            except BlockingIOError:
                if next(stalled):
                    break
                continue
            except OSError as error:
                self._lost(error)
                break
            self.sent += written
            left = left[written:]
        return len(data) - len(left)

    def _stalled(self) -> Iterator[bool]:
        """Wait for room to write; yield True once the program rests and makes none."""
        began, waiting = self._around.transcript.now(), self._around.watch()
        while True:
            if self._has_room(FIRST_LOOK):
                waiting = self._around.watch()
                yield False
            elif waiting.step() is not None:
                # It may have read between our look and the proof.
                yield not self._has_room(0)
            elif self._around.transcript.now() - began > LONGEST:
                yield True

    def _has_room(self, pause: float) -> bool:
        reading = [] if self.over else [self._socket]
        looking(reading, [self._socket])(pause)
        if readable(reading, 0):
            self._read()
        return bool(looking([], [self._socket])(0))

    def _lost(self, error: OSError) -> None:
        """A send was refused: keep what had come before, then how the connection ended."""
        with contextlib.suppress(OSError):
            while data := self._receive():
                self._keep(data)
        if isinstance(error, ConnectionResetError):
            # The error was the reset itself; recv would report the end of the stream now.
            self._was_reset()
        else:
            self._read()

    # Reading

    def _gather(
        self, count: int | None, *, patience: float | None = None, one_round: bool = False
    ) -> End | None:
        """Read until ``count`` bytes are there, the stream is over, or the program rests.

        After each look that brought bytes the wait begins anew; ``patience`` is in seconds.
        """
        began = self._around.transcript.now()
        waiting = self._around.watch(patience, one_round=one_round)
        pause = FIRST_LOOK
        while not self.over and (count is None or len(self._buffer) < count):
            if self._look(pause):
                waiting, pause = self._around.watch(patience, one_round=one_round), FIRST_LOOK
                unending = self._unending(count, began)
                if unending is not None:
                    return unending
                continue
            end = self._end_of(waiting)
            if end is not None and not self.over:
                return end
            pause = min(pause * 2, LAST_LOOK)
        return None

    def _end_of(self, waiting: Waiting) -> End | None:
        """Return why nothing more will come, None when something came or may come."""
        end = waiting.step()
        # It may have sent between our look and the proof.
        return None if end is None or self._look(0) else end

    def _unending(self, count: int | None, began: float) -> Unending | None:
        if len(self._buffer) - (count or 0) > MOST_UNASKED:
            return Unending(proved=True)
        if self._around.transcript.now() - began > LONGEST:
            return Unending(proved=False)
        return None

    def _look(self, pause: float) -> bool:
        """Wait up to ``pause`` seconds for bytes; True when some have come."""
        if self.over or self.closed:
            return False
        return bool(readable([self._socket], pause)) and self._read()

    def _read(self) -> bool:
        if self.over or self.closed:
            return False
        try:
            data = self._receive()
        except OSError:
            self._was_reset()
            return False
        if data:
            self._keep(data)
        elif data is not None:
            self.at_end = True
            self._note(Finished(side="program", connection=self.number))
        return bool(data)

    def _receive(self) -> bytes | None:
        """Return the next bytes, none at the end of the stream, None when nothing has come."""
        try:
            return self._socket.recv(PIECE)
        except BlockingIOError:
            return None
        finally:
            self._acknowledge_at_once()

    def _acknowledge_at_once(self) -> None:
        """Keep Nagle's algorithm in the program from waiting for our delayed ACK (tcp(7))."""
        if self._is_tcp and hasattr(socket, "TCP_QUICKACK") and not portable():
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _keep(self, data: bytes) -> None:
        self._buffer += data
        self._note(Sent(side="program", data=data, connection=self.number))

    def _was_reset(self) -> None:
        self.was_reset = True
        self._note(Reset(side="program", connection=self.number))

    # What is told

    def _note(self, event: Event, at: float | None = None) -> None:
        transcript = self._around.transcript
        transcript.add(replace(event, at=transcript.now() if at is None else at))

    def _observed(self, data: bytes, end: End | None) -> Message:
        what = (
            message("{data} ({size})", data=data, size=size_of(data))
            if data
            else message("nothing")
        )
        how = self._ending(end)
        return what if how is None else message("{what}, then {how}", what=what, how=how)

    def _ending(self, end: End | None) -> Message | None:
        if self.was_reset and not self._is_tcp:
            return message("an error: the program left bytes unread (ECONNRESET)")
        if self.was_reset:
            return message("a reset of the connection (RST)")
        if self.at_end:
            return message("the end of the stream")
        if isinstance(end, Unending):
            return message("more and more without end")
        return None if end is None else self._around.describe(end)


def _address(sock: socket.socket | None, name: tuple[Any, ...] | str | bytes) -> Address:
    """Return a ``name`` that the system told as an address of ours; ``sock`` is whose it is."""
    if isinstance(name, tuple):
        return name[:2]
    return os.fsdecode(name), 0 if sock is None else os.fstat(sock.fileno()).st_ino


def on_deadline(end: End | None) -> bool:
    """Tell whether only the passing of time says that nothing more will come."""
    return end is not None and not end.proved
