"""The vocabulary: everything that can happen in a conversation with a program.

An event knows when it happened and on whose side. It knows nothing of sockets,
of pytest, or of what was expected. Faults map events to events, the wire
performs them, the transcript keeps them, reports draw them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["peer", "program", "harness", "client", "server"]
"""``peer`` is our end of the wire, ``program`` the program under test.

Where two programs talk with each other they are ``client`` and ``server``.
"""

Address = tuple[str, int]
"""``(host, port)``; of an AF_UNIX socket ``(path, inode)``.

The path is empty where the socket has none, the inode 0 where it is not known.
"""

LONGEST_NUMBER = 20
"""Digits of a size in bytes: no machine has more."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.

    ``at`` is in seconds since the transcript was opened; ``connection`` counts
    connections (or peers of a datagram socket) from 1, and is 0 where none is
    meant; ``note`` is a short remark that a report may print.
    """

    at: float = 0.0
    side: Side = "peer"
    connection: int = 0
    note: str | None = None

    @property
    def name(self) -> str:
        """The event's name in reports and in JSON: its class, in lower case."""
        return type(self).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Started(Event):
    """The program was started; ``command`` is how a person would start it.

    ``files`` are those that we had put into its folder, names and contents.
    """

    command: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """A TCP connection was established; ``side`` is the one that called connect."""

    local: Address
    remote: Address


@dataclass(frozen=True, kw_only=True)
class Refused(Event):
    """A connection attempt was answered by RST: nobody listens at ``remote``."""

    remote: Address


@dataclass(frozen=True, kw_only=True)
class Sent(Event):
    """Bytes of a stream left ``side``; ``piece`` is set when a fault made the boundary."""

    data: bytes
    piece: bool = False


@dataclass(frozen=True, kw_only=True)
class Streamed(Event):
    """More bytes of a stream left ``side``, ``size`` of them, and nobody looked at them."""

    size: int


@dataclass(frozen=True, kw_only=True)
class Finished(Event):
    """``side`` has sent FIN: it will send no more (a half-close, or a full one)."""


@dataclass(frozen=True, kw_only=True)
class Reset(Event):
    """``side`` has sent RST: the connection is gone, unread bytes with it."""


@dataclass(frozen=True, kw_only=True)
class Datagram(Event):
    """A UDP datagram left ``side``, possibly an empty one."""

    data: bytes
    local: Address
    remote: Address


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """``side`` stayed silent for ``seconds``, or was proved to be waited for in less."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Printed(Event):
    """The program wrote to its standard output or standard error."""

    data: bytes
    stream: Literal["stdout", "stderr"]


@dataclass(frozen=True, kw_only=True)
class Asked(Event):
    """The program waits for a line from the keyboard."""


@dataclass(frozen=True, kw_only=True)
class Typed(Event):
    """A line was typed for the program; ``line`` has no newline."""

    line: str


@dataclass(frozen=True, kw_only=True)
class Invoked(Event):
    """A function of the program was called by us; ``call`` is how Python writes that."""

    call: str


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    """The function came to its end, on ``line`` of ``file``.

    ``result`` is the value that it returned, or the error that it raised. The
    place is what the program's interpreter tells of it: it explains and never decides.
    """

    call: str
    result: str
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Returned(Left):
    """The function returned ``result``, as Python writes it."""


@dataclass(frozen=True, kw_only=True)
class Raised(Left):
    """The function raised ``result``: the error's type and text."""


@dataclass(frozen=True, kw_only=True)
class Exited(Event):
    """The program ended; ``status`` is negative for the signal that ended it."""

    status: int


@dataclass(frozen=True, kw_only=True)
class Called(Event):
    """A socket call of the program, as its own trace reports it.

    The program could forge it, so it explains and never decides. ``entered``
    is true when the call had begun and not yet returned; ``size`` is in bytes;
    ``flow`` tells which way the bytes went.
    """

    call: str
    arguments: str
    result: str
    file: str | None
    line: int | None
    fd: int | None = None
    size: int | None = None
    flow: Literal["in", "out"] | None = None
    entered: bool = False
    error: str | None = None

    @property
    def asks_for(self) -> int:
        """How many bytes a call that receives asks for at most; 0 where that is not told."""
        size = self.arguments.partition(",")[0].strip()
        return int(size) if size.isdecimal() and len(size) <= LONGEST_NUMBER else 0
