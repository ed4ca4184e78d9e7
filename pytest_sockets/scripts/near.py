"""The surroundings of a scripted peer: the code under test may run in our own process.

Nothing can prove that such code rests, so only a deadline ends a wait. What the
kernel tells of the other end of a connection shows whether it has read what it
was sent. Waits end by events: bytes, the end, or the bell.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pytest_sockets.kernel import sock_diag
from pytest_sockets.kernel.portable import portable
from pytest_sockets.kernel.readiness import looking
from pytest_sockets.kernel.sock_diag import SockDiag
from pytest_sockets.messages import Message, message
from pytest_sockets.wire.bell import Bell
from pytest_sockets.wire.events import Address
from pytest_sockets.wire.surroundings import End
from pytest_sockets.wire.transcript import Transcript


def sees_reading() -> bool:
    """Tell whether this system shows that the other side has read what it was sent."""
    return not portable() and sock_diag.available()


@dataclass(frozen=True)
class Over:
    """Why a wait is over: ``seconds`` have passed, or the test is."""

    proved: bool
    seconds: float = 0.0


class Near:
    """What one scripted conversation knows of the other side; see ``Surroundings``.

    ``patience`` is in seconds: that long it waits for each next step of the
    other side. ``end`` sets ``stopped`` and ends every wait. ``looked`` is set when the
    bell was heard and nothing was there to be read.
    """

    def __init__(self, transcript: Transcript, patience: float) -> None:
        self.transcript = transcript
        self.patience = patience
        self.bell = Bell()
        self.stopped = False
        self.looked = threading.Event()
        self._closing = threading.Lock()
        self._closed = False
        self._until = 0.0
        self._seconds = patience
        self._diag: SockDiag | None = None

    # Waiting

    def watch(self, patience: float | None = None, *, one_round: bool = False) -> Near:  # noqa: ARG002
        """Begin a wait of ``patience`` seconds; there is one at a time."""
        self._seconds = self.patience if patience is None else patience
        self._until = time.monotonic() + self._seconds
        return self

    def step(self) -> End | None:
        """Return why the wait is over, None while it is not."""
        if self.stopped:
            return Over(proved=True)
        if time.monotonic() >= self._until:
            return Over(proved=False, seconds=self._seconds)
        return None

    def until_ready(
        self, reading: Sequence[socket.socket], writing: Sequence[socket.socket] = ()
    ) -> bool:
        """Wait for one of the sockets, the bell, or the deadline; True when a socket is ready."""
        left = max(0.0, self._until - time.monotonic())
        ready = looking([*reading, self.bell.descriptor], writing)(left)
        if ready == {self.bell.descriptor}:
            self.heard()
        return bool(ready - {self.bell.descriptor})

    def heard(self) -> None:
        """Take note of the bell: there is nothing to be read."""
        self.bell.silence()
        self.looked.set()

    def look_again(self) -> None:
        """Have ``looked`` set once nothing is left to be read; a conversation that is over has."""
        with self._closing:
            if not self._closed:
                self.looked.clear()
        self.bell.ring()

    def end(self) -> None:
        """End every wait, from another thread."""
        self.stopped = True
        self.bell.ring()

    def close(self) -> None:
        """Let go of what was opened for the conversation."""
        with self._closing:
            self._closed = True
            self.looked.set()
        self.bell.close()
        if self._diag is not None:
            self._diag.close()

    # Surroundings

    def describe(self, end: End) -> Message:
        """Say how the wait ended."""
        if end.proved:
            return message("the end of the test")
        seconds = getattr(end, "seconds", self.patience)
        return message("nothing more within {seconds:g} s", seconds=seconds)

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Tell whether the other side has read all ``sent`` bytes; None where it can't be seen.

        Bytes that nobody can read any more count as read.
        """
        row = self._diagnosis(local, remote)
        if row is None:
            return None
        if row.bytes_received is None:
            return True
        return row.receive_queue == 0 and row.bytes_received >= sent

    def queued(self, local: Address, remote: Address) -> int | None:  # noqa: ARG002
        """Return None: nobody is kept from reading, so the queue shows nothing."""
        return None

    def stop(self) -> None:
        """Do nothing: code in our own process can't be stopped alone."""

    def go_on(self) -> None:
        """Do nothing, see above."""

    def _diagnosis(self, local: Address, remote: Address) -> sock_diag.Socket | None:
        if self._diag is None:
            if not sees_reading():
                return None
            self._diag = SockDiag()
        return self._diag.lookup(remote, local)
