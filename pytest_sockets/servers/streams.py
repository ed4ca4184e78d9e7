"""A server for TCP or AF_UNIX streams that lives in a loop, and a thread for who is alone there.

Who says much and is the only client is served by a thread that blocks in recv:
that spares a system call for each message (benchmarks/echo.py). When others come,
all live in the loop. Knows connections, back-pressure and how they end. Does not
know what is said (see ``talks``).
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable

from pytest_sockets.kernel.portable import portable
from pytest_sockets.wire.events import Address
from pytest_sockets.wire.recording import Recording

from .loop import READ, WRITE, Handler, Loop
from .talks import Talk

PIECE = 65536
SHORT = 4096
BACKLOG = 1024

ALONE = "pytest-sockets-client"

MANY = 32
"""Messages after which it is worth a thread's start that each costs less from then on."""


def unblocks() -> bool:
    """Tell whether it is sure that shutdown(2) ends a recv or a send that waits."""
    return sys.platform == "linux" and not portable()


class Connection:
    """One client of a server.

    What it does not read is kept, and nothing more is read from it meanwhile. What is
    said is noted when it is handed over, whether the system takes all of it at once or not.
    While it has a thread of its own, ``crowded`` tells that thread that another client
    has come. All but ``_conversed`` runs in the loop's thread.
    """

    def __init__(self, sock: socket.socket, number: int, talk: Talk, server: StreamServer) -> None:
        self._socket = sock
        self._number = number
        self._talk = talk
        self._server = server
        self._record = server.transcript
        self._unsent = b""
        self._thread: threading.Thread | None = None
        self._left = MANY
        self.crowded = False
        # Looked up once: these are called for every piece.
        self._recv, self._send, self._hear = sock.recv, sock.send, talk.hear
        self._answered = server.transcript.answered
        server.loop.watch(sock.fileno(), self.read, failed=self.fail)

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
        self._left -= 1
        if not self._left:
            self._left = MANY
            self._leave_the_loop()

    def _leave_the_loop(self) -> None:
        """Go on in a thread of our own, if nobody else is served here and nothing waits."""
        if self._server.unblocks and self._server.connections == {self} and not self._unsent:
            self._server.loop.forget(self._socket.fileno())
            self._server.lone, self.crowded = self, False
            self._socket.setblocking(True)  # noqa: FBT003 - it takes no keywords
            self._thread = threading.Thread(target=self._alone, name=ALONE, daemon=True)
            self._thread.start()

    def _alone(self) -> None:
        then: Handler = self.close
        try:
            then = self._conversed()
        except Exception as error:  # noqa: BLE001 - as the loop does: the others go on
            self._server.errors.append(error)
        with contextlib.suppress(OSError):  # the loop was closed without us
            self._server.loop.soon(lambda: self._return(then))

    def _conversed(self) -> Handler:
        """Answer what comes until another client does; return what the loop is to do then."""
        # All names are local: in a loop as short as this one it shows.
        recv, send, hear, note = self._recv, self._socket.sendall, self._hear, self._answered
        talk, number, size = self._talk, self._number, SHORT
        try:
            while not self.crowded:
                data = recv(size)
                if not data:
                    return self._end
                reply = hear(data)
                if reply:
                    note(number, data, reply)
                    send(reply)
                else:
                    self._record.sent("program", number, data)
                if talk.done:
                    return self.close
                if len(data) == size:
                    size = PIECE
        except OSError:
            return self._lost
        return self._go_on_in_the_loop

    def _return(self, then: Handler) -> None:
        """Do ``then``, which the thread ended with, unless we were stopped meanwhile."""
        if self._thread is not None:
            self._server.lone = None
            self._thread.join()
            self._thread = None
            then()

    def _go_on_in_the_loop(self) -> None:
        self._socket.setblocking(False)  # noqa: FBT003 - it takes no keywords
        self._server.loop.watch(self._socket.fileno(), self.read, failed=self.fail)

    def fail(self, error: BaseException) -> None:
        """Keep an error of ours, and let go of the client: it would wait for nothing."""
        self._server.errors.append(error)
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
        if self._let_go():
            self._record.reset("program", self._number)

    def stop(self) -> None:
        """End our thread, where there is one, and close."""
        if self._thread is not None:
            with contextlib.suppress(OSError):  # the client has reset it
                self._socket.shutdown(socket.SHUT_RDWR)
            self._thread.join()
            self._thread = None
        self.close()

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
    """A listening socket in ``loop``; each connection gets a talk of its own from ``talks``.

    What a talk raises is kept in ``errors``, and ends its connection.
    """

    def __init__(self, loop: Loop, listener: socket.socket, talks: Callable[[], Talk]) -> None:
        self.loop = loop
        self.transcript = Recording()
        self.errors: list[BaseException] = []
        self.connections: set[Connection] = set()
        self.lone: Connection | None = None
        self.unblocks = unblocks()
        self._listener = listener
        self._talks = talks
        self._taken = 0
        listener.setblocking(False)  # noqa: FBT003 - it takes no keywords
        if listener.family != getattr(socket, "AF_UNIX", None):
            # What accept returns inherits it (tcp(7)).
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.listen(BACKLOG)
        loop.watch(listener.fileno(), self._accept, failed=self.errors.append)

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
        if self.lone is not None:
            self.lone.crowded, self.lone = True, None
        try:
            connection.begin()
        except Exception as error:  # noqa: BLE001 - it is of this client alone: others are let in
            connection.fail(error)

    def stop(self) -> None:
        """Close the listener and all connections, and return when it is done."""
        self.loop.call(self._stop)

    def _stop(self) -> None:
        if self._listener.fileno() >= 0:
            self.loop.forget(self._listener.fileno())
            self._listener.close()
        for connection in list(self.connections):
            connection.stop()


def ends(sock: socket.socket) -> tuple[Address, Address]:
    """Return the client's address and ours, as an Opened event has them."""
    theirs, ours = sock.getpeername(), sock.getsockname()
    if isinstance(ours, tuple):
        return theirs[:2], ours[:2]
    return (str(theirs or ""), 0), (str(ours), 0)
