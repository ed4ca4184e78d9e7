"""Carries one direction of a proxied connection: bytes in, what the faults make of them out.

Knows how planned events are performed on a stream, and when nothing has to be
looked at. Does not know how connections begin, nor the other direction.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence
from typing import Protocol

from pytest_sockets.faults.coalesce import COALESCED, Coalesce
from pytest_sockets.findings import Misuse

from .course import LOST, Course, lost
from .delivery import Delivery, corked
from .events import Event, Finished, Paused, Reset, Sent
from .flow import CalledOffError, Flow, splices
from .ledger import Ledger
from .recording import Recording
from .way import ActiveFault, Party, Way

PIECE = 65536

GLANCE = 16384
"""Bytes that are received at once before the kernel is asked to carry what follows."""

LONGEST_LOOK = 0.005
"""Seconds between two looks whether a piece was taken: nothing tells when it is."""


class Connection(Protocol):
    """The connection that a lane belongs to."""

    number: int
    over: bool

    def abort(self, by: Party) -> None:
        """Reset both ends."""

    def ended(self, lane: Lane) -> bool:
        """Note that ``lane`` has nothing more to carry; tell whether the other has not, either."""


class Lane:
    """One direction of one connection, from ``source`` to ``sink``.

    ``recorded`` is how many bytes the transcript keeps before it only counts
    them: from then on, while no fault is at work, nobody looks at them, and the
    kernel carries them where there are many.
    """

    def __init__(
        self,
        sockets: tuple[socket.socket, socket.socket],
        way: Way,
        connection: Connection,
        transcript: Recording,
        recorded: int,
        delivery: Delivery,
    ) -> None:
        self.flow = Flow(*sockets, lambda: connection.over)
        self._way = way
        self._receiver: Party = "client" if way.sender == "server" else "server"
        self._course = Course(way, connection.number)
        self._connection = connection
        self._ledger = Ledger(transcript, way.sender, connection.number, recorded)
        self._delivery = delivery
        self._owed = b""
        self._rest = b""
        self._at_end: bool | OSError = False
        self._finished = False
        self._receive, self._send = sockets[0].recv, sockets[1].send
        way.enter(self)
        way.wakes(self.flow.bell.ring)

    @property
    def carried(self) -> int:
        """How many bytes were handed on, or are just being handed on."""
        return self._ledger.carried

    def glance(self) -> bool:
        """Carry one short message that is there; False when the lane needs a thread of its own.

        So it does when there is a fault, much to carry, a sink that takes nothing, or an end.
        """
        try:
            data = self._receive(GLANCE)
        except BlockingIOError:
            return True
        except OSError as error:
            self._at_end = error
            return False
        # Looked for behind the recv: a fault gets whatever is sent after it was added.
        if not data or (self._way.faults and self._course.faults):
            self._rest, self._at_end = data, not data
            return False
        ledger, size = self._ledger, len(data)
        if ledger.room > 0:
            ledger.sent(data)
        else:
            # A call for each message would be what a proxy is slower by than others.
            ledger.unseen += size
        try:
            sent = self._send(data)
        except OSError:  # the next send meets the error again
            sent = 0
        if sent == size < GLANCE:
            return True
        self._owed = data[sent:]
        return False

    def run(self) -> None:
        """Carry everything, then the end of the stream, or its reset."""
        try:
            if self._owed:
                self.flow.send(self._owed)
            while data := self._next():
                self._hand_on(data)
            self._perform(self._course.plan([self._ledger.own(Finished())]))
            self._await_reset()
        except CalledOffError:
            pass
        except Misuse:  # a fault has failed: its way tells of it
            self._connection.abort(self._way.sender)
        except OSError:
            if self.flow.sending:
                self._connection.abort(self._receiver)
            else:
                self._reset()

    def retire(self) -> None:
        """Let go of everything but the sockets."""
        self._ledger.settle()
        self._way.sends_no_piece(self._is_taken)
        self._way.leave(self)
        self._way.wakes_no_more(self.flow.bell.ring)
        self.flow.close()

    def end_as(self, events: Sequence[Event]) -> None:
        """End as a fault plans it, asked by another thread."""
        with contextlib.suppress(CalledOffError, OSError):
            self._perform([(event, None) for event in events])

    # What comes in

    def _next(self) -> bytes:
        """Return the next bytes to be looked at, none at the end of the stream.

        Raises:
            OSError: the sender has reset the connection.
        """
        data, self._rest = self._rest, b""
        if data:
            return data
        if isinstance(self._at_end, OSError):
            raise self._at_end
        if self._at_end:
            return b""
        if self._ledger.room <= 0 and self._course.free:
            return self._carry_unseen()
        return self.flow.receive(PIECE)

    def _carry_unseen(self) -> bytes:
        """Carry bytes that nobody looks at; return the first that a fault is to get."""
        while data := self.flow.receive(GLANCE):
            if self._course.faults:
                break
            self._ledger.sent(data)
            self.flow.send(data)
            if len(data) == GLANCE and splices() and (data := self._spliced()):
                break
        return data

    def _spliced(self) -> bytes:
        """Let the kernel carry bytes while there are many; return what a fault is to get."""
        splicing = self.flow.splice(GLANCE)
        for count in splicing:
            if self._course.faults:
                data = splicing.send(True)  # noqa: FBT003
                return data if isinstance(data, bytes) else b""
            if isinstance(count, int):
                self._ledger.unseen += count
        return b""

    def _up_to_the_border(self, data: bytes) -> bytes:
        """Return ``data`` as far as it is not to be joined; the rest is looked at next."""
        border = self._course.border
        if border is not None:
            data, self._rest = data[:border], data[border:]
        return data

    def _gathered(self, joins: Coalesce, data: bytes) -> list[bytes]:
        """Return the messages to join: ``size`` bytes, or what comes before a silence."""
        while len(data) < (joins.size or PIECE) and (more := self._more(joins)):
            data += more
        if joins.size is not None:
            data, self._rest = data[: joins.size], data[joins.size :]
        # What came as one message is to arrive as one all the same.
        return [part for part in (data[:1], data[1:]) if part]

    def _more(self, joins: Coalesce) -> bytes:
        """Return what comes next, nothing when it is not to be waited for."""
        while self._course.joins is joins and not self._at_end:
            try:
                data = self.flow.receive_within(None if joins.size else joins.silence)
            except OSError as error:
                self._at_end = error
                break
            if data is not None:
                self._at_end = not data
                return data
            if joins.size is None:
                break
        return b""

    # What goes out

    def _hand_on(self, data: bytes) -> None:
        if self._course.free:
            self._write(Sent(data=data))
            return
        data = self._up_to_the_border(data)
        joins = self._course.joins
        messages = self._gathered(joins, data) if joins else [data]
        given = [self._ledger.own(Sent(data=each)) for each in messages]
        planned = self._course.plan(given)
        self._perform(planned)
        size = lost(given, [event for event, _ in planned])
        if size > 0:
            self._ledger.note(Sent(data=b"".join(messages)[-size:], note=LOST))

    def _perform(self, planned: Sequence[tuple[Event, ActiveFault | None]]) -> None:
        for event, maker in planned:
            if isinstance(event, Sent):
                self._write(event)
            elif isinstance(event, Paused):
                self._pause(event, maker)
            elif isinstance(event, Finished):
                self._finish()
            elif isinstance(event, Reset):
                self._reset()

    def _write(self, event: Sent) -> None:
        if self._finished:
            return
        self._ledger.recorded += len(event.data)
        self._ledger.room -= len(event.data)
        self._ledger.note(event)
        joined = event.note == COALESCED
        if event.piece or joined:
            self._way.sends_piece(self._is_taken)
        with corked(self.flow.sink) if joined else contextlib.nullcontext():
            self.flow.send(event.data)
        if event.piece or joined:
            self._way.piece(self._is_taken, apart=self._taken())

    def _pause(self, event: Paused, maker: ActiveFault | None) -> None:
        self._ledger.note(event)
        self.flow.pause(event.seconds, lambda: maker is not None and maker.closed)

    def _finish(self) -> None:
        if not self._finished:
            self._finished = True
            self._ledger.note(Finished())
            with contextlib.suppress(OSError):
                self.flow.sink.shutdown(socket.SHUT_WR)

    def _reset(self) -> None:
        """Reset both ends, the receiver's behind what the sender has said."""
        self._ledger.settle()
        self._delivery.let_out(self.flow.sink, lambda: self._connection.over)
        self._connection.abort(self._way.sender)

    def _taken(self) -> bool:
        """Wait until the receiver took all bytes; False where that can't be seen."""
        faults, pause, last = self._course.faults, 0.0, False
        while (taken := self._is_taken()) is False and not last:
            time.sleep(pause)
            pause = min(LONGEST_LOOK, pause * 1.5 + 0.00002)
            last = self._connection.over or self._course.faults != faults
        return bool(taken)

    def _is_taken(self) -> bool | None:
        return self._delivery.taken(self.flow.sink, self.carried)

    def _await_reset(self) -> None:
        """Watch a sender that has finished: it may still reset what the other direction carries."""
        bell = self.flow.bell
        while not (self._connection.ended(self) or self._connection.over):
            if bell.until_gone(self.flow.source):
                if self.flow.source.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    self._connection.abort(self._way.sender)
                return
            bell.silence()
