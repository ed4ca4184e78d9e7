"""What the program sends, as statements that receive it.

Knows what every connection has brought by now. Does not know what we do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_sockets.messages import message, size_of
from pytest_sockets.results import Result

from .program import Program
from .senders import FIRST, Senders
from .statements import Statements

REST = 0.3
"""Seconds in which a program that is not in a debugger sends what it has to send."""


@dataclass
class Heard:
    """What a connection has brought and was not received yet: ``new`` bytes or datagrams.

    ``over`` is true once the program has ended it, ``told`` once a statement says so.
    """

    new: int = 0
    over: bool = False
    told: bool = False
    senders: list[str] = field(default_factory=list)


class Receiving(Statements):
    """Statements that receive.

    ``_last`` is the place of our last step on each connection, ``_open`` names
    what is to be closed at the end.
    """

    def __init__(self, result: Result, program: Program) -> None:
        super().__init__()
        self._result = result
        self._program = program
        self._udp = program.transport == "udp"
        self._heard: dict[int, Heard] = {}
        self._last: dict[int, int] = {}
        self._sockets: set[int] = set()
        self._senders = Senders(result.steps)
        self._open: set[str] = set()

    @property
    def addresses(self) -> int:
        """How many addresses the statements are bound to, or reach."""
        return max(self._sockets, default=1)

    def _hear(self, number: int, size: int) -> None:
        self._heard.setdefault(number, Heard()).new += size

    def _receive_before(self, place: int) -> None:
        """Receive what had come before the step at ``place``; an end where no step follows it."""
        for number, heard in sorted(self._heard.items()):
            if heard.new:
                self._receive(number, heard.new)
                heard.new = 0
            if heard.over and not heard.told and self._last.get(number, -1) < place:
                self._receive_all(number)
                heard.told = True

    def _receive(self, number: int, size: int) -> None:
        if self._udp:
            self._receive_datagrams(number, size)
            return
        self.say(message("connection {number}: receive {size}", number=number, size=size_of(size)))
        self.do("receive", f"c{number}", str(size))

    def _receive_datagrams(self, number: int, count: int) -> None:
        senders = self._heard[number].senders
        for _ in range(count):
            self.say(message("socket {number}: receive a datagram", number=number))
            name = senders.pop(0) if senders else FIRST
            kept = self._program.role == "client" and name in self._senders.answered
            self.do("receive_datagram", f"c{number}", name=name if kept else "")

    def _receive_all(self, number: int) -> None:
        self.say(message("connection {number}: receive until the end of the stream", number=number))
        self.do("receive", f"c{number}")

    def _await(self, number: int, heard: Heard) -> None:
        """Receive as many bytes as were expected; where none were, until the end."""
        difference = self._result.difference
        wanted = heard.new + len(difference[0]) - len(difference[1]) if difference else 0
        if wanted > 0:
            self.sleep(REST)
            self.do("receive", f"c{number}", str(wanted), "more=True")
        else:
            self.do("receive", f"c{number}")
        heard.new, heard.told = 0, True

    def _forget(self, number: int) -> None:
        self._heard[number] = Heard(told=True)
        self._open.discard(f"c{number}")

    def _socket(self, number: int) -> None:
        """Make the socket of a conversation in datagrams, unless there is one."""
        if number in self._sockets:
            return
        self._sockets.add(number)
        self._open.add(f"c{number}")
        if self._program.role == "server":
            self.do("datagram_socket", name=f"c{number}")
            return
        address = "ADDRESS" if number == 1 else f"ADDRESS_{number}"
        self.do("bound", address, name=f"c{number}")
