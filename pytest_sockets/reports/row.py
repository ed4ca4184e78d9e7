"""One step of the story of an exchange, as any report can draw it.

Holds what there is to tell. Does not know events, nor how a row is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_sockets.messages import Message


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call of the program beside a row, with the student's own line.

    ``source`` is the line's text, or the call itself when the text is not
    known; ``outcome`` what the call returned or raised; ``times`` how often the
    same happened in a row.
    """

    file: str | None
    line: int | None
    source: str
    outcome: Message | None
    failed: bool = False
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step of the story.

    ``number`` is None where only calls are told, or several events are folded.
    ``event`` is the event's name, ``called`` or ``folded``. With an ``arrow`` the
    row is something that left ``side``: ``data``, or what ``label`` names;
    ``broken`` says why it did not arrive, ``piece`` that a fault cut it. Without an arrow
    ``label`` is a remark at ``side``, or in the margin when ``side`` is ``harness``.
    """

    event: str = "called"
    number: int | None = None
    side: Literal["peer", "program", "harness"] = "harness"
    connection: int = 0
    arrow: bool = False
    data: bytes | None = None
    piece: bool = False
    label: Message | None = None
    broken: Message | None = None
    note: str | None = None
    calls: tuple[Call, ...] = ()
