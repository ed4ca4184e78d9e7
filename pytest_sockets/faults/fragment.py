"""Fragment: one message arrives in several pieces.

Faithful: TCP may split a stream anywhere (RFC 9293 §3.7). A piece is sent when
the program has taken the piece before, so every piece is a recv of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event, Sent

from .checked import Checked
from .fault import STREAM, Medium


@dataclass(frozen=True)
class Fragment(Checked):
    """Cut what is sent into pieces.

    ``size`` is the length of each piece in bytes; ``at`` instead gives the
    offsets, counted from the start of each message, at which it is cut.

    Raises:
        ValueError: ``size`` or an offset is below 1, or not exactly one of the two is given.
    """

    size: int | None = None
    at: tuple[int, ...] = ()

    media: ClassVar[frozenset[Medium]] = STREAM

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.size is None) == (not self.at):
            raise ValueError(str(message("Fragment needs either a size or offsets")))
        if (self.size is not None and self.size < 1) or any(offset < 1 for offset in self.at):
            given = self.at if self.size is None else self.size
            text = "Fragment cuts after 1 byte or more, not {given}"
            raise ValueError(str(message(text, given=str(given))))

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with every Sent cut into pieces."""
        planned: list[Event] = []
        for event in events:
            planned += self._pieces(event) if isinstance(event, Sent) else [event]
        return planned

    def _pieces(self, event: Sent) -> list[Event]:
        if self.size is None:
            cuts = sorted({offset for offset in self.at if offset < len(event.data)})
        else:
            cuts = list(range(self.size, len(event.data), self.size))
        if not cuts:
            return [event]
        edges = [0, *cuts, len(event.data)]
        return [
            replace(event, data=event.data[start:end], piece=True) for start, end in pairwise(edges)
        ]
