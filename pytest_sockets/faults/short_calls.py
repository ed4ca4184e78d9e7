"""ShortSend and ShortRecv: a call inside the program moves fewer bytes than it could.

Faithful: send may take, and recv may return, fewer bytes than asked for at any
time (send(2), recv(2)), but on loopback they hardly ever do. It is the program's
own calls that are capped, in a Python program that we started; sendall sends
everything as ever, and datagrams stay whole. The receipt is the program's own
trace: each capped call with its size. ``ssl`` sockets have calls of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Event

from .checked import Checked
from .fault import PROGRAM, Medium


@dataclass(frozen=True)
class _Capped(Checked):
    most: int

    media: ClassVar[frozenset[Medium]] = PROGRAM

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.most < 1:
            text = "{fault} lets a call move 1 byte or more, not {n}"
            raise ValueError(str(message(text, fault=type(self).__name__, n=self.most)))

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events``: nothing is changed on the wire."""
        return list(events)


@dataclass(frozen=True)
class ShortSend(_Capped):
    """Let each ``send`` of the program take at most ``most`` bytes.

    Raises:
        ValueError: ``most`` is below 1.
    """


@dataclass(frozen=True)
class ShortRecv(_Capped):
    """Let each ``recv`` and ``recv_into`` of the program return at most ``most`` bytes.

    Raises:
        ValueError: ``most`` is below 1.
    """
