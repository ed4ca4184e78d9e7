"""An exchange as a ladder that grows while it goes on, one row for each event.

Knows columns that are fixed before anything was said, and when equal rows are
no longer told one by one. Does not know who talks.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace

from pytest_sockets.messages import Message, message
from pytest_sockets.wire.events import Event, Printed

from .folding import LONGEST_RUN, likeness
from .ladder import LONGEST_ARROW, SHORTEST_ARROW, Drawing
from .look import Look
from .row import Row
from .rows import rows
from .wording import CLIENT, SERVER

_WIDEST = (
    Row(side="peer", arrow=True, connection=1, label=Message("x" * LONGEST_ARROW)),
    Row(connection=2, label=Message("x" * 27)),
)
"""As wide as any row: columns are measured by these, since nobody knows what will be said."""


class LiveLadder:
    """Draws one event after the other, client on the left, server on the right."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._drawing = Drawing(_WIDEST, look, SHORTEST_ARROW)
        self._number = 0
        self._last: Row | None = None
        self._alike = 0

    def head(self) -> str:
        """Return the line over the lifelines."""
        return self._drawing.head(self._look.say(CLIENT), self._look.say(SERVER))

    def lines(self, event: Event) -> Iterator[str]:
        """Yield the lines of ``event``: none in the middle of a long run of equal ones."""
        for row in rows([event], {}):
            same = self._last is not None and likeness(row) == likeness(self._last)
            if not same:
                yield from self.rest()
            self._number += 1
            self._last, self._alike = row, self._alike + 1 if same else 1
            if self._alike <= LONGEST_RUN:
                yield from self._drawing.lines(replace(row, number=self._number))

    def rest(self) -> Iterator[str]:
        """Yield how many equal events were not told, if any were not."""
        more = self._alike - LONGEST_RUN
        if self._last is not None and more > 0:
            said = message("… {count} more of the same kind", count=more)
            row = Row(side=self._last.side, connection=self._last.connection, label=said)
            yield from self._drawing.lines(row)
        self._last, self._alike = None, 0


class LiveStory:
    """The ladder together with what the reference program prints, in the order it happens."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._ladder = LiveLadder(look)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = False
        self._in_line = False

    def text(self, event: Event) -> str:
        """Return what is to be written for ``event``; it may be a part of a line."""
        if isinstance(event, Printed):
            return self._printed(event.data)
        head = [] if self._begun else [self._ladder.head()]
        lines = list(self._ladder.lines(event))
        self._begun = self._begun or bool(lines)
        return self._whole([*head, *lines] if lines else [])

    def end(self) -> str:
        """Return what is still to be written when it is over."""
        rest = self._whole(list(self._ladder.rest()))
        newline, self._in_line = "\n" if self._in_line else "", False
        return rest + newline

    def _printed(self, data: bytes) -> str:
        text = self._decoder.decode(data).replace("\r\n", "\n")
        if text:
            self._in_line = not text.endswith("\n")
        return "\n".join(self._look.text(line) for line in text.split("\n"))

    def _whole(self, lines: list[str]) -> str:
        if not lines:
            return ""
        before, self._in_line = "\n" if self._in_line else "", False
        return before + "".join(f"{line}\n" for line in lines)
