"""When two programs that talk with each other will do nothing more by themselves.

Both have to rest, and nothing may be under way between them. Knows neither
what they say nor who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..programs.rest import Rest
from ..wire.surroundings import End, Waiting
from .client import Client
from .server import Server

LONGEST = 30.0
"""Seconds after which two programs that go on talking are listened to no longer."""


class Talking(Protocol):
    """Two programs and what carries their words."""

    server: Server
    client: Client

    def now(self) -> float:
        """Return the seconds since the conversation began."""

    def carry(self) -> bool:
        """Carry on what the two have said by now; tell whether anything happened."""

    @property
    def waits(self) -> bool:
        """True while something was heard and not yet carried on."""


@dataclass(frozen=True)
class Rests:
    """How the two rest; ``server`` is None when they go on and on instead."""

    client: End
    server: End | None

    @property
    def proved(self) -> bool:
        """True when both were seen to rest."""
        return self.server is not None and self.client.proved and self.server.proved


class Both:
    """A wait for two programs that talk with each other: what they say is carried on.

    For ``one_round`` see ``programs.rest.Watch``.
    """

    def __init__(self, pair: Talking, *, one_round: bool = False) -> None:
        self._pair = pair
        self._one_round = one_round
        self._began = pair.now()
        self._begin()

    def _begin(self) -> None:
        self._waits: tuple[Waiting, Waiting] = (
            self._pair.client.watch(one_round=self._one_round),
            self._pair.server.watch(one_round=self._one_round),
        )

    def step(self) -> Rests | None:
        """Return how both rest; None while one may still act or something is under way."""
        if self._pair.carry():
            self._begin()
            endless = self._pair.now() - self._began > LONGEST
            return Rests(Rest.SILENT, None) if endless else None
        client, server = (waiting.step() for waiting in self._waits)
        if client is None or server is None or self._pair.waits:
            return None
        if self._pair.carry():
            self._begin()
            return None
        return Rests(client, server)
