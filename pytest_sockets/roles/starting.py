"""How a server under test is started, restarted and found where it listens.

Knows what a server does that never comes up. Does not know its clients.
"""

from __future__ import annotations

from typing import Literal

from ..findings import Finding, TargetError
from ..messages import Message, message
from ..programs.listening import unix_sockets
from ..programs.rest import Rest, pauses
from ..wire.events import Address
from .already import whereabouts
from .anew import expect_its_own_calls
from .otherwise import graded_otherwise, instead_of_serving
from .state import asks, crashed, hear, reachable, waits_told
from .subject import Subject


class Starting(Subject):
    """A server that can be started.

    ``address`` is where it can be reached, ``(host, port)``.
    """

    kind: Literal["tcp", "udp"] = "tcp"
    address: Address = ("127.0.0.1", 0)

    def start(self) -> None:
        """Start the program and wait until it listens (TCP) or is bound (UDP).

        Raises:
            TargetError: it never comes up on the address it should use.
        """
        if self.place.target.kind == "address":
            self.address = self._whereabouts()
            return
        up = "listen" if self.kind == "tcp" else "bind"
        told = waits_told(self.transcript, up)
        self.programs.append(self.place.start(self.transcript, role="server"))
        waiting, pause = self.watch(), pauses()
        while True:
            told = hear(self.program, up, told, next(pause))
            found = self._addresses()
            if found:
                self.address = found[0]
                return
            rest = waiting.step()
            if rest is not None:
                break
        found = self._addresses()
        if not found:
            raise self._never_came_up(rest)
        self.address = found[0]

    def _whereabouts(self) -> Address:
        return whereabouts(self.place, self.kind)

    def _addresses(self) -> list[Address]:
        bound = self.place.sockets(self.program, self.kind)
        right = [
            address
            for address in bound
            if self.place.isolated or address[1] in self.place.ports[: 1 if self.told else None]
        ]
        return sorted(reachable(address) for address in right)

    @property
    def told(self) -> bool:
        """True when the program was told which address to use."""
        return self.place.target.told

    def _never_came_up(self, rest: Rest) -> TargetError:
        self._expect_no_limit_ended_it()
        if rest is Rest.ENDED and len(self.programs) == 1:
            self.place.check_port(self.program, self.kind)
        sockets = self.place.sockets
        bound = [*sockets(self.program, "tcp"), *sockets(self.program, "udp")]
        expect_its_own_calls(self.program, bound)
        client = instead_of_serving(self.program)
        instead = client or self._elsewhere()
        because = graded_otherwise(self.program, "client", client)
        return TargetError(
            message("the server listens on its address")
            if self.kind == "tcp"
            else message("the server binds a UDP socket to its address"),
            instead or self._does(rest),
            because=because,
            advice=None if instead or because else self._farther(rest),
            rests_on_deadline=not rest.proved,
        )

    def _elsewhere(self) -> Message | None:
        """Say what the program does instead of being on its address; None when nothing tells."""
        elsewhere = self.place.sockets(self.program, self.kind)
        if elsewhere and self.told:
            return message(
                "it uses port {port} instead of {told}, the one it was given",
                port=elsewhere[0][1],
                told=self.place.port,
            )
        if elsewhere:
            return message(
                "it uses port {port}, which the system chose: no fixed address was bound",
                port=elsewhere[0][1],
            )
        if self.place.sockets(self.program, "tcp" if self.kind == "udp" else "udp"):
            return message(
                "it uses a {other} socket instead", other="TCP" if self.kind == "udp" else "UDP"
            )
        if any(unix_sockets(self.program, self.place.unix)):
            return message("it listens on a socket file (AF_UNIX) instead")
        return None

    def _does(self, rest: Rest) -> Message:
        if asks(self.program, self._look()):
            return message("it waits for a line from the keyboard first")
        return self.describe(rest)

    def _farther(self, rest: Rest) -> Message | None:
        """Say what to do with a program that does something else before it listens, or ends."""
        program = self.program
        elsewhere = program.flooding or asks(program, self._look())
        if not elsewhere and rest not in (Rest.ASLEEP, Rest.SPINNING, Rest.ENDED):
            return None
        if crashed(program.stderr):
            return None
        return message(
            "the program has to come as far as {call}: no input() and no endless loop before it, "
            "and a function such as main() has to be called",
            call="listen()" if self.kind == "tcp" else "bind()",
        )

    def start_afresh(self) -> None:
        """Start the program once more, as in a new place: nothing lingers on its address.

        A server that already runs is left alone.
        """
        for peer in self.peers:
            peer.close()
        if not self.programs:
            return
        self.program.end()
        self._move()
        self.start()

    def _move(self) -> None:
        self.place.renew_ports()

    def restart(self) -> None:
        """Start the program again in the same place, on the same address.

        Raises:
            Finding: it does not come up again.
        """
        self.program.end()
        try:
            self.start()
        except TargetError as error:
            crash = crashed(self.program.stderr)
            raise Finding(
                message("the server starts again on the same address at once"),
                message("it can't: {error}", error=crash) if crash else error.observed,
                rests_on_deadline=error.rests_on_deadline,
            ) from error
