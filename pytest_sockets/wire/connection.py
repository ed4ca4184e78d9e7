"""One TCP connection with the program: what we say, with faults, and what we expect.

Knows the plan of the faults, their receipts, and how an answer is compared with
what was expected. Does not know which exercise is graded.
"""

from __future__ import annotations

import math
import socket
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType

from pytest_sockets.faults.coalesce import COALESCED
from pytest_sockets.faults.fault import Fault, plan
from pytest_sockets.findings import Finding, NotJudged
from pytest_sockets.messages import message, size_of

from .events import Event, Finished, Paused, Reset, Sent
from .stream import FIRST_LOOK, LAST_LOOK, LONGEST, Stream, on_deadline
from .surroundings import End, Surroundings

TOGETHER_LOOKS = 2000


class Peer(Stream):
    """A connection whose other end the program holds, and our part of the conversation.

    Every method that expects something raises Finding when something else
    happens. See Stream for what is known of the connection.
    """

    def __init__(
        self,
        sock: socket.socket,
        number: int,
        surroundings: Surroundings,
        faults: Sequence[Fault] = (),
    ) -> None:
        super().__init__(sock, number, surroundings)
        self._faults = tuple(faults)

    # What we do

    def send(self, *messages: bytes) -> None:
        """Send ``messages`` one after the other, as the faults of this peer plan it.

        What the program sends meanwhile is kept. A program that stops reading,
        or that has closed, is not accused here: what is expected next tells.

        Raises:
            ValueError: we have finished already, so nothing can be sent.
            NotJudged: a fault did not take effect.
        """
        if self.finished:
            raise ValueError("nothing can be sent after finish()")
        self._do(*(Sent(data=data, connection=self.number) for data in messages))

    def finish(self) -> None:
        """Half-close: send FIN and go on receiving, or what the faults make of it."""
        self._do(Finished(connection=self.number))

    def reset(self) -> None:
        """Abort: send RST and forget the connection."""
        self._reset()

    def close(self) -> None:
        """Close in an orderly way: read what has come, send FIN, let go.

        Bytes left unread would turn the FIN into an RST (RFC 9293 §3.10.4).
        """
        if self.closed:
            return
        self.look()
        self.finish()
        self.closed = True
        self._socket.close()

    def pause(self, seconds: float) -> End | None:
        """Stay silent for ``seconds``, or until the program was seen to wait for as long.

        Returns how the program rested, None when it ended the connection meanwhile.
        """
        seconds = LONGEST if seconds == math.inf else seconds  # the silence of a Stall
        began = self._around.transcript.now()
        self._note(Paused(seconds=seconds, connection=self.number), began)
        waiting = self._around.watch(seconds, one_round=True)
        while not self.over:
            end = waiting.step()
            waited = self._around.transcript.now() - began
            if end is not None and (end.proved or waited >= seconds):
                self.look()
                return None if self.over else end
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

    def expect(self, data: bytes, *, patience: float | None = None) -> None:
        """Expect exactly ``data`` as the next bytes.

        ``patience`` is how long, in seconds, a program that sleeps is given for the next of them.
        """
        end = self._gather(len(data), patience=patience)
        if self._takes(data):
            return
        raise self._other_than(data, end=end)

    def expect_one_of(self, *answers: bytes) -> bytes:
        """Expect one of ``answers`` and return it; the longest that fits counts."""
        end = None
        for size in sorted({len(answer) for answer in answers}):
            # When a shorter answer is complete: is it the beginning of a longer one?
            end = self._gather(size, one_round=bytes(self._buffer) in answers)
        for answer in sorted(answers, key=len, reverse=True):
            if self._takes(answer):
                return answer
        raise self._other_than(*answers, end=end)

    def expect_something(self) -> bytes:
        """Expect at least one byte and return all that has come with it."""
        end = self._gather(1)
        if self._buffer:
            return self._take_all()
        raise Finding(
            message("at least one byte"),
            self._observed(b"", end),
            rests_on_deadline=on_deadline(end),
        )

    def expect_end(self) -> None:
        """Expect the end of the stream (FIN) with nothing before it."""
        end = self._gather(None)
        if self.at_end and not self._buffer:
            return
        raise Finding(
            message("the end of the stream (the program closes the connection)"),
            self._observed(bytes(self._buffer), end),
            rests_on_deadline=on_deadline(end) and not self._buffer,
        )

    def expect_nothing(self) -> None:
        """Expect that the program sends nothing of its own accord now."""
        waiting = self._around.watch(one_round=True)
        while not self.over and not self._buffer and waiting.step() is None:
            self._look(FIRST_LOOK)
        self.look()
        if self._buffer:
            raise Finding(message("nothing yet"), self._observed(bytes(self._buffer), None))

    def expect_open(self) -> None:
        """Expect that the program has neither closed nor reset the connection by now."""
        self.look()
        if self.over:
            raise Finding(message("an open connection"), self._observed(b"", None))

    def hear(self) -> None:
        """Wait for the first byte, the end of the stream, or rest; judge nothing."""
        self._gather(1, one_round=True)

    def receive(self, count: int) -> bytes:
        """Return the next ``count`` bytes, or what there is when no more will come."""
        self._gather(count, one_round=True)
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def received_so_far(self) -> bytes:
        """Return all that comes until the end of the stream, a reset, or rest.

        Nothing is judged by it, so one round of a program that polls is enough.
        """
        self._gather(None, one_round=True)
        return self._take_all()

    def everything(self) -> bytes:
        """Return all that comes until the stream ends or the program rests; sleep is waited for."""
        self.unsure = on_deadline(self._gather(None))
        return self._take_all()

    def heard_within(self, seconds: float) -> bytes:
        """Return all that comes within ``seconds``, or until the program waits for good."""
        now, waiting = self._around.transcript.now, self._around.watch(seconds)
        until, end = now() + seconds, None
        while not self.over and now() < until and (end is None or not end.proved):
            end = waiting.step()
            self._look(LAST_LOOK / 4)
        self.look()
        return self._take_all()

    # How it is done

    def _takes(self, data: bytes) -> bool:
        if not self._buffer.startswith(data):
            return False
        del self._buffer[: len(data)]
        return True

    def _take_all(self) -> bytes:
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    def _other_than(self, *answers: bytes, end: End | None) -> Finding:
        """Return the finding that none of ``answers`` came; wrong bytes need no deadline."""
        got = bytes(self._buffer)
        expected = (
            message("{data} ({size})", data=answers[0], size=size_of(answers[0]))
            if len(answers) == 1
            else message("{answers}", answers=" or ".join(repr(answer) for answer in answers))
        )
        return Finding(
            expected,
            self._observed(got, end),
            difference=(answers[0], got),
            rests_on_deadline=on_deadline(end) and any(a.startswith(got) for a in answers),
        )

    def _do(self, *events: Event) -> None:
        for event in plan(self._faults, events):
            self._perform(event)

    def _perform(self, event: Event) -> None:
        if isinstance(event, Sent):
            self._say(event)
        elif isinstance(event, Paused):
            self.pause(event.seconds)
        elif isinstance(event, Finished):
            self._finish()
        elif isinstance(event, Reset):
            self._reset()

    def _say(self, event: Sent) -> None:
        if self.closed or self.was_reset:
            return
        if event.note == COALESCED:
            self._say_together(event)
        else:
            self._write_and_note(event)
        if event.piece:
            self._wait_taken()

    def _write_and_note(self, event: Sent) -> int:
        at = self._around.transcript.now()
        written = self._write(event.data)
        if written or not event.data:
            note = event.note if written == len(event.data) else "cut short"
            self._note(replace(event, data=event.data[:written], note=note), at)
        return written

    def _say_together(self, event: Sent) -> None:
        """Send while the program is stopped, so that it finds all bytes at once."""
        self._around.stop()
        try:
            before = self._around.queued(self.local, self.remote)
            written = self._write_and_note(event)
            self._wait_together((before or 0) + written)
        finally:
            self._around.go_on()

    def _wait_together(self, count: int) -> None:
        """Wait for the receipt of Coalesce: all bytes are in the stopped program's queue.

        Where the queue can't be seen, that they left in one call has to do.
        """
        for _ in range(TOGETHER_LOOKS):
            queued = self._around.queued(self.local, self.remote)
            if queued is None or queued >= count:
                return
            self._look(FIRST_LOOK)
        raise NotJudged(message("the messages could not be brought to arrive together"))

    def _wait_taken(self) -> None:
        """Wait for the receipt of Fragment: the program has taken the piece out of its queue.

        A program that rests without taking it gets the next piece all the same.
        """
        waiting = self._around.watch()
        while not self.over:
            taken = self._around.taken(self.local, self.remote, self.sent)
            if taken:
                return
            if waiting.step() is not None:
                if taken is None:
                    raise NotJudged(message("nothing here shows whether the pieces arrive apart"))
                return
            self._look(0)
