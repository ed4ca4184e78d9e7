"""Coalesce: several messages arrive stuck together, as one (sticky packets).

Faithful: TCP keeps no borders between messages (RFC 9293 §3.7). They are sent
in one call while the program is stopped, so that they wait as one; a proxy, which
can't stop it, lets them leave in one segment (TCP_CORK) once it took what was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pytest_sockets.messages import message, translatable
from pytest_sockets.wire.events import Event, Sent

from .checked import Checked
from .fault import STREAM, Medium

COALESCED = translatable("coalesced")
"""The note of a joined message: it has to wait as one before the program may read."""


@dataclass(frozen=True)
class Coalesce(Checked):
    """Join neighbouring messages of one ``send``; what lies between them stays where it is.

    A proxy, which knows no sends, joins ``size`` bytes at a time, however long
    they take: fewer are held until the sender finishes or the fault is taken away.
    Without ``size`` it joins what the sender says until it is silent for
    ``silence`` seconds. A Peer needs neither.

    Raises:
        ValueError: ``size`` is below 2, or ``silence`` not above 0.
    """

    size: int | None = None
    silence: float = 0.02

    media: ClassVar[frozenset[Medium]] = STREAM

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.size is not None and self.size < 2:
            raise ValueError(str(message("Coalesce joins 2 bytes or more, not {n}", n=self.size)))
        if not self.silence > 0:
            raise ValueError(
                str(message("Coalesce waits for a silence above 0 s, not {n}", n=self.silence))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with every run of Sent joined."""
        planned: list[Event] = []
        for event in events:
            last = planned[-1] if planned else None
            if isinstance(event, Sent) and isinstance(last, Sent) and _same_stream(last, event):
                joined = last.data + event.data
                planned[-1] = replace(last, data=joined, piece=False, note=COALESCED)
            else:
                planned.append(event)
        return planned


def _same_stream(one: Sent, other: Sent) -> bool:
    return (one.side, one.connection) == (other.side, other.connection)
