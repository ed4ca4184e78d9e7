"""The proxy for TCP and AF_UNIX streams: one thread a connection, two where it is worth it.

Knows how connections begin and end, and keeps what an end means: a half-close
stays a half-close, a reset a reset; AF_UNIX has none (unix(7)), there it is an
end. Short messages are answered soonest by one thread that waits for both sides;
for much data, for faults and for a side that takes nothing each direction gets a
thread of its own (benchmarks/proxy.py).
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any

from .bell import Bell
from .bound import bound_at
from .delivery import Delivery
from .events import Address, Opened, Refused, Reset
from .glances import ENDS, watching
from .lane import Lane
from .proxy import Proxy
from .upstream import Upstream
from .way import Party

_AT_ONCE = struct.pack("ii", 1, 0)

TRY_AGAIN = 0.05
"""Seconds between two tries to accept without a descriptor left: nothing tells when one is."""


class StreamProxy(Proxy):
    """A proxy to a TCP or AF_UNIX server; see ``open_proxy``.

    A client is accepted before the server is asked: where the server refuses,
    the client is reset.
    """

    def __init__(
        self,
        upstream: Upstream,
        recorded: int,
        path: str | None = None,
        at: Address | None = None,
    ) -> None:
        super().__init__(upstream)
        self._path = path
        self._at = at or (upstream.local, 0)
        self._clean = contextlib.ExitStack()
        self._listener = self._listen()
        self.recorded = recorded
        self.delivery = Delivery()
        self.bell = Bell()
        self._stopped = False
        self._lock = threading.Lock()
        self._connections: set[Connection] = set()
        self._accepted = 0
        self._accepting = threading.Thread(target=self._accept, daemon=True, name="proxy accepts")
        self._accepting.start()

    def _end(self) -> None:
        """End all connections (FIN) and listen no longer; ending twice does nothing."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
        self.bell.ring()
        self._accepting.join()
        for connection in self.connections:
            connection.stop()
        for connection in self.connections:
            connection.join()
        self._listener.close()
        self._clean.close()
        self.delivery.close()
        self.bell.close()

    @property
    def accepted(self) -> int:
        """How many connections were accepted so far, also where the server has refused them."""
        return self._accepted

    @property
    def connections(self) -> list[Connection]:
        """The connections that are open now."""
        with self._lock:
            return list(self._connections)

    def forget(self, connection: Connection) -> None:
        """Let go of a connection that has come to its end."""
        with self._lock:
            self._connections.discard(connection)

    def _listen(self) -> socket.socket:
        if self.upstream.kind == "unix":
            listener, clean = bound_at(self._path)
            self._clean.callback(clean)
            listener.listen()
            self.address = listener.getsockname()
        else:
            family = socket.AF_INET6 if ":" in self._at[0] else socket.AF_INET
            listener = socket.create_server(self._at, family=family)
            self.address = listener.getsockname()[:2]
        listener.setblocking(False)  # noqa: FBT003
        return listener

    def _accept(self) -> None:
        while not self._stopped:
            if self.bell.wait([self._listener]):
                self._begin()

    def _begin(self) -> None:
        try:
            client, address = self._listener.accept()
        except (BlockingIOError, ConnectionError):  # it has gone before it was accepted
            return
        except OSError:  # no descriptor is left for it: it stays in the backlog
            self.bell.wait(timeout=TRY_AGAIN)
            return
        client.setblocking(False)  # noqa: FBT003
        self._accepted += 1
        self.transcript.wake()
        connection = Connection(self, client, _address(address), self._accepted)
        with self._lock:
            self._connections.add(connection)
        connection.start()


class Connection:
    """A client's connection and the one to the server that stands for it.

    ``over`` is true once it was reset or stopped.
    """

    def __init__(
        self, proxy: StreamProxy, client: socket.socket, address: Address, number: int
    ) -> None:
        self.number = number
        self.over = False
        self._proxy = proxy
        self._address = address
        self._sockets: dict[Party, socket.socket] = {"client": client}
        self._lanes: list[Lane] = []
        self._ended: set[Lane] = set()
        self._reset = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True, name="proxy connection")

    def start(self) -> None:
        """Connect to the server and carry what both say, in threads of our own."""
        self._thread.start()

    def stop(self) -> None:
        """End both ends with FIN."""
        self.over = True
        self._wake()

    def join(self) -> None:
        """Wait until everything was let go of."""
        self._thread.join()

    def abort(self, by: Party) -> None:
        """Reset both ends, since ``by`` has reset its own, or since a fault does."""
        with self._lock:
            if self.over:
                return
            self._reset = self.over = True
        transcript = self._proxy.transcript
        transcript.add(Reset(at=transcript.now(), side=by, connection=self.number))
        self._wake()

    def ended(self, lane: Lane) -> bool:
        """Note that ``lane`` has nothing more to carry; tell whether the other has not, either."""
        self._ended.add(lane)
        if both := len(self._ended) > 1:
            self._wake()
        return both

    def _run(self) -> None:
        try:
            if self._connect():
                self._carry()
        except OSError as error:
            self._refuse(error)
        finally:
            self._close()

    def _connect(self) -> bool:
        """Make everything ready to carry; False when the proxy was stopped meanwhile.

        Raises:
            OSError: the server refuses, can't be reached, or no descriptor is left.
        """
        proxy, client = self._proxy, self._sockets["client"]
        server = proxy.upstream.connect(proxy.bell)
        if server is None:
            return False
        self._sockets["server"] = server
        server.setblocking(False)  # noqa: FBT003
        for sock in (client, server):
            # What has come to its end already takes no option on some systems.
            with contextlib.suppress(OSError):
                if sock.family != getattr(socket, "AF_UNIX", None):
                    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        common = (self, proxy.transcript, proxy.recorded, proxy.delivery)
        self._lanes.append(Lane((client, server), proxy.to_server, *common))
        self._lanes.append(Lane((server, client), proxy.to_client, *common))
        self._note_opened()
        return True

    def _refuse(self, error: OSError) -> None:
        self._reset = True
        note = None if isinstance(error, ConnectionRefusedError) else error.strerror
        log, remote = self._proxy.transcript, self._proxy.upstream.address
        log.add(Refused(at=log.now(), side="client", connection=self.number,
                        remote=remote, note=note))  # fmt: skip

    def _note_opened(self) -> None:
        log, remote = self._proxy.transcript, _address(self._proxy.address)
        log.add(Opened(at=log.now(), side="client", connection=self.number,
                       local=self._address, remote=remote))  # fmt: skip

    def _carry(self) -> None:
        if self.over:  # stopped meanwhile
            return
        # Where no descriptor is left to wait for both sides by, each has its thread at once.
        with contextlib.suppress(OSError):
            self._glance()
        back = threading.Thread(
            target=self._run_lane, args=(self._lanes[1],), daemon=True, name="proxy to client"
        )
        back.start()
        self._run_lane(self._lanes[0])
        back.join()

    def _glance(self) -> None:
        """Carry short messages in both directions, until a lane needs a thread of its own."""
        bell = self._lanes[0].flow.bell.descriptor
        look: dict[int, Callable[[], bool]] = {bell: lambda: False}
        look.update((lane.flow.source.fileno(), lane.glance) for lane in self._lanes)
        with watching(look) as ready:
            short = True
            while short:
                for descriptor, flags in ready():
                    if not look[descriptor]() or flags & ENDS:
                        short = False

    def _run_lane(self, lane: Lane) -> None:
        try:
            lane.run()
        finally:
            self.ended(lane)
            self._wake()

    def _wake(self) -> None:
        for lane in self._lanes:
            lane.flow.bell.ring()

    def _close(self) -> None:
        for lane in self._lanes:
            lane.retire()
        for sock in self._sockets.values():
            if self._reset and sock.family != getattr(socket, "AF_UNIX", None):
                with contextlib.suppress(OSError):
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            sock.close()
        self._proxy.forget(self)


def _address(name: Any) -> Address:
    return name[:2] if isinstance(name, tuple) else (name, 0)
