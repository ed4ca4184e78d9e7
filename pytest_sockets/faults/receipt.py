"""The receipt of a fault: what it was given and what it made of it.

Computed from the events themselves, not from what the fault meant to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from pytest_sockets.messages import Message, apart, listed, message, size_of
from pytest_sockets.wire.events import Datagram, Event, Finished, Paused, Reset, Sent


@dataclass(frozen=True)
class Tally:
    """What events come to: messages (or datagrams), bytes, pauses with their seconds, ends."""

    messages: int = 0
    size: int = 0
    pauses: int = 0
    seconds: float = 0.0
    finished: int = 0
    resets: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def sentence(self) -> Message:
        """The tally in words; what there is none of is left out, but for messages."""
        one = self.messages == 1
        said = message("1 message ({size})") if one else message("{count} messages ({size})")
        parts = [said.of(count=self.messages, size=size_of(self.size))]
        if self.pauses:
            one = self.pauses == 1
            text = "1 pause ({seconds:.3g} s)" if one else "{count} pauses ({seconds:.3g} s)"
            parts.append(message(text, count=self.pauses, seconds=self.seconds))
        if self.finished:
            parts.append(message("{count} FIN", count=self.finished))
        if self.resets:
            parts.append(message("{count} RST", count=self.resets))
        return listed(parts)


@dataclass(frozen=True)
class Receipt:
    """What one fault did so far.

    ``times`` counts how often it made something else of what it was given;
    ``held`` is how many messages it holds back; ``altered`` counts the bytes
    that arrived with another value, ``reordered`` the messages that it let go
    behind others which were said later.
    """

    times: int = 0
    given: Tally = Tally()
    made: Tally = Tally()
    altered: int = 0
    held: int = 0
    reordered: int = 0

    def __add__(self, other: Receipt) -> Receipt:
        return Receipt(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def lost(self) -> int:
        """Bytes that were given and not made; what is held back counts as lost meanwhile."""
        return max(0, self.given.size - self.made.size)

    @property
    def sentence(self) -> Message:
        """The receipt in words."""
        became = message("{given} became {made}")
        parts = [became.of(given=self.given.sentence, made=self.made.sentence)]
        if self.altered:
            parts.append(message("{size} altered", size=size_of(self.altered)))
        if self.reordered:
            one = self.reordered == 1
            text = "1 message reordered" if one else "{count} messages reordered"
            parts.append(message(text, count=self.reordered))
        return apart(parts)

    def __str__(self) -> str:
        return str(self.sentence)


def receipt(before: Sequence[Event], after: Sequence[Event], held: int = 0) -> Receipt:
    """Return the receipt for ``after`` in place of ``before``; ``held`` more are held back now."""
    times = int(list(before) != list(after))
    # What is let go where nothing else was said is only late.
    reordered = max(0, -held) if before else 0
    altered = _altered(before, after)
    return Receipt(times, tally(before), tally(after), altered, held, reordered)


def tally(events: Sequence[Event]) -> Tally:
    """Return what ``events`` come to."""
    data = [event.data for event in events if isinstance(event, (Sent, Datagram))]
    pauses = [event.seconds for event in events if isinstance(event, Paused)]
    return Tally(
        messages=len(data),
        size=sum(map(len, data)),
        pauses=len(pauses),
        seconds=sum(pauses),
        finished=sum(isinstance(event, Finished) for event in events),
        resets=sum(isinstance(event, Reset) for event in events),
    )


def _altered(before: Sequence[Event], after: Sequence[Event]) -> int:
    """Count the bytes that differ; other sizes, or another order, are no alteration."""
    old, new = _data(before), _data(after)
    if len(old) != len(new) or sorted(old) == sorted(new):
        return 0
    one, other = b"".join(old), b"".join(new)
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else 0


def _data(events: Sequence[Event]) -> list[bytes]:
    return [event.data for event in events if isinstance(event, (Sent, Datagram))]
