"""HalfClose: the peer says that it is done (FIN) and goes on receiving.

Faithful: shutdown(SHUT_WR), the half-close of RFC 9293 §3.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pytest_sockets.wire.events import Event, Finished, Sent

from .ended import Ended
from .fault import STREAM, Fault, Medium, Step


@dataclass(frozen=True)
class HalfClose(Fault, Step):
    """Finish right behind the last message, before any answer was read.

    A proxy can't know which message is the last: there it is the first one that
    comes, and what comes behind it is lost.
    """

    media: ClassVar[frozenset[Medium]] = STREAM

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with FIN right behind the last Sent, if there is one."""
        rest = [event for event in events if not isinstance(event, Finished)]
        behind = [i for i, event in enumerate(rest, start=1) if isinstance(event, Sent)]
        if not behind:
            return list(events)
        last = rest[behind[-1] - 1]
        finished = Finished(side=last.side, connection=last.connection)
        return [*rest[: behind[-1]], finished, *rest[behind[-1] :]]

    def then(self, events: Sequence[Event]) -> Fault:
        """Return the same; behind the end of the stream all is lost."""
        return Ended() if any(isinstance(e, Finished) for e in self.plan(events)) else self
