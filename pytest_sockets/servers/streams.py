"""A server for TCP or AF_UNIX streams that lives in a loop: it never blocks and never sleeps.

Knows connections, back-pressure and how they end. Does not know what is said
(see ``talks``).
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from pytest_sockets.wire.events import Address
from pytest_sockets.wire.recording import Recording

from .loop import READ, WRITE, Loop
from .talks import Talk

PIECE = 65536
BACKLOG = 1024


class Connection:
    """One client of a server.

    What it does not read is kept, and nothing more is read from it meanwhile. What is
    said is noted when it is handed over, whether the system takes all of it at once or not.
    """

    def __init__(self, sock: socket.socket, number: int, talk: Talk, server: StreamServer) -> None:
        self._socket = sock
        self._number = number
        self._talk = talk
        self._server = server
        self._record = server.transcript
        self._unsent = b""
        # Looked up once: these are called for every piece.
        self._recv, self._send, self._hear = sock.recv, sock.send, talk.hear
        self._answered = server.transcript.answered
        server.loop.watch(sock.fileno(), self.read)

    def begin(self) -> None:
        """Say what is to be said at once."""
        for piece in self._talk.greeting:
            self._record.sent("peer", self._number, piece)
            self._say(piece)
        if self._talk.done and not self._unsent:
            self.close()

    def read(self) -> None:
        """Take what has come and answer it."""
        try:
            data = self._recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            self._lost()
            return
        if not data:
            self._end()
            return
        reply = self._hear(data)
        if reply:
            # Noted before it is sent: who has the answer finds it in the transcript.
            self._answered(self._number, data, reply)
            self._say(reply)
        else:
            self._record.sent("program", self._number, data)
        if self._talk.done and not self._unsent:
            self.close()

    def _end(self) -> None:
        self._record.finished("program", self._number)
        self._talk.done = True
        if not self._unsent:
            self.close()

    def _say(self, data: bytes) -> None:
        if self._unsent:
            self._unsent += data
            return
        try:
            count = self._send(data)
        except BlockingIOError:
            count = 0
        except OSError:
            self._lost()
            return
        if count != len(data):
            self._unsent = data[count:]
            self._server.loop.change(self._socket.fileno(), self._go_on, WRITE)

    def _go_on(self) -> None:
        data, self._unsent = self._unsent, b""
        try:
            count = self._send(data)
        except BlockingIOError:
            count = 0
        except OSError:
            self._lost()
            return
        self._unsent = data[count:]
        if self._unsent:
            return
        if self._talk.done:
            self.close()
        else:
            self._server.loop.change(self._socket.fileno(), self.read, READ)

    def _lost(self) -> None:
        self._record.reset("program", self._number)
        self._let_go()

    def close(self) -> None:
        """Close: nothing more is said."""
        if self._let_go():
            self._record.finished("peer", self._number)

    def _let_go(self) -> bool:
        descriptor = self._socket.fileno()
        if descriptor < 0:
            return False
        self._unsent = b""
        self._server.loop.forget(descriptor)
        self._server.connections.discard(self)
        self._socket.close()
        return True


class StreamServer:
    """A listening socket in ``loop``; each connection gets a talk of its own from ``talks``."""

    def __init__(self, loop: Loop, listener: socket.socket, talks: Callable[[], Talk]) -> None:
        self.loop = loop
        self.transcript = Recording()
        self.connections: set[Connection] = set()
        self._listener = listener
        self._talks = talks
        self._taken = 0
        listener.setblocking(False)  # noqa: FBT003 - it takes no keywords
        if listener.family != getattr(socket, "AF_UNIX", None):
            # What accept returns inherits it (tcp(7)).
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.listen(BACKLOG)
        loop.watch(listener.fileno(), self._accept)

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError:  # it was taken back before we came, or there is no room for it
            return
        sock.setblocking(False)  # noqa: FBT003 - it takes no keywords
        self._taken += 1
        number = self._taken
        try:
            self.transcript.opened_by("program", number, *ends(sock))
            connection = Connection(sock, number, self._talks(), self)
        except OSError:  # it was reset meanwhile
            sock.close()
            return
        self.connections.add(connection)
        connection.begin()

    def stop(self) -> None:
        """Close the listener and all connections, and return when it is done."""
        self.loop.call(self._stop)

    def _stop(self) -> None:
        if self._listener.fileno() >= 0:
            self.loop.forget(self._listener.fileno())
            self._listener.close()
        for connection in list(self.connections):
            connection.close()


def ends(sock: socket.socket) -> tuple[Address, Address]:
    """Return the client's address and ours, as an Opened event has them."""
    theirs, ours = sock.getpeername(), sock.getsockname()
    if isinstance(ours, tuple):
        return theirs[:2], ours[:2]
    return (str(theirs or ""), 0), (str(ours), 0)
