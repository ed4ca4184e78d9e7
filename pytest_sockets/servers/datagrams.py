"""A UDP server that lives in a loop: one socket, any number of clients.

Knows datagrams. Does not know what is said (see ``talks``).
"""

from __future__ import annotations

import contextlib
import socket

from pytest_sockets.wire.events import Address
from pytest_sockets.wire.recording import Recording

from .loop import Loop
from .talks import Reply

LARGEST = 65535


class DatagramServer:
    """A bound socket in ``loop``; ``reply`` answers each datagram, or does not.

    What it raises is kept in ``errors``, and nothing is answered any more.
    """

    def __init__(self, loop: Loop, sock: socket.socket, reply: Reply) -> None:
        self.loop = loop
        self.transcript = Recording()
        self.errors: list[BaseException] = []
        self._socket = sock
        self._reply = reply
        self._address: Address = sock.getsockname()[:2]
        self._numbers: dict[Address, int] = {}
        sock.setblocking(False)  # noqa: FBT003 - it takes no keywords
        loop.watch(sock.fileno(), self._answer, failed=self.errors.append)

    def _answer(self) -> None:
        try:
            data, sender = self._socket.recvfrom(LARGEST)
        except OSError:  # Windows tells here that an earlier answer reached nobody
            return
        client = sender[:2]
        number = self._numbers.setdefault(client, len(self._numbers) + 1)
        self.transcript.datagram("program", number, data, client, self._address)
        reply = self._reply(data)
        if reply is None:
            return
        # Noted before it is sent: who has the answer finds it in the transcript.
        self.transcript.datagram("peer", number, reply, self._address, client)
        with contextlib.suppress(OSError):  # the answer is lost, as answers over UDP may be
            self._socket.sendto(reply, sender)

    def stop(self) -> None:
        """Close the socket; returns when it is done."""
        self.loop.call(self._stop)

    def _stop(self) -> None:
        if self._socket.fileno() >= 0:
            self.loop.forget(self._socket.fileno())
            self._socket.close()
