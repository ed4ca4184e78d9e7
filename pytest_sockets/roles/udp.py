"""Programs under test that speak UDP: a server is bound, a client sends, nobody connects.

Knows how datagrams reach a server, and how one client reaches several servers of
ours. Does not know which bytes the exercise asks for.
"""

from __future__ import annotations

import contextlib
import socket

from ..findings import Finding, NotJudged, TargetError
from ..kernel.readiness import readable
from ..messages import Message, message
from ..programs.request import HOST
from ..programs.rest import Rest
from ..wire.datagrams import DatagramPeer
from ..wire.events import Called, Datagram
from ..wire.stream import FIRST_LOOK
from .client import Client
from .otherwise import at_our_ports, graded_otherwise, instead_of_calling, tcp_instead
from .server import Server


class UdpServer(Server):
    """A UDP server under test."""

    kind = "udp"

    def start_any(self) -> None:
        """Start the program and wait until it is bound to its address, with UDP or with TCP.

        Raises:
            TargetError: it never is, or it ends at once.
            NotJudged: it runs already, and nothing here shows whether it is bound.
        """
        try:
            self.expect_there()
        except TargetError:
            if not self.programs or not at_our_ports(self.place, self.program, "tcp"):
                raise
        self.come_to_rest()
        if self.programs and not self.program.running:
            raise self._never_came_up(Rest.ENDED)

    def expect_received(self) -> None:
        """Expect that the server takes what was sent to it out of its queue, or ends.

        Raises:
            NotJudged: nothing here shows whether it did.
        """
        end = self._settle(one_round=True)
        if end is Rest.ENDED or not self._waiting_datagrams():
            return
        raise Finding(
            message("the server receives the datagram"),
            message("it stays in the queue: {doing}", doing=self.describe(end)),
            rests_on_deadline=not end.proved,
        )

    def _waiting_datagrams(self) -> bool:
        if self.place.diag is not None:
            rows = self.place.diag.dump("udp", ["UNCONN", "ESTABLISHED"], port=self.address[1])
            return any(row.receive_queue for row in rows)
        if any(c.flow == "in" and c.size is not None for c in self.transcript.of(Called)):
            return False
        raise NotJudged(message("nothing here shows whether a datagram was received"))


class UdpClient(Client):
    """A UDP client under test.

    ``profile.facts["servers"]`` says how many servers it can reach, by default 1.
    """

    kind = "udp"

    def servers(self) -> list[DatagramPeer]:
        """Return our UDP servers, one for each port that the client names, in that order.

        The client is started when it was not.

        Raises:
            NotJudged: the program is a command that is not told where its servers are.
        """
        if self.place.isolated:
            raise NotJudged(
                message(
                    "the servers of this command can't be known: "
                    "write {host} and {port} into it where it takes its address",
                    host="{host}",
                    port="{port}",
                )
            )
        further: list[DatagramPeer] = []
        for port in self.place.ports[1 : self.profile.facts.get("servers", 1)]:
            sockets = self._bound_to(
                (socket.AF_INET, (HOST, port)), (socket.AF_INET6, ("::1", port))
            )
            further.append(DatagramPeer(sockets, len(further) + 2, self))
        first = self.datagrams()
        self.datagram_peers += further
        return [first, *further]

    def instead(self) -> Message | None:
        """Say what the client does in place of sending datagrams; None when it has sent one."""
        if not self.programs or any(e.side == "program" for e in self.transcript.of(Datagram)):
            return None
        server = instead_of_calling(self.place, self.program)
        if server is not None:
            advice = graded_otherwise(self.program, "server", server)
            return message("{doing}; {advice}", doing=server, advice=advice)
        return tcp_instead(self.program)

    def connects(self) -> bool:
        """Tell whether the client, once started, opens a TCP connection to the server's address."""
        self.listen()
        doors = self._bound_to(*self.place.meeting_points(), kind=socket.SOCK_STREAM)
        with contextlib.ExitStack() as open_doors:
            for door in doors:
                open_doors.enter_context(door)
            self.started()
            waiting = self.watch(one_round=True)
            while not readable([*doors, *self._listeners], FIRST_LOOK):
                if waiting.step() is not None:
                    break
            return bool(readable(doors, 0))
