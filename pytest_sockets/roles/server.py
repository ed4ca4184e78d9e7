"""A server under test: clients connect to it, and it is watched.

Knows how clients meet a server. Does not know which bytes its exercise asks for.
"""

from __future__ import annotations

import socket

from ..faults.fault import Fault
from ..findings import Finding, NotJudged
from ..messages import message
from ..programs.rest import Rest
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Opened, Refused
from .already import is_seen, source
from .starting import Starting

CONNECT_LIMIT = 10.0


class Server(Starting):
    """The server under test; it is started at the first use."""

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

    def _is_seen(self) -> bool:
        return is_seen(self.place, self.kind, self.address)

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
