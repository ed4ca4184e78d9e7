"""Our end of the connection through which a function of the program is called.

Knows the lines of JSON that ``child/calls.py`` reads and writes. Does not know
what is expected of the function, and trusts nothing that the program may write.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kernel.readiness import readable
from ..literals import value_of
from ..wire.events import Address
from .child import calls as child_side

HERE = child_side.HERE
"""The call that the trace tells of a function that was asked where it is."""

MOST = 1 << 20
"""Bytes of one answer that are read; an honest one is shorter."""

PIECE = 65536
LONGEST, MOST_NAMES, LAST_LINE = 4096, 100, 1 << 31

NOTHING = object()
"""Stands for a value that no literal can hold."""


@dataclass(frozen=True)
class Introduction:
    """What the program has where its function should be.

    ``type`` is the name of what was found, None where nothing was; ``functions``
    are the names of those that the file defines.
    """

    type: str | None
    callable: bool
    coroutine: bool
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came of one call: a value, an error, or parameters that don't fit.

    ``value`` is NOTHING where it is no plain data, ``type`` the name of its
    type, ``shown`` how it looks. ``raised`` names the error's type and those it
    inherits from, ``takes`` holds the parameters of a function that could not
    be called so. ``file`` and ``line`` say where it ended.
    """

    value: object = NOTHING
    type: str = ""
    shown: str = ""
    raised: tuple[str, ...] = ()
    takes: str | None = None
    file: str | None = None
    line: int | None = None


class Calls:
    """One connection to the function; ``local`` and ``remote`` are its addresses."""

    def __init__(self, sock: socket.socket) -> None:
        self.local: Address = sock.getsockname()[:2]
        self.remote: Address = sock.getpeername()[:2]
        self.sent = 0
        self._sock = sock
        self._pending = b""

    def ask(self, arguments: Sequence[object]) -> None:
        """Have the function called with ``arguments``, which JSON can hold.

        Raises:
            OSError: the program has closed its end.
        """
        line = json.dumps(list(arguments)).encode() + b"\n"
        self.sent += len(line)
        self._sock.sendall(line)

    def wait(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds for something to read; True when there is."""
        return bool(readable([self._sock], timeout))

    def read(self) -> bool | None:
        """Read what has come; True when it completes a line, None when none will come any more."""
        try:
            piece = self._sock.recv(PIECE)
        except OSError:
            piece = b""
        self._pending += piece
        if not piece or len(self._pending) > MOST:
            return None
        return b"\n" in self._pending

    def introduction(self) -> Introduction:
        """Take the line that was read as what the program says first.

        Raises:
            ValueError: it is no such line.
        """
        told = self._take()
        return Introduction(
            type=_text(told.get("type")),
            callable=told.get("callable") is True,
            coroutine=told.get("coroutine") is True,
            functions=_texts(told.get("functions")),
        )

    def answer(self) -> Answer:
        """Take the line that was read as what came of a call.

        Raises:
            ValueError: it is no such line.
        """
        told = self._take()
        if not {"type", "raised", "takes"} & told.keys():
            raise ValueError("no answer")
        return Answer(
            value=_value(told.get("literal")),
            type=_text(told.get("type")) or "",
            shown=_text(told.get("shown")) or "",
            raised=_texts(told.get("raised")),
            takes=_text(told.get("takes")),
            file=_text(told.get("file")),
            line=_line(told.get("line")),
        )

    def close(self) -> None:
        """Hang up: the program ends, if it is not busy."""
        self._sock.close()

    def _take(self) -> Mapping[str, object]:
        line, _, self._pending = self._pending.partition(b"\n")
        try:
            told = json.loads(line)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if not isinstance(told, dict):
            raise ValueError("no object")
        return told


def _text(value: object) -> str | None:
    """Return text that can be written in every encoding of Unicode; None for anything else."""
    if not isinstance(value, str):
        return None
    return value[:LONGEST].encode("utf-8", "replace").decode()


def _texts(values: object) -> tuple[str, ...]:
    told = map(_text, values[:MOST_NAMES]) if isinstance(values, list) else ()
    return tuple(text for text in told if text is not None)


def _line(value: object) -> int | None:
    return value if type(value) is int and 0 < value < LAST_LINE else None


def _value(literal: object) -> object:
    """Return the value that the text of a literal stands for; nothing of it is executed."""
    if not isinstance(literal, str):
        return NOTHING
    try:
        return value_of(literal)
    except ValueError:
        return NOTHING
