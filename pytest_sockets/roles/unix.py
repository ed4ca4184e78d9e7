"""Programs under test that meet through a socket file (AF_UNIX) instead of a port.

Knows where the file is and how a server and a client come to it, and that bytes
sent here are in the other end's queue at once. Does not know which bytes the
exercise asks for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import socket
import struct

from ..exercises import Profile
from ..findings import Finding, NotJudged, TargetError
from ..kernel import threads
from ..kernel.unix_diag import UnixSocket
from ..messages import Message, message
from ..programs.listening import unix_sockets
from ..programs.place import Place
from ..programs.rest import Rest
from ..wire.connection import Peer
from ..wire.events import Address
from ..wire.surroundings import End
from .client import Client
from .otherwise import at_our_ports, graded_otherwise, instead_of_serving, network_instead
from .server import CONNECT_LIMIT, Server
from .state import asks
from .subject import Subject

NO_FAMILY = -1
AF_UNIX: int = getattr(socket, "AF_UNIX", NO_FAMILY)
NO_PATH = message(
    "the path of this command's socket can't be known: write {path} where it takes it",
    path="{path}",
)


class UnixSubject(Subject):
    """What server and client have in common: the proofs, taken from AF_UNIX's own table.

    Raises:
        NotJudged: this system has no such sockets, or the program is a command
            that is not told the path.
    """

    def __init__(self, place: Place, profile: Profile, chance: random.Random, quiet: float) -> None:
        if place.isolated:
            raise NotJudged(NO_PATH)
        place.files.need()
        super().__init__(place, profile, chance, quiet)

    @property
    def path(self) -> str:
        """The path that a program is told, and where our own server listens."""
        return self.place.files.path

    def _listening_descriptors(self) -> frozenset[int]:
        return frozenset(fd for fd, _ in unix_sockets(self.program, self.place.unix))

    def _unacknowledged(self) -> bool:
        return False

    def _row(self, local: Address, remote: Address) -> None:
        """Return nothing: over AF_UNIX the kernel counts no bytes, and what is sent is there."""

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:  # noqa: ARG002
        """Tell whether the program read all ``sent`` bytes of the connection.

        A recv that has emptied the queue looks into it once more before it
        returns, so all threads have to be seen waiting after that. For a server
        that already runs the empty queue has to do.
        """
        if self.place.unix is None:
            return self._taken_by_trace(sent)
        theirs = self._theirs(local)
        if theirs is None or theirs.receive_queue:
            return False
        seen = threads.snapshot(self.program.pids()) if self.programs else ()
        return all(thread.wait is not threads.Wait.RUNNING for thread in seen)

    def queued(self, local: Address, remote: Address) -> int | None:  # noqa: ARG002
        """Return how many bytes wait unread for the program; None where it can't be seen."""
        theirs = self._theirs(local)
        return None if theirs is None else theirs.receive_queue

    def held(self, peer: Peer) -> bool | None:
        """Tell whether a process holds the program's end; None where it can't be seen."""
        if self.place.unix is None:
            return None
        ours = self.place.unix.lookup(peer.local[1])
        return ours is not None and bool(ours.peer)

    def _theirs(self, local: Address) -> UnixSocket | None:
        """Return the program's end of the connection, once it was accepted."""
        unix = self.place.unix
        ours = unix.lookup(local[1]) if unix is not None else None
        return unix.lookup(ours.peer) if unix is not None and ours and ours.peer else None


def identity(path: str) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from any other; None when there is none.

    The program may take it away at any moment.
    """
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns


def listening_at(place: Place, closing: contextlib.ExitStack) -> list[socket.socket]:
    """Return a socket of ours that listens on the path of ``place``; none where it can't be."""
    if AF_UNIX == NO_FAMILY:
        return []
    place.files.prepare()
    sock = closing.enter_context(place.socket(AF_UNIX, socket.SOCK_STREAM))
    try:
        sock.bind(place.files.path)
        # The program may be another user than we are.
        os.chmod(place.files.path, 0o777)  # noqa: S103 - in a folder that is closed to others
    except OSError:  # the path is too long
        return []
    sock.listen(16)
    return [sock]


class UnixServer(UnixSubject, Server):
    """A server under test that listens on a socket file.

    ``address`` is ``(path, 0)``; the name of an abstract socket begins with a
    zero byte.
    """

    address: Address = ("", 0)

    def _started(self) -> None:
        if not self.programs and not self.address[0]:
            self.start()

    def _whereabouts(self) -> Address:
        self.address = self.place.target.address
        if not self._listened():
            raise TargetError(
                message("a server listens on {path}", path=self.address[0]),
                message("nobody listens there"),
            )
        return self.address

    def _is_seen(self) -> bool:
        return True

    def _addresses(self) -> list[Address]:
        paths = [path for _, path in unix_sockets(self.program, self.place.unix)]
        return sorted((path, 0) for path in paths if path == self.path or not self.told)

    def _never_came_up(self, rest: Rest) -> TargetError:
        client = instead_of_serving(self.program)
        return TargetError(
            message("the server listens on its socket file"),
            client or self._elsewhere() or self.describe(rest),
            because=graded_otherwise(self.program, "client", client),
            rests_on_deadline=not rest.proved,
        )

    def _elsewhere(self) -> Message | None:
        """Say what the program does instead of listening on its path; None when nothing tells."""
        place, program = self.place, self.program
        if any(unix_sockets(program, place.unix)):
            return message("it listens on another path than the one it was given")
        if place.sockets(program, "tcp"):
            return message("it listens on a TCP port instead")
        if at_our_ports(place, program, "udp"):
            return message("it uses a UDP socket instead")
        if program.running and any(unix_sockets(program, place.unix, listening=False)):
            return message("it has bound its path, but does not listen there")
        if asks(program, self._look()):
            return message("it waits for a line from the keyboard first")
        return None

    def _move(self) -> None:
        self.place.files.clear()

    def _open(self) -> socket.socket:
        """Connect to the server; where it can't be seen to listen, again until it does."""
        sock, waiting = self.place.socket(AF_UNIX, socket.SOCK_STREAM), self.watch(one_round=True)
        # With a time limit of its own, connect would not wait for room in the backlog.
        limit = struct.pack("@ll", int(CONNECT_LIMIT), 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        while True:
            error = self._connected(sock)
            if error is None:
                return sock
            early = self.place.unix is None and not isinstance(error, TimeoutError)
            if not early or waiting.step() is not None:
                raise self._failed(sock, error) from error

    def _connected(self, sock: socket.socket) -> OSError | None:
        try:
            sock.connect(self.address[0])
        except BlockingIOError:
            return TimeoutError(errno.ETIMEDOUT, "nobody takes it out of the queue")
        except OSError as error:
            return error
        return None

    def _failed(self, sock: socket.socket, error: OSError) -> Finding:
        finding = super()._failed(sock, error)
        if error.errno == errno.ENOENT and self.programs and self.program.running:
            finding.advice = message(
                "close the listening socket, and remove its file, at the very end"
            )
        return finding

    def _listened(self) -> bool:
        """Tell whether a socket is bound to the path, by a call that disturbs nobody.

        A stream answers a datagram socket with EPROTOTYPE, a file without a
        socket with ECONNREFUSED (unix(7)).
        """
        with self.place.socket(AF_UNIX, socket.SOCK_DGRAM) as probe:
            return probe.connect_ex(self.address[0]) in (0, errno.EPROTOTYPE)

    def leaves_a_file(self) -> bool:
        """Tell whether the file at the server's path stays there, also when the program has ended.

        Raises:
            NotJudged: the program is not ours.
        """
        self.program  # noqa: B018 - raises
        return self._until(lambda: self._file() is None) is not None

    def leaves_its_predecessor_alone(self) -> bool:
        """Start the program once more beside the first; tell whether its file is still the same.

        Raises:
            NotJudged: the program is not ours.
        """
        self.program  # noqa: B018 - raises
        before = self._file()
        self.programs.append(self.place.start(self.transcript, role="server"))
        self.come_to_rest()
        return self._file() == before

    def _file(self) -> tuple[int, int] | None:
        path = self.address[0]
        return None if path.startswith("\0") else identity(path)


class UnixClient(UnixSubject, Client):
    """A client under test that connects to a socket file."""

    def listen(self) -> None:
        """Open our server on the path to which the client will be sent."""
        if not self._listeners:
            self._listeners += listening_at(self.place, contextlib.ExitStack())

    def leave_a_stale_file(self) -> None:
        """Leave a socket file without a server, as one leaves it that was killed."""
        for sock in listening_at(self.place, contextlib.ExitStack()):
            sock.close()

    def stop_listening(self) -> None:
        """Close our server's socket and remove its file: new connections are refused."""
        super().stop_listening()
        self.place.files.clear()

    def _does_not_come(self, end: End) -> TargetError:
        server = None
        if any(unix_sockets(self.program, self.place.unix)):
            server = message("it listens on a socket file itself, as a server does")
        return TargetError(
            message("the client connects to the socket file of the server"),
            server or network_instead(self.program) or self.describe(end),
            because=graded_otherwise(self.program, "server", server),
            rests_on_deadline=not end.proved,
        )
