"""One story of two programs that talk through us, as if they had talked directly.

Knows what each of the two heard, and what was said and never arrived. Does not
know how it was carried on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pytest_sockets.messages import translatable

from .events import Datagram, Event, Finished, Opened, Paused, Refused, Reset, Sent

ON_THE_WIRE = (Opened, Refused, Sent, Finished, Reset, Datagram, Paused)

NOT_ARRIVED = translatable("it did not arrive")
"""The note of what one program said and the other was never given."""

Party = Literal["client", "server"]


def told_together(client: Sequence[Event], server: Sequence[Event]) -> list[Event]:
    """Return one story from the transcripts of both, which opened at the same time.

    Sides are ``client`` and ``server``. What crossed the wire is told once, as
    it arrived: the pieces are those that were handed over.
    """
    told = [
        *_heard_by("server", server),
        *_heard_by("client", client),
        *_own("server", server),
        *_own("client", client),
        *_lost("client", client, server),
        *_lost("server", server, client),
    ]
    return sorted(told, key=lambda event: event.at)


def _other(party: Party) -> Party:
    return "client" if party == "server" else "server"


def _heard_by(party: Party, events: Sequence[Event]) -> list[Event]:
    """Return what ``party`` was given, which the other said."""
    return [
        replace(event, side=_other(party))
        for event in events
        if isinstance(event, ON_THE_WIRE) and event.side == "peer"
    ]


def _own(party: Party, events: Sequence[Event]) -> list[Event]:
    return [replace(event, side=party) for event in events if not isinstance(event, ON_THE_WIRE)]


def _lost(party: Party, said: Sequence[Event], given: Sequence[Event]) -> list[Event]:
    """Return what ``party`` said last and the other was not given, told behind what it was."""
    sent = [event for event in said if isinstance(event, Sent) and event.side == "program"]
    arrived = [event for event in given if isinstance(event, Sent) and event.side == "peer"]
    rest = b"".join(event.data for event in sent)[sum(len(event.data) for event in arrived) :]
    if not rest:
        return []
    at = max(event.at for event in [sent[-1], *arrived])
    lost = Sent(at=at, side=party, connection=sent[-1].connection, data=rest, note=NOT_ARRIVED)
    return [lost]
