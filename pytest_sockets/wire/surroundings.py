"""What a conversation needs to know of the program at the other end.

The wire asks these questions and does not know how they are answered.
"""

from __future__ import annotations

from typing import Protocol

from pytest_sockets.messages import Message

from .events import Address
from .transcript import Transcript


class Waiting(Protocol):
    """One wait for the program: stepped until it says why nothing more will come."""

    def step(self) -> End | None:
        """Return why the program does nothing more, None while it may still act."""


class End(Protocol):
    """Why nothing more will come; ``proved`` is false when only time has passed."""

    @property
    def proved(self) -> bool:
        """True when the program was seen to rest."""


class Surroundings(Protocol):
    """The program's side of a conversation, as the wire sees it."""

    transcript: Transcript

    def watch(self, patience: float | None = None, *, one_round: bool = False) -> Waiting:
        """Begin a wait; ``patience`` is in seconds, see ``programs.rest.Watch``."""

    def describe(self, end: End) -> Message:
        """Say what the program does now that it rests."""

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Tell whether the program took all ``sent`` bytes; None where it can't be proved."""

    def queued(self, local: Address, remote: Address) -> int | None:
        """Return how many bytes wait unread for the program; None where it can't be seen."""

    def stop(self) -> None:
        """Stop every thread of the program (SIGSTOP) until ``go_on``."""

    def go_on(self) -> None:
        """Let the stopped program run again."""
