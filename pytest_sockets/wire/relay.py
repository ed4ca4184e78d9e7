"""Carries what a client says on to a server, and back: we stand between two programs.

Knows two ends of ours and how a half-close and a reset are passed on. Does not
know the programs, nor what they say; it never blocks but where a fault waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .connection import Peer
from .datagrams import DatagramPeer
from .events import Address
from .surroundings import Surroundings, Waiting

LATE = 0.1
"""Seconds between two looks after which a pause of the speaker may have been missed."""

LARGEST_TURN = 1 << 20
"""Bytes after which a side is not waited for any longer before they are carried on."""


class Link(Protocol):
    """What one client says to the server, and what it is answered."""

    def carry(self) -> bool:
        """Carry on what can be carried on now; tell whether anything was."""

    @property
    def waits(self) -> bool:
        """True while something was heard and not yet carried on."""

    @property
    def late(self) -> bool:
        """True when a pause of a speaker may have been missed."""


class OneWay:
    """One direction of a connection, from ``source`` to ``sink``, whose programs are given too.

    What a side says in one turn is carried on as one message, once that side
    rests: so it does not depend on our haste what arrives together. ``joined``
    makes sure that it arrives as one. With ``at_once`` nothing is held back, so
    that the pauses of the speaker are kept: what is said later is carried on
    when the listener has taken what was said before. The faults of ``sink`` say
    how a message arrives.
    """

    def __init__(
        self,
        source: Peer,
        sink: Peer,
        programs: tuple[Surroundings, Surroundings],
        *,
        joined: bool = False,
        at_once: bool = False,
    ) -> None:
        self._source = source
        self._sink = sink
        self._speaker, self._listener = programs
        self._joined = joined
        self._at_once = at_once
        self._heard = bytearray()
        self._turn: Waiting | None = None
        self._looked = self._speaker.transcript.now()
        self.late = False

    @property
    def waits(self) -> bool:
        """True while something was heard and not yet carried on."""
        return bool(self._heard)

    def carry(self) -> bool:
        """Carry on a turn that is over, and then the end; tell whether anything happened."""
        if self._at_once and not self._taken():
            return False
        heard = self._source.take()
        self._note_the_time(heard)
        if heard:
            self._heard += heard
            self._turn = None
        if self._heard and self._turn_is_over():
            self._hand_on()
            return True
        return bool(heard) or (not self._heard and self._pass_the_end())

    def _taken(self) -> bool:
        """Tell whether the listener has taken all that it was sent, as far as that shows."""
        sink = self._sink
        if sink.over or sink.closed:
            return True
        return self._listener.taken(sink.local, sink.remote, sink.sent) is not False

    def _note_the_time(self, heard: bytes) -> None:
        now = self._speaker.transcript.now()
        self.late |= bool(heard) and now - self._looked > LATE
        self._looked = now

    def _turn_is_over(self) -> bool:
        if self._at_once or self._source.over or len(self._heard) > LARGEST_TURN:
            return True
        if self._turn is None:
            self._turn = self._speaker.watch(one_round=True)
        if self._turn.step() is None:
            return False
        # It may have spoken between our look and the proof.
        more = self._source.take()
        self._heard += more
        self._turn = None
        return not more

    def _hand_on(self) -> None:
        data = bytes(self._heard)
        self._heard.clear()
        if not self._sink.finished:
            # Coalesce joins messages: one alone is made two.
            self._sink.send(*filter(None, (data[:1], data[1:]) if self._joined else (data,)))

    def _pass_the_end(self) -> bool:
        if self._source.closed or self._sink.closed:
            return False
        if self._source.was_reset:
            self._sink.abandon()
            return True
        if self._source.at_end and not self._sink.finished:
            self._sink.finish()
            return True
        return False


class StreamLink:
    """A TCP connection of the client and the one to the server that stands for it."""

    def __init__(self, there: OneWay, back: OneWay) -> None:
        self._ways = (there, back)

    def carry(self) -> bool:
        """Carry on in both directions what can be carried on now."""
        there, back = self._ways
        moved = there.carry()
        return back.carry() or moved

    @property
    def waits(self) -> bool:
        """True while something was heard and not yet carried on."""
        return any(way.waits for way in self._ways)

    @property
    def late(self) -> bool:
        """True when a pause of a speaker may have been missed."""
        return any(way.late for way in self._ways)


class DatagramLink:
    """A UDP socket to which clients send; each client has a socket of its own to the server."""

    waits = late = False

    def __init__(self, near: DatagramPeer, open_far: Callable[[], DatagramPeer]) -> None:
        self._near = near
        self._open_far = open_far
        self._fars: dict[Address, DatagramPeer] = {}

    def carry(self) -> bool:
        """Carry on every datagram that has come, in both directions."""
        asked = self._near.take()
        for data, client in asked:
            self._far(client).send(data)
        answered = [client for client, far in self._fars.items() if self._answer(client, far)]
        return bool(asked or answered)

    def _far(self, client: Address) -> DatagramPeer:
        if client not in self._fars:
            self._fars[client] = self._open_far()
        return self._fars[client]

    def _answer(self, client: Address, far: DatagramPeer) -> bool:
        answers = far.take()
        for data, _ in answers:
            self._near.remote, self._near.number = client, far.number
            self._near.send(data)
        return bool(answers)
