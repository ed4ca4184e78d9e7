"""The proxy for UDP: one thread, one socket in front, and one behind it for each client.

Knows datagrams and their senders, and when what waits is due. Answers find
their way back because every client has a port of its own towards the server.
"""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pytest_sockets.findings import Misuse

from .bell import Bell
from .bound import bound
from .course import LOST, Course, Planned, lost
from .events import Address, Datagram, Event, Paused, Refused
from .proxy import Proxy
from .upstream import Upstream
from .way import ActiveFault, Way

LARGEST = 65535

MOST_CLIENTS = 500
"""Clients that are remembered; the one that has been silent for longest is forgotten."""


class DatagramProxy(Proxy):
    """A proxy to a UDP server; see ``open_proxy``."""

    def __init__(self, upstream: Upstream, at: Address | None = None) -> None:
        super().__init__(upstream)
        self._front = bound("udp", *(at or (upstream.local, 0)))
        self._front.setblocking(False)  # noqa: FBT003
        self.address = self._front.getsockname()[:2]
        self._bell = Bell()
        self._stopped = False
        self._clients: dict[Any, _Client] = {}
        self._known = 0
        for way in (self.to_server, self.to_client):
            way.wakes(self._bell.ring)
        self._thread = threading.Thread(target=self._run, daemon=True, name="proxy datagrams")
        self._thread.start()

    def _end(self) -> None:
        """Carry no more; ending twice does nothing."""
        if self._stopped:
            return
        self._stopped = True
        self._bell.ring()
        self._thread.join()
        for client in self._clients.values():
            client.close()
        self._front.close()
        self._bell.close()

    @property
    def accepted(self) -> int:
        """How many clients have sent something; one that was forgotten counts anew."""
        return self._known

    def _run(self) -> None:
        while not self._stopped:
            backs = {client.back: client for client in self._clients.values()}
            due = [when for client in backs.values() for when in client.due()]
            timeout = max(0.0, min(due) - time.monotonic()) if due else None
            for sock in self._bell.wait([self._front, *backs], timeout=timeout):
                self._hear(sock, backs.get(sock))
            self._bell.silence()
            for client in list(self._clients.values()):
                client.go_on()
            self._forget()

    def _hear(self, sock: socket.socket, client: _Client | None) -> None:
        """Take in one datagram: a client's at the front, the server's behind it."""
        try:
            data, sender = sock.recvfrom(LARGEST)
        except BlockingIOError:
            return
        except OSError:
            if client is not None:
                client.refused()
            return
        if client is not None:
            client.back_way.take(data)
            return
        client = self._client(sender)
        if client is not None:
            client.forth_way.take(data)

    def _client(self, sender: Any) -> _Client | None:
        """Return the client with that address, a new one if need be; None without a way for it."""
        client = self._clients.pop(sender, None)
        if client is None:
            self._known += 1
            try:
                client = _Client(self, self._front, sender, self._known)
            except OSError as error:  # the server's name has no address now, or none can be reached
                self.refused(self._known, error.strerror)
                return None
        self._clients[sender] = client
        return client

    def _forget(self) -> None:
        """Let go of clients that are too many, behind all that was heard with the newest."""
        while len(self._clients) > MOST_CLIENTS:
            self._clients.pop(next(iter(self._clients))).close()

    def refused(self, number: int, note: str | None = None) -> None:
        """Note that a datagram of the client with that ``number`` reached nobody."""
        log = self.transcript
        log.add(Refused(at=log.now(), side="client", connection=number,
                        remote=self.upstream.address, note=note))  # fmt: skip


class _Client:
    """One client: its socket towards the server, and its two lines."""

    def __init__(self, proxy: DatagramProxy, front: socket.socket, name: Any, number: int) -> None:
        self._proxy = proxy
        self._number = number
        self.back = _towards(*proxy.upstream.endpoints()[0])
        ends: tuple[Address, Address] = (name[:2], proxy.upstream.address)
        forth = Datagram(side="client", connection=number, data=b"", local=ends[0], remote=ends[1])
        back = Datagram(side="server", connection=number, data=b"", local=ends[1], remote=ends[0])
        self.forth_way = _Line(proxy, proxy.to_server, forth, self._send)
        self.back_way = _Line(
            proxy, proxy.to_client, back, lambda data: front.sendto(data, name) >= 0
        )

    def close(self) -> None:
        """Let go of everything; what still waits is lost."""
        self.forth_way.close()
        self.back_way.close()
        self.back.close()

    def due(self) -> list[float]:
        """Return when something is to be done, on the monotonic clock."""
        return [line.due for line in (self.forth_way, self.back_way) if line.due is not None]

    def go_on(self) -> None:
        """Do what is due by now."""
        self.forth_way.go_on()
        self.back_way.go_on()

    def refused(self) -> None:
        """Note that nobody is at the server's address (an ICMP message came back)."""
        self._proxy.refused(self._number)

    def _send(self, data: bytes) -> bool:
        try:
            return self.back.send(data) >= 0
        except BlockingIOError:
            return False
        except OSError:  # the answer to an earlier datagram; it was not this one's
            self.refused()
            return self.back.send(data) >= 0


def _towards(family: int, address: Any) -> socket.socket:
    """Return a socket that sends to ``address`` and hears nobody else."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)  # noqa: FBT003
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


class _Line:
    """What one side says to the other, as far as it is on its way."""

    def __init__(
        self, proxy: Proxy, way: Way, like: Datagram, send: Callable[[bytes], bool]
    ) -> None:
        self._log = proxy.transcript
        self._way = way
        self._course = Course(way, like.connection)
        self._like = like
        self._send = send
        self._waiting: deque[tuple[Event, ActiveFault | None]] = deque()
        self._until: float | None = None
        self.carried = 0
        way.enter(self)
        self._release_at: float | None = None

    @property
    def due(self) -> float | None:
        """When something is to be done, on the monotonic clock; None for not before it is woken."""
        times = [when for when in (self._until, self._release_at) if when is not None]
        return min((when for when in times if when != math.inf), default=None)

    def end_as(self, events: Sequence[Event]) -> None:
        """Do nothing: datagrams have no end."""

    def close(self) -> None:
        """Carry no more."""
        self._way.leave(self)

    def take(self, data: bytes) -> None:
        """Take a datagram, and do with it what the faults plan."""
        event = replace(self._like, data=data)
        held = self._course.held
        planned = self._spared(lambda: self._course.plan([event]))
        if lost([event], [each for each, _ in planned]) > self._course.held - held:
            self._note(replace(event, note=LOST))
        self._waiting += planned
        patience = self._course.patience
        self._release_at = None if patience is None else time.monotonic() + patience

    def go_on(self) -> None:
        """Send what is due."""
        if self._release_at is not None and time.monotonic() >= self._release_at:
            self._release_at = None
            self._waiting += self._spared(self._course.release)
        # A fault that was taken away lets go of what it held back.
        self._waiting += self._spared(lambda: self._course.plan([]))
        while self._waiting and self._is_due():
            event, _ = self._waiting.popleft()
            if isinstance(event, Datagram):
                self._hand_over(event)

    @staticmethod
    def _spared(plan: Callable[[], Planned]) -> Planned:
        """Return what is planned, nothing where a fault has failed: its way tells of it."""
        try:
            return plan()
        except Misuse:
            return []

    def _is_due(self) -> bool:
        """Tell whether the first event may happen: a pause is over, or its fault is gone."""
        event, maker = self._waiting[0]
        if not isinstance(event, Paused):
            return True
        if self._until is None:
            self._note(event)
            self._until = time.monotonic() + event.seconds
        if time.monotonic() < self._until and not (maker is not None and maker.closed):
            return False
        self._until = None
        return True

    def _hand_over(self, event: Datagram) -> None:
        self.carried += len(event.data)
        self._note(event)
        # A datagram that does not fit into the queue is lost, as on any network.
        with contextlib.suppress(OSError):
            self._send(event.data)

    def _note(self, event: Event) -> None:
        self._log.add(replace(event, at=self._log.now(), side=self._like.side,
                              connection=self._like.connection))  # fmt: skip
