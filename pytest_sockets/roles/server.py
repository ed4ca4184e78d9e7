"""A server under test: it is started, connected to, restarted and watched.

Knows how a server comes up and how clients meet it. Does not know which bytes
its exercise asks for.
"""

from __future__ import annotations

import socket
from typing import Literal

from ..faults.fault import Fault
from ..findings import Finding, NotJudged, TargetError
from ..messages import Message, message
from ..programs.listening import unix_sockets
from ..programs.rest import Rest, pauses
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Address, Opened, Refused
from .already import is_seen, source, whereabouts
from .anew import expect_its_own_calls
from .otherwise import graded_otherwise, instead_of_serving
from .state import asks, crashed, hear, reachable, waits_told
from .subject import Subject

CONNECT_LIMIT = 10.0


class Server(Subject):
    """The server under test; it is started at the first use.

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

    def expect_there(self) -> None:
        """Expect that the server is up: it was started, or it is seen or met where it runs already.

        Raises:
            TargetError: it never comes up, or nobody is there.
            Finding: nobody takes a connection there.
            NotJudged: nothing here shows whether somebody is there.
        """
        self.start()
        if self.place.target.kind != "address" or self._is_seen():
            return
        if self.kind == "udp":
            raise NotJudged(message("nothing here shows whether a server is bound there"))
        self.connect().close()

    def _whereabouts(self) -> Address:
        return whereabouts(self.place, self.kind)

    def _is_seen(self) -> bool:
        return is_seen(self.place, self.kind, self.address)

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

    def _never_came_up(self, rest: object) -> TargetError:
        self._expect_no_limit_ended_it()
        if rest is Rest.ENDED and len(self.programs) == 1:
            self.place.check_port(self.program, self.kind)
        expected = (
            message("the server listens on its address")
            if self.kind == "tcp"
            else message("the server binds a UDP socket to its address")
        )
        elsewhere = self.place.sockets(self.program, self.kind)
        other = self.place.sockets(self.program, "tcp" if self.kind == "udp" else "udp")
        expect_its_own_calls(self.program, elsewhere + other)
        client = instead_of_serving(self.program)
        advice = None
        if client is not None:
            observed = client
        elif elsewhere and self.told:
            observed = message(
                "it uses port {port} instead of {told}, the one it was given",
                port=elsewhere[0][1],
                told=self.place.port,
            )
        elif elsewhere:
            observed = message(
                "it uses port {port}, which the system chose: no fixed address was bound",
                port=elsewhere[0][1],
            )
        elif other:
            observed = message(
                "it uses a {other} socket instead", other="TCP" if self.kind == "udp" else "UDP"
            )
        elif any(unix_sockets(self.program, self.place.unix)):
            observed = message("it listens on a socket file (AF_UNIX) instead")
        elif asks(self.program, self._look()):
            observed = message("it waits for a line from the keyboard first")
            advice = self._farther(rest)
        else:
            observed = self.describe(rest if isinstance(rest, Rest) else Rest.WAITING)
            advice = self._farther(rest)
        because = graded_otherwise(self.program, "client", client)
        return TargetError(
            expected,
            observed,
            because=because,
            advice=None if because else advice,
            rests_on_deadline=isinstance(rest, Rest) and not rest.proved,
        )

    def _farther(self, rest: object) -> Message | None:
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

    # Clients

    def connect(self, *faults: Fault) -> Peer:
        """Connect a new client; its sends go through ``faults``. A context manager.

        Where all others have left, the server is first given time to deal with that.

        Raises:
            TargetError: the server was not started yet and does not come up.
            Finding: the connection is refused, or not taken.
        """
        self._started()
        if self.place.kernel and self.peers and all(peer.closed for peer in self.peers):
            self.come_to_rest()
        sock = self._open()
        try:
            peer = Peer(sock, len(self.peers) + 1, self, faults)
        except OSError as error:
            raise self._failed(sock, error) from error
        self.transcript.add(
            Opened(
                at=self.transcript.now(),
                connection=peer.number,
                local=peer.local,
                remote=peer.remote,
            )
        )
        self.peers.append(peer)
        return peer

    def _started(self) -> None:
        if not self.programs and not self.address[1]:
            self.start()

    def reach_through(self, host: str) -> None:
        """Let clients connect through ``host``, another address of this machine, from now on.

        Raises:
            NotJudged: the machine has no such address.
            TargetError: the server was not started yet and does not come up.
        """
        self._started()
        try:
            with self.place.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
                probe.bind((host, 0))
        except OSError as error:
            reason = message("this machine has no address {host}", host=host)
            raise NotJudged(reason) from error
        self.address = host, self.address[1]

    def _open(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET
        sock = self.place.socket(family, socket.SOCK_STREAM)
        sock.settimeout(CONNECT_LIMIT)
        try:
            sock.connect(self.address)
        except OSError as error:
            raise self._failed(sock, error) from error
        return sock

    def _failed(self, sock: socket.socket, error: OSError) -> Finding:
        """Let go of a connection that was refused, or reset before anything was said."""
        sock.close()
        self.transcript.add(Refused(at=self.transcript.now(), remote=self.address))
        observed = message("the connection failed: {error}", error=error.strerror or str(error))
        if self.programs and self._settle(one_round=True) is Rest.ENDED:
            self._expect_no_limit_ended_it()
            doing = self.describe(Rest.ENDED)
            observed = message("{what}; {doing}", what=observed, doing=doing)
        return Finding(
            message("the server takes a connection"),
            observed,
            rests_on_deadline=isinstance(error, TimeoutError),
        )

    def expect_taken(self, peer: Peer) -> None:
        """Expect that the server accepts the connection of ``peer``.

        Where the system does not show it, the program's trace has to do.
        """
        waiting = self.watch()
        while self.programs and not self._took(peer):
            end = waiting.step()
            peer.look()
            if end is not None and not self._took(peer):
                if self.held(peer) is None and self.program.running:
                    raise NotJudged(message("nothing here shows whether a client was accepted"))
                raise Finding(
                    message("the server accepts the connection"),
                    message("it stays in the queue: {doing}", doing=self.describe(end)),
                    rests_on_deadline=not end.proved,
                )

    def _took(self, peer: Peer) -> bool:
        held = self.held(peer)
        return peer.at_end or (self._accepted_by_trace(peer) if held is None else held)

    def expect_refuses(self) -> None:
        """Expect that nobody listens on the server's address once it has come to rest."""
        self._settle()
        if self._listened():
            raise Finding(
                message("nobody listens on the address any more"),
                message("the address is still listened on"),
            )

    def _listened(self) -> bool:
        return self.place.listened(self.address)

    def datagrams(self) -> DatagramPeer:
        """Return a new UDP client. A context manager.

        Raises:
            TargetError: the server was not started yet and does not come up.
        """
        self._started()
        family = socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET
        sock = self.place.socket(family, socket.SOCK_DGRAM)
        sock.bind((self._near(), 0))
        peer = DatagramPeer([sock], len(self.datagram_peers) + 1, self, self.address)
        self.datagram_peers.append(peer)
        return peer

    def _near(self) -> str:
        """Return the host from which our datagrams go to the server."""
        if not self.programs:
            return source(self.address, self.place.target.address, self.kind)
        return "::1" if ":" in self.address[0] else "127.0.0.1"
