"""What we say on a TCP connection with the program, as the faults plan it.

Knows the plan of the faults and their receipts. Does not know what is expected
in return; see ``connection``.
"""

from __future__ import annotations

import math
import socket
from collections.abc import Sequence
from dataclasses import replace

from pytest_sockets.faults.coalesce import COALESCED
from pytest_sockets.faults.fault import Fault, plan
from pytest_sockets.findings import NotJudged
from pytest_sockets.messages import message, translatable

from .events import Event, Finished, Paused, Reset, Sent
from .stream import FIRST_LOOK, LAST_LOOK, LONGEST, Stream
from .surroundings import End, Surroundings

CUT_SHORT = translatable("cut short")
"""What is noted of bytes of which only the first were sent."""

TOGETHER_LOOKS = 2000


class SpokenStream(Stream):
    """A connection whose other end the program holds, and on which we speak.

    See Stream for what is known of the connection.
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

    def abandon(self) -> None:
        """Reset the connection, or close it where there is no reset (AF_UNIX)."""
        if self._is_tcp:
            self.reset()
        else:
            self.close()

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

    # How it is done

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
            note = event.note if written == len(event.data) else CUT_SHORT
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
