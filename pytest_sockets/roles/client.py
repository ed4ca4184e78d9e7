"""A client under test: a server of ours waits for it, then it is started.

Knows how a client comes to a server and how it is fed from the keyboard. Does
not know which bytes its exercise asks for.
"""

from __future__ import annotations

import contextlib
import errno
import random
import socket
import sys
from collections.abc import Iterator

from ..exercises import Profile
from ..faults.fault import Fault
from ..findings import CONNECTS, Finding, PortTaken, TargetError
from ..kernel.readiness import readable
from ..messages import message
from ..programs.place import Place
from ..programs.rest import Rest
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Address, Opened
from ..wire.stream import FIRST_LOOK
from ..wire.surroundings import End
from .anew import expect_its_own_calls
from .otherwise import datagrams_instead, file_instead, graded_otherwise, instead_of_calling
from .state import asks, reachable
from .subject import Subject

GIVE_UP_LIMIT = 10.0
ASKED_AT_MOST = 3

TAKEN = (errno.EADDRINUSE, errno.EACCES)
"""What bind says of an address that another socket has; EACCES on Windows (SO_EXCLUSIVEADDRUSE)."""


class Client(Subject):
    """The client under test; it is started at the first use, when our server listens."""

    kind: str = "tcp"

    def __init__(self, place: Place, profile: Profile, chance: random.Random, quiet: float) -> None:
        super().__init__(place, profile, chance, quiet)
        self._listeners: list[socket.socket] = []

    def listen(self) -> None:
        """Open our server on the address that the client will be sent to."""
        if self._listeners:
            return
        kind = socket.SOCK_DGRAM if self.kind == "udp" else socket.SOCK_STREAM
        self._listeners += self._bound_to(*self.place.meeting_points(), kind=kind)

    def _bound_to(
        self, *points: tuple[int, Address], kind: int = socket.SOCK_DGRAM
    ) -> list[socket.socket]:
        """Return a socket at each of ``points``, family and address, where the system has it.

        Raises:
            PortTaken: somebody uses one of the ports, and it is none of our programs.
        """
        with contextlib.ExitStack() as failing:
            found = []
            for family, address in points:
                with contextlib.suppress(OSError), self._unless_taken(address[1]):
                    found.append(failing.enter_context(self._bound(family, kind, address)))
            failing.pop_all()
        return found

    @contextlib.contextmanager
    def _unless_taken(self, port: int) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in TAKEN and not self.programs:
                raise PortTaken(port) from error
            raise

    def _bound(self, family: int, kind: int, address: Address) -> socket.socket:
        sock = self.place.socket(family, kind)
        try:
            # On Windows others could take the address with it, and it is not needed.
            if kind == socket.SOCK_STREAM and sys.platform != "win32":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(address)
            if kind == socket.SOCK_STREAM:
                sock.listen(16)
        except OSError:
            sock.close()
            raise
        return sock

    def called(self) -> bool:
        """Tell whether a client has connected or sent to our server by now."""
        return bool(readable(self._listeners, 0))

    def stop_listening(self) -> None:
        """Close our server's listening sockets: new connections are refused."""
        for sock in self._listeners:
            sock.close()
        self._listeners.clear()

    def start(self) -> None:
        """Start the program; our server listens already unless it was told not to."""
        ports = self.place.ports[: self.profile.facts.get("servers", 1)]
        self.programs.append(self.place.start(self.transcript, peers=ports, role="client"))

    def started(self) -> None:
        """Listen and start the program, unless that was done."""
        if not self.programs:
            self.listen()
            self.start()

    def again(self) -> None:
        """Start the program a second time, beside the first or after it."""
        self.start()

    def accept(self, *faults: Fault) -> Peer:
        """Wait for the client's connection; our sends go through ``faults``.

        Raises:
            TargetError: the client does not connect.
            Finding: it has reset its connection before that could be looked at.
        """
        self.started()
        waiting = self.watch()
        while True:
            ready = readable(self._listeners, FIRST_LOOK)
            if ready:
                return self._accepted(ready[0], faults)
            end = waiting.step()
            if end is not None and not self.called():
                raise self._does_not_come(end)

    def _does_not_come(self, end: End) -> TargetError:
        expect_its_own_calls(self.program)
        doing = self.describe(end)
        server = instead_of_calling(self.place, self.program)
        if asks(self.program, self._look()):
            self.program.type(self.digits().decode())
            self.come_to_rest()
        return TargetError(
            message(CONNECTS),
            server
            or datagrams_instead(self.place, self.program)
            or file_instead(self.program)
            or doing,
            because=graded_otherwise(self.program, "server", server),
            rests_on_deadline=not end.proved,
        )

    def accept_typing(self, line: str, *faults: Fault) -> Peer:
        """Wait for the client's connection, and type ``line`` if it asks before its first byte.

        Raises:
            TargetError: the client does not connect.
        """
        self.started()
        asked = self._asks_before_it_connects()
        if asked:
            self.program.type(line)
        peer = self.accept(*faults)
        if not asked:
            peer.hear()
            if asks(self.program, self._look()):
                self.program.type(line)
        return peer

    def _asks_before_it_connects(self) -> bool:
        waiting, look = self.watch(), self._look()
        while not self.called():
            if asks(self.program, look):
                return True
            if waiting.step() is not None:
                break
            self.transcript.wait(self.called, 0.0005)
        return asks(self.program, look)

    def _accepted(self, listener: socket.socket, faults: tuple[Fault, ...]) -> Peer:
        sock, _ = listener.accept()
        try:
            peer = Peer(sock, len(self.peers) + 1, self, faults)
        except OSError as error:
            sock.close()
            raise Finding(
                message("the client connects, and stays connected"),
                message("it resets the connection at once (RST)"),
            ) from error
        self.peers.append(peer)
        self.transcript.add(
            Opened(
                at=self.transcript.now(),
                side="program",
                connection=peer.number,
                local=peer.remote,
                remote=peer.local,
            )
        )
        return peer

    def datagrams(self) -> DatagramPeer:
        """Return our UDP server; the client is started when it was not.

        A context manager. Its ``remote`` is the client once that has sent.
        """
        self.listen()
        peer = DatagramPeer(self._listeners, len(self.datagram_peers) + 1, self)
        self.datagram_peers.append(peer)
        if not self.programs:
            self.start()
        return peer

    def returned(self) -> DatagramPeer:
        """Open our UDP server again on the same port; it knows where the client is now."""
        peer = self.datagrams()
        sockets = self.place.sockets(self.program, "udp")
        peer.remote = reachable(sockets[-1]) if sockets else None
        return peer

    def expect_fails(self) -> None:
        """Expect that the program gives up by itself: status not 0, or an error in words."""
        rest = self._settle(patience=GIVE_UP_LIMIT)
        for _ in range(ASKED_AT_MOST):
            if rest is Rest.ENDED or not asks(self.program, self._look()):
                break
            self.program.type(self.digits().decode())
            rest = self._settle(patience=GIVE_UP_LIMIT)
        if rest is not Rest.ENDED:
            raise Finding(
                message("the client ends with an error when nobody listens"),
                self.describe(rest),
                rests_on_deadline=not rest.proved,
            )

    def end(self) -> None:
        """Let go of everything; see Subject."""
        super().end()
        self.stop_listening()
