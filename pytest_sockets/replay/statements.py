"""The statements of a script, one after the other, and what they need.

Knows Python source. Does not know what is done.
"""

from __future__ import annotations

import math

from pytest_sockets.messages import Message, message
from pytest_sockets.reports.wording import plain

from .source import call, constant, literal, packed, sentence

INLINE = 60
"""Columns up to which bytes are written where they are used; longer ones get a name."""

READABLE = 300
"""Bytes that a person may want to read in a script; longer messages are compressed."""


class Statements:
    """The body of a script's main function; ``lines`` are indented.

    ``helpers`` names the functions that it calls, ``modules`` what it uses
    itself, ``long`` holds messages that are too long to stand in it.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.helpers: set[str] = {"step"}
        self.modules: set[str] = set()
        self.long: dict[str, bytes] = {}

    def say(self, what: Message) -> None:
        """Tell a sentence before what comes next."""
        self.lines += call("step", sentence(plain(str(what))))

    def do(self, helper: str, *arguments: str, name: str = "") -> None:
        """Call a helper, and give what it returns a ``name`` if there is one."""
        self.helpers.add(helper)
        self.lines += call(helper, *arguments, before=f"{name} = " if name else "")

    def sleep(self, seconds: float) -> None:
        """Wait; what has no end is waited for by the person."""
        if seconds == math.inf:
            self.wait_for_enter()
            return
        self.modules.add("time")
        self.lines += call("time.sleep", str(seconds))

    def wait_for_enter(self) -> None:
        """Wait for the person, who has something to do that the script can't see."""
        text = message("press Enter when that is done")
        self.lines += call("input", literal(f"  {text} "))

    def bytes(self, data: bytes) -> str:
        """Return how ``data`` is written in an argument."""
        if len(literal(data)) <= INLINE:
            return literal(data)
        known = [name for name, each in self.long.items() if each == data]
        name = known[0] if known else f"MESSAGE_{len(self.long) + 1}"
        self.long[name] = data
        if len(data) <= READABLE:
            return name
        self.helpers.add("unpack")
        return f"unpack({name})"

    def constants(self) -> list[str]:
        """Return the lines of the messages that a person may still want to read."""
        short = [constant(n, d) for n, d in self.long.items() if len(d) <= READABLE]
        return [line for lines in short for line in lines]

    def packed(self) -> list[str]:
        """Return the source of each of the other messages."""
        return ["\n".join(packed(n, d)) for n, d in self.long.items() if len(d) > READABLE]
