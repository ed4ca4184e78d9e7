"""Our end of one TCP connection with the program: what we say and what we expect.

Knows sockets, the plan of the faults, and how to read until nothing more will
come. Does not know which exercise is graded; it never sleeps to decide.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType

from ..faults.fault import Fault, plan
from ..findings import Finding, NotJudged
from ..messages import Message, message
from .events import Address, Event, Finished, Paused, Reset, Sent
from .surroundings import End, Surroundings

PIECE = 65536
FIRST_LOOK, LAST_LOOK = 0.0003, 0.02
TOGETHER_LOOKS = 2000


class Peer:
    """A connection whose other end the program holds.

    ``number`` counts the connections of the conversation from 1. ``local`` and
    ``remote`` are ``(host, port)``. Every method that expects something raises
    Finding when something else happens.
    """

    def __init__(
        self,
        sock: socket.socket,
        number: int,
        surroundings: Surroundings,
        faults: Sequence[Fault] = (),
    ) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = number
        self.local: Address = sock.getsockname()[:2]
        self.remote: Address = sock.getpeername()[:2]
        self.sent = 0
        self.finished = False
        self.closed = False
        self.at_end = False
        self.was_reset = False
        self._socket = sock
        self._around = surroundings
        self._faults = tuple(faults)
        self._buffer = bytearray()

    # What we do

    def send(self, *messages: bytes) -> None:
        """Send ``messages`` one after the other, as the faults of this peer plan it.

        What the program sends meanwhile is kept. A program that stops reading,
        or that has closed, is not accused here: what is expected next tells.
        """
        events: list[Event] = [Sent(data=data, connection=self.number) for data in messages]
        for event in plan(self._faults, events):
            self._perform(event)

    def finish(self) -> None:
        """Half-close: send FIN, go on receiving."""
        if self.finished or self.closed:
            return
        self.finished = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._note(Finished(connection=self.number))

    def reset(self) -> None:
        """Abort: send RST and forget the connection."""
        if self.closed:
            return
        self.closed = True
        self._note(Reset(connection=self.number))
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def close(self) -> None:
        """Close in an orderly way: read what has come, send FIN, let go."""
        if self.closed:
            return
        while self._read():
            pass
        self.finish()
        self.closed = True
        self._socket.close()

    def pause(self, seconds: float) -> End | None:
        """Stay silent for ``seconds``, or until the program was seen to wait for as long.

        Returns how the program rested, None when it ended the connection meanwhile.
        """
        self._note(Paused(seconds=seconds, connection=self.number))
        waiting = self._around.watch(seconds, one_round=True)
        while not self.over:
            end = waiting.step()
            if end is not None:
                return end
            self._look(LAST_LOOK / 4)
        return None

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What we expect

    @property
    def over(self) -> bool:
        """True when the program has finished or reset the connection."""
        return self.at_end or self.was_reset

    def expect(self, data: bytes) -> None:
        """Expect exactly ``data`` as the next bytes."""
        end = self._gather(len(data))
        if self._buffer.startswith(data):
            del self._buffer[: len(data)]
            return
        raise Finding(
            message("{data} ({count} bytes)", data=data, count=len(data)),
            self._observed(bytes(self._buffer), end),
            difference=(data, bytes(self._buffer)),
            rests_on_deadline=_on_deadline(end),
        )

    def expect_one_of(self, *answers: bytes) -> bytes:
        """Expect one of ``answers`` and return it; the longest that fits counts."""
        end = None
        for size in sorted({len(answer) for answer in answers}):
            if bytes(self._buffer) not in answers:
                end = self._gather(size)
            else:
                # A shorter answer is complete: is it the beginning of a longer one?
                end = self._gather(size, one_round=True)
        for answer in sorted(answers, key=len, reverse=True):
            if self._buffer.startswith(answer):
                del self._buffer[: len(answer)]
                return answer
        shown = " or ".join(repr(answer) for answer in answers)
        raise Finding(
            message("{answers}", answers=shown),
            self._observed(bytes(self._buffer), end),
            difference=(answers[0], bytes(self._buffer)),
            rests_on_deadline=_on_deadline(end),
        )

    def expect_something(self) -> bytes:
        """Expect at least one byte and return all that has come with it."""
        end = self._gather(1)
        if not self._buffer:
            raise Finding(
                message("at least one byte"),
                self._observed(b"", end),
                rests_on_deadline=_on_deadline(end),
            )
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    def expect_end(self) -> None:
        """Expect the end of the stream (FIN) with nothing before it."""
        end = self._gather(None)
        if self.at_end and not self._buffer:
            return
        raise Finding(
            message("the end of the stream (the program closes the connection)"),
            self._observed(bytes(self._buffer), end),
            rests_on_deadline=not self.over and _on_deadline(end),
        )

    def expect_nothing(self) -> None:
        """Expect that the program sends nothing of its own accord now."""
        waiting = self._around.watch(one_round=True)
        while not self.over and not self._buffer and waiting.step() is None:
            self._look(FIRST_LOOK)
        self._look(0)
        if self._buffer:
            raise Finding(message("nothing yet"), self._observed(bytes(self._buffer), None))

    def expect_open(self) -> None:
        """Expect that the program has neither closed nor reset the connection."""
        self._look(0)
        if self.over:
            raise Finding(message("an open connection"), self._observed(b"", None))

    def look(self) -> None:
        """Take in what has come by now, without waiting."""
        self._look(0)

    def received_so_far(self) -> bytes:
        """Return all that comes until the end of the stream, a reset, or rest.

        Nothing is judged by it, so one round of a program that polls is enough.
        """
        self._gather(None, one_round=True)
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    # How it is done

    def _perform(self, event: Event) -> None:
        if isinstance(event, Sent):
            self._send_all(event)
        elif isinstance(event, Paused):
            self.pause(event.seconds)
        elif isinstance(event, Finished):
            self.finish()
        elif isinstance(event, Reset):
            self.reset()

    def _send_all(self, event: Sent) -> None:
        if self.closed:
            return
        coalesced = event.note == "coalesced"
        if coalesced:
            self._around.stop()
        try:
            self._write(event.data)
            self._note(
                Sent(data=event.data, piece=event.piece, note=event.note, connection=self.number)
            )
            if coalesced:
                self._wait_together(len(event.data))
        finally:
            if coalesced:
                self._around.go_on()
        if event.piece:
            self._wait_taken()

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        waiting = self._around.watch()
        while left and not self.was_reset:
            try:
                written = self._socket.send(left)
            except BlockingIOError:
                self._look(FIRST_LOOK, writing=True)
                if waiting.step() is not None:
                    return
                continue
            except OSError:
                self._look(0)
                return
            self.sent += written
            left = left[written:]

    def _wait_together(self, count: int) -> None:
        """The receipt of Coalesce: all bytes wait in the stopped program's queue."""
        for _ in range(TOGETHER_LOOKS):
            queued = self._around.queued(self.local, self.remote)
            if queued is None or queued >= count:
                return
            self._look(FIRST_LOOK)
        raise NotJudged(message("the messages could not be brought to arrive together"))

    def _wait_taken(self) -> None:
        """The receipt of Fragment: the program has taken the piece out of its queue."""
        waiting = self._around.watch()
        while not self.over:
            if self._around.taken(self.local, self.remote, self.sent):
                return
            if waiting.step() is not None:
                return
            self._look(0)

    def _gather(self, count: int | None, *, one_round: bool = False) -> End | None:
        """Read until ``count`` bytes are there, the stream is over, or the program rests."""
        waiting = self._around.watch(one_round=one_round)
        pause = FIRST_LOOK
        while not self.over and (count is None or len(self._buffer) < count):
            before = len(self._buffer)
            self._look(pause)
            if len(self._buffer) > before:
                waiting, pause = self._around.watch(one_round=one_round), FIRST_LOOK
                continue
            end = waiting.step()
            if end is not None:
                # It may have sent between our look and the proof.
                self._look(0)
                if self.over or len(self._buffer) > before:
                    waiting = self._around.watch(one_round=one_round)
                    continue
                return end
            pause = min(pause * 2, LAST_LOOK)
        return None

    def _look(self, pause: float, *, writing: bool = False) -> None:
        if self.over or self.closed:
            return
        ready = select.select([self._socket], [self._socket] if writing else [], [], pause)
        if ready[0]:
            self._read()

    def _read(self) -> bool:
        if self.over:
            return False
        try:
            data = self._socket.recv(PIECE)
        except BlockingIOError:
            return False
        except OSError:
            self.was_reset = True
            self._note(Reset(side="program", connection=self.number))
            return False
        if not data:
            self.at_end = True
            self._note(Finished(side="program", connection=self.number))
            return False
        self._buffer += data
        self._note(Sent(side="program", data=data, connection=self.number))
        return True

    def _note(self, event: Event) -> None:
        transcript = self._around.transcript
        transcript.add(replace(event, at=transcript.now()))

    def _observed(self, data: bytes, end: End | None) -> Message:
        what = (
            message("{data} ({count} bytes)", data=data, count=len(data))
            if data
            else message("nothing")
        )
        how = self._ending(end)
        return what if how is None else message("{what}, then {how}", what=what, how=how)

    def _ending(self, end: End | None) -> Message | None:
        if self.was_reset:
            return message("a reset of the connection (RST)")
        if self.at_end:
            return message("the end of the stream")
        if end is None:
            return None
        return self._around.describe(end)


def _on_deadline(end: End | None) -> bool:
    return end is not None and not end.proved


