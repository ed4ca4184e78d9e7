"""From what was done in a failed attempt to the statements that do it again.

Knows events, in their order, and what a person has to do beside the script. What
the program had sent before a step of ours is received before that step; what it
sent last is waited for as it was expected. Does not know the script around.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pytest_sockets.messages import Message, message, size_of
from pytest_sockets.results import Result
from pytest_sockets.wire.events import (
    Datagram,
    Event,
    Exited,
    Finished,
    Opened,
    Paused,
    Refused,
    Reset,
    Sent,
    Started,
    Typed,
)

from .pieces import run_of_pieces
from .program import Program
from .receiving import Heard, Receiving
from .source import call, literal

GAP = 0.3
"""Seconds in which a program that rests has read a piece, and a program in a debugger not."""

ALL_PIECES = 5.0
"""Seconds that all pieces of a message take together, at most."""

BESIDE = 50_000
"""Bytes from which a message may fill all buffers while the program answers."""

UNIX = {"connect": "connect_unix", "listen": "listen_unix"}
"""Helpers that have another form for socket files."""

LOOPBACK = ("127.0.0.1", "::1", "")


class Steps(Receiving):
    """The statements that repeat the exchange of a failed ``result`` with ``program``.

    ``folder`` is where files are written that the program is to find, beside the script.
    """

    def __init__(self, result: Result, program: Program) -> None:
        super().__init__(result, program)
        self._unix = program.transport == "unix"
        self._events = [event for event in result.steps if type(event) in DOES]
        self._starts = 0
        self._ended = False
        self._last = self._last_steps()
        self.folder = result.id.replace("/", "-")

    def write(self) -> None:
        """Write all statements."""
        if self._program.role == "client":
            self._listen()
        place = 0
        while place < len(self._events):
            place += self._pieces(place) or self._one(place)
        self._finally()
        self.lines += [f"    {name}.close()" for name in sorted(self._open)]
        if self._unix:
            self.helpers = {UNIX.get(name, name) for name in self.helpers}

    # One event after the other

    def _one(self, place: int) -> int:
        event = self._events[place]
        own = event.side == "peer" or isinstance(event, (Started, Opened, Exited))
        if own and not (isinstance(event, Exited) and not event.note):
            self._receive_before(place)
        does: Callable[[Steps, Event], None] = DOES[type(event)]
        does(self, event)
        return 1

    def _started(self, event: Event) -> None:
        assert isinstance(event, Started)
        for name, data in event.files:
            self._place(name, data)
        self._starts += 1
        start = self._program.start
        if self._program.role == "client":
            self.say(message("start your program: {start}", start=start))
        elif self._starts > 1:
            again = message("end your program (Ctrl-C) and start it again: {start}", start=start)
            if self._ended:
                again = message("start your program again: {start}", start=start)
            self.say(again)
            self.wait_for_enter()
        self._ended = False

    def _place(self, name: str, data: bytes) -> None:
        self.do("write_file", literal(name), self.bytes(data))
        self.say(
            message("the file {name} was written into {folder}, beside this script: "
                    "copy it into your program's folder", name=name, folder=self.folder)
        )  # fmt: skip
        self.wait_for_enter()

    def _exited(self, event: Event) -> None:
        self._ended = True
        if event.note:
            self.say(message("kill your program (on Linux: Ctrl-\\ in its terminal)"))
            self.wait_for_enter()

    def _opened(self, event: Event) -> None:
        assert isinstance(event, Opened)
        number = event.connection
        self._open.add(f"c{number}")
        if event.side != "peer":
            self.say(message("wait for connection {number} of your program", number=number))
            self.lines.append(f"    c{number} = listener.accept()[0]")
            return
        self.say(message("open connection {number}", number=number))
        host, first = event.remote[0], self._program.places[0]
        where = "ADDRESS"
        if not self._unix and host not in LOOPBACK and host != first[0]:
            where = f"({literal(host)}, PORT)"
        self.do("connect", where, name=f"c{number}")

    def _refused(self, event: Event) -> None:
        assert isinstance(event, Refused)
        self.sleep(GAP)
        self.say(message("open a connection"))
        family = "AF_UNIX" if self._unix else "AF_INET6" if ":" in event.remote[0] else "AF_INET"
        self.do("try_to_connect", "ADDRESS", f"socket.{family}")

    def _sent(self, event: Event) -> None:
        assert isinstance(event, Sent)
        if event.side != "peer":
            self._hear(event.connection, len(event.data))
            return
        if not event.data:
            return
        size = size_of(event.data)
        self.say(
            message("{where}: send {data} ({size})", where=_name(event), data=event.data, size=size)
        )
        beside = "send_beside" if len(event.data) > BESIDE else "send"
        self.do(beside, f"c{event.connection}", self.bytes(event.data))
        if event.piece:
            self.sleep(GAP)

    def _finished(self, event: Event) -> None:
        if event.side != "peer":
            self._heard.setdefault(event.connection, Heard()).over = True
            return
        number = event.connection
        if self._closes(event):
            self.say(message("{where}: close it", where=_name(event)))
            self.lines.append(f"    c{number}.close()")
            self._forget(number)
            return
        self.say(message("{where}: send the end of the stream (FIN)", where=_name(event)))
        self.do("finish", f"c{number}")

    def _closes(self, event: Event) -> bool:
        """Tell whether a FIN of ours was the close of a connection and not half of one."""
        place = next(i for i, each in enumerate(self._events) if each is event)
        later = self._events[place + 1 :]
        return self._result.connection != event.connection and not any(
            each.connection == event.connection and each.side == "program" for each in later
        )

    def _reset(self, event: Event) -> None:
        if event.side != "peer":
            self._heard.setdefault(event.connection, Heard()).over = True
            return
        self.say(message("{where}: reset it (RST)", where=_name(event)))
        self.do("reset", f"c{event.connection}")
        self._forget(event.connection)

    def _datagram(self, event: Event) -> None:
        assert isinstance(event, Datagram)
        number = event.connection
        if event.side != "peer":
            self._socket(number)
            self._hear(number, 1)
            self._heard[number].senders.append(self._senders.name(event.local))
            return
        self._socket(number)
        size = size_of(event.data)
        self.say(
            message("{where}: send the datagram {data} ({size})",
                    where=_name(event), data=event.data, size=size)
        )  # fmt: skip
        client = self._program.role == "client"
        to = self._senders.name(event.remote) if client else "ADDRESS"
        self.lines += call(f"c{number}.sendto", self.bytes(event.data), to)

    def _typed(self, event: Event) -> None:
        assert isinstance(event, Typed)
        for line in event.line.split("\n"):
            self.say(message("type in your program's terminal: {line}", line=line))

    def _paused(self, event: Event) -> None:
        assert isinstance(event, Paused)
        said = message("stay silent for {seconds} s", seconds=round(event.seconds, 2))
        if event.seconds == math.inf:
            said = message("stay silent until the fault ends")
        self.say(said)
        self.sleep(round(event.seconds, 2))

    # Pieces of one message

    def _pieces(self, place: int) -> int:
        """Write a run of equal pieces as one statement; return how many events it took."""
        run = run_of_pieces(self._events[place:])
        if run is None:
            return 0
        self._receive_before(place)
        count, first = len(run.pieces), run.pieces[0]
        self.say(
            message("{where}: send {data} ({size}) in {pieces} pieces, one after the other",
                    where=_name(first), data=run.data, size=size_of(run.data), pieces=count)
        )  # fmt: skip
        pause = round(max(0.01, min(GAP, ALL_PIECES / count)), 3)
        words = (f"c{first.connection}", self.bytes(run.data), str(run.size), str(pause))
        self.do("send_pieces", *words)
        for event in run.between:
            self._sent(event)
        return run.length

    # The end, and the sockets

    def _last_steps(self) -> dict[int, int]:
        """Return the place of our last step on each connection."""
        return {
            event.connection: place
            for place, event in enumerate(self._events)
            if event.side == "peer" and event.connection
        }

    def _finally(self) -> None:
        """Wait for what was expected where it was awaited, or for what came last."""
        number = self._result.connection
        expected, observed = self._result.expected or "", self._result.observed or ""
        self.say(message("expected: {expected}", expected=expected))
        self.say(message("when it was graded: {observed}", observed=observed))
        if number and self._udp:
            self._socket(number)
            heard = self._heard.setdefault(number, Heard())
            heard.new = max(1, heard.new)
        elif number in self._opened_ones:
            self._await(number, self._heard.setdefault(number, Heard()))
        elif number and "listener" in self._open:
            self.lines.append(f"    c{number} = listener.accept()[0]")
            self._open.add(f"c{number}")
        self._receive_before(len(self._events))

    @property
    def _opened_ones(self) -> set[int]:
        return {event.connection for event in self._events if isinstance(event, Opened)}

    def _listen(self) -> None:
        if self._udp:
            for number in range(1, len(self._program.places) + 1):
                self._socket(number)
        elif self._program.refused and not self._opened_ones and not self._result.connection:
            self.say(message("nobody listens for your program now"))
        else:
            self.say(message("listen"))
            self.do("listen", "ADDRESS", name="listener")
            self._open.add("listener")


DOES: dict[type[Event], Callable[..., None]] = {
    Started: Steps._started,
    Exited: Steps._exited,
    Opened: Steps._opened,
    Refused: Steps._refused,
    Sent: Steps._sent,
    Finished: Steps._finished,
    Reset: Steps._reset,
    Datagram: Steps._datagram,
    Typed: Steps._typed,
    Paused: Steps._paused,
}


def _name(event: Event) -> Message:
    if isinstance(event, Datagram):
        return message("socket {number}", number=event.connection)
    return message("connection {number}", number=event.connection)
