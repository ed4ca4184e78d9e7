"""What a drawn ladder is of and how large it is; its rows in words.

Knows measures and names. Does not draw. There are two shapes: a wide one with the
student's lines in the right margin, and a narrow one with them below each arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pytest_sockets.messages import Message, Translate, message, same, show_bytes

from .row import Call, Row
from .wording import PEER, PROGRAM, plain, say

EM = 0.61
"""Width of a column, in font sizes: no common monospaced font is wider."""

LONGEST_BYTES = 48

PIECE = message("a piece, cut off by a fault")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The measures of a drawing, in pixels; its height follows from what there is to draw.

    ``arrow`` is the least and the greatest distance of the lifelines.
    """

    name: Literal["wide", "narrow"]
    width: float
    font: float
    arrow: tuple[float, float]

    @property
    def beside(self) -> bool:
        """True when the student's lines stand right of the lifelines."""
        return self.name == "wide"

    @property
    def column(self) -> float:
        """The width of a column of text."""
        return self.font * EM


WIDE = Shape(name="wide", width=860, font=13, arrow=(250, 400))
NARROW = Shape(name="narrow", width=320, font=12, arrow=(278, 278))


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """What is to be drawn.

    ``peer`` and ``program`` are the names over the lifelines; ``failure`` is the
    index of the row where the exchange went wrong, ``verdict`` what is said below
    the last row. ``link`` gives the address of a call's line, or "".
    """

    rows: Sequence[Row]
    peer: str = ""
    program: str = ""
    failure: int | None = None
    verdict: Message | None = None
    link: Callable[[Call], str] = lambda _: ""
    translate: Translate = same

    @property
    def names(self) -> tuple[str, str]:
        """What stands over the left and over the right lifeline."""
        peer = plain(self.peer) or say(PEER, self.translate)
        return peer, plain(self.program) or say(PROGRAM, self.translate)

    def say(self, what: Message) -> str:
        """Return a sentence in the ladder's language."""
        return say(what, self.translate)

    def label(self, row: Row, limit: int = LONGEST_BYTES) -> str:
        """Return what a row is labelled with; at most ``limit`` bytes are shown."""
        note = f" ({say(row.note, self.translate)})" if row.note else ""
        if row.data is not None:
            return show_bytes(row.data, limit, translate=self.translate) + note
        return say(row.label or "", self.translate) + note

    def told(self, row: Row) -> str:
        """Return a row in words, for those who don't see it and for what was cut."""
        what = self.label(row)
        if not row.arrow:
            return what
        one, other = self.names if row.side == "peer" else self.names[::-1]
        told = self.say(message("from {one} to {other}: {what}", one=one, other=other, what=what))
        if row.piece:
            told += f" ({self.say(PIECE)})"
        return told + (f" ({self.say(row.broken)})" if row.broken else "")
