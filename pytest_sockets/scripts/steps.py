"""What a script is made of: plain data, checked before anything is started.

Knows which steps make sense one after the other over which transport. Does not
know sockets; see ``play`` for how a step is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pytest_sockets.faults import HalfClose, Reset
from pytest_sockets.faults.checked import fitting, listed_faults, misfit
from pytest_sockets.faults.fault import Fault, Step
from pytest_sockets.findings import Misuse
from pytest_sockets.messages import Message, message

Transport = Literal["tcp", "udp", "unix"]

TRANSPORTS: tuple[Transport, ...] = ("tcp", "udp", "unix")
LONGEST_PATTERN = 60


@dataclass(frozen=True, init=False, repr=False)
class Say(Step):
    """Say ``pieces``, through ``faults``; over UDP each piece is a datagram.

    Several pieces arrive apart, each in a ``recv`` of its own: the next one is
    sent when the one before was read. The faults plan each step by itself.
    """

    pieces: tuple[bytes, ...]
    faults: tuple[Fault, ...]

    def __init__(self, *pieces: bytes, faults: Sequence[Fault] = ()) -> None:
        object.__setattr__(self, "pieces", pieces)
        object.__setattr__(self, "faults", listed_faults("faults", faults))

    def __repr__(self) -> str:
        shown = [repr(piece) for piece in self.pieces]
        return f"Say({', '.join([*shown, *([f'faults={self.faults}'] if self.faults else [])])})"


@dataclass(frozen=True)
class Expect(Step):
    r"""Expect ``what`` next: exactly these bytes, or what the pattern matches.

    A pattern is matched from the first byte that was not expected yet, again
    after each piece that arrives: write it so that it does not match too early
    (``rb"QUIT.*\r\n"``, not ``rb"QUIT"``). Over UDP it has to match a whole
    datagram.
    """

    what: bytes | re.Pattern[bytes]

    def __repr__(self) -> str:
        what = self.what
        shown = f"pattern {what.pattern!r}" if isinstance(what, re.Pattern) else repr(what)
        return f"Expect({shown})"


@dataclass(frozen=True)
class ExpectEnd(Step):
    """Expect the end of the stream (FIN), and nothing before it."""


@dataclass(frozen=True)
class ExpectReset(Step):
    """Expect that the other side aborts the connection (RST); what it said before is dropped."""


@dataclass(frozen=True)
class Hold(Step):
    """Wait until the test calls ``go_on()``; ``wait_held()`` tells the test when we are here.

    As the last step it is over when the test is.
    """


@dataclass(frozen=True)
class Silence(Step):
    """Say nothing for ``seconds``, and expect to hear nothing meanwhile."""

    seconds: float


Script = Sequence[Step]

STEPS = (Say, Expect, ExpectEnd, ExpectReset, Hold, Silence, HalfClose, Reset)

_STREAM_ONLY = (ExpectEnd, ExpectReset, HalfClose, Reset)


def named(place: int, step: object, script: str = "script") -> Message:
    """Return how a step is named in what is said of it: ``script[2], Expect(b'QUIT')``."""
    text = repr(step)
    shown = text if len(text) <= LONGEST_PATTERN else f"{text[:LONGEST_PATTERN]}…"
    return message("{script}[{place}], {step}", script=script, place=place, step=shown)


def check(
    script: Script,
    transport: Transport,
    *,
    first: bool,
    name: str = "script",
    faults: Sequence[Fault] = (),
) -> None:
    """Refuse a script, and ``faults`` for all of it, that can never be played over ``transport``.

    ``first`` is true for who speaks first because only it knows the other's
    address: a client over UDP.

    Raises:
        Misuse: it can't; the message names the step.
    """
    if isinstance(script, (bytes, str)) or not isinstance(script, Sequence):
        raise Misuse(
            message("{name} is a list of steps, not {what}", name=name, what=repr(script)[:60])
        )
    given = listed_faults("faults", faults)
    for fault in given:
        fitting(fault, transport)
    for place, step in enumerate(script):
        why = _wrong(script[:place], step, transport, first=first)
        if why is not None:
            where = named(place, step, name)
            raise Misuse(message("{where}: {why}", where=where, why=why))


def _wrong(
    before: Sequence[Step], step: object, transport: Transport, *, first: bool
) -> Message | None:
    """Return why ``step`` can't come behind the steps ``before`` it; None when it can."""
    if not isinstance(step, STEPS):
        return message("this is no step; there are {names}", names=", ".join(_names()))
    if transport == "udp" and isinstance(step, _STREAM_ONLY):
        return message("UDP has no connection that could end: this is for tcp and unix")
    if transport == "unix" and isinstance(step, (Reset, ExpectReset)):
        return message("a connection through a socket file knows no reset (RST)")
    return _badly_filled(step, transport) or _out_of_order(before, step, transport, first=first)


def _names() -> list[str]:
    return [kind.__name__ for kind in STEPS]


def _badly_filled(step: Step, transport: Transport) -> Message | None:
    if isinstance(step, Say):
        return _unsayable(step, transport)
    if isinstance(step, Expect):
        return _never_met(step, transport)
    if isinstance(step, Silence) and not _lasts(step.seconds):
        given = repr(step.seconds)[:40]
        return message("silence lasts more than 0 seconds, not {given}", given=given)
    if isinstance(step, Reset) and step.after is not None:
        return message("a step resets at once: Reset(after=…) is a fault, for Say(…, faults=[…])")
    return None


def _lasts(seconds: object) -> bool:
    return isinstance(seconds, (int, float)) and seconds > 0


def _unsayable(step: Say, transport: Transport) -> Message | None:
    if not step.pieces:
        return message("there is nothing to say")
    for piece in step.pieces:
        if not isinstance(piece, bytes):
            return message("bytes are said, not {given}: encode text", given=repr(piece)[:40])
        if not piece and transport != "udp":
            return message("a stream has no empty piece: nobody would see it")
    misfits = [misfit(fault, transport) for fault in step.faults]
    return next(filter(None, misfits), None)


def _never_met(step: Expect, transport: Transport) -> Message | None:
    what = step.what
    pattern = what.pattern if isinstance(what, re.Pattern) else what
    if not isinstance(pattern, bytes):
        return message(
            "bytes or a compiled pattern of bytes is expected, not {given}: "
            "write b'…' or re.compile(rb'…')",
            given=repr(pattern)[:40],
        )
    if transport == "udp":
        return None
    if what == b"":
        return message("no bytes are no expectation; ExpectEnd() expects the end")
    if isinstance(what, re.Pattern) and what.match(b""):
        return message("the pattern matches nothing at all, so it would never wait")
    return None


def _out_of_order(
    before: Sequence[Step], step: Step, transport: Transport, *, first: bool
) -> Message | None:
    kinds = [type(each) for each in before]
    over = next((kind for kind in kinds if kind in (Reset, ExpectReset)), None)
    if over is not None and not isinstance(step, Hold):
        return message("nothing can come behind {kind}()", kind=over.__name__)
    if HalfClose in kinds and isinstance(step, (Say, HalfClose)):
        return message("nothing can be said behind HalfClose()")
    if ExpectEnd in kinds and isinstance(step, (Expect, ExpectEnd)):
        return message("nothing can arrive behind ExpectEnd()")
    if transport == "udp" and isinstance(step, Say) and not first and Expect not in kinds:
        return message("a UDP server knows nobody before a datagram came: begin with Expect")
    return None


def shown(what: bytes | re.Pattern[bytes]) -> bytes | Message:
    """Return an expectation as a sentence's value."""
    if isinstance(what, bytes):
        return what
    return message("pattern {pattern}", pattern=repr(what.pattern))
