"""The other end of the wire, played by the test: real sockets, steps instead of time.

While a peer waits it looks at the program again and again. Here each such look
is one step of a script, and after the last step the program rests.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pytest_sockets import DatagramPeer, Fault, Peer
from pytest_sockets.messages import Message, message
from pytest_sockets.wire.events import Address, Event, Sent
from pytest_sockets.wire.transcript import Transcript

LIMIT = 30.0
"""Seconds after which a test gives up; no test waits for it to pass."""

Step = Callable[[], object]


@dataclass(frozen=True)
class Resting:
    """The end of a script; ``proved`` is false where only time would have passed."""

    proved: bool = True


class Script:
    """Surroundings of a conversation in which the test plays the program.

    ``steps`` are done one by one, each when the peer looks at the program;
    ``last`` is done in the very look that then finds the program at rest.
    ``taken`` and ``queued`` are what the kernel would have told.
    """

    def __init__(self) -> None:
        self.transcript = Transcript()
        self.steps: list[Step] = []
        self.last: Step | None = None
        self.proved = True
        self.reads: Callable[[], int] | None = None
        self.queue: Callable[[], int | None] = lambda: None
        self.signals: list[str] = []

    def watch(self, patience: float | None = None, *, one_round: bool = False) -> Script:
        """Begin a wait: the script goes on where it is."""
        return self

    def step(self) -> Resting | None:
        """Do the next step; say that the program rests when there is none."""
        if self.steps:
            self.steps.pop(0)()
            return None
        last, self.last = self.last, None
        if last is not None:
            last()
        return Resting(self.proved)

    def describe(self, end: object) -> Message:
        """Say that the program rests."""
        return message("it rests")

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Let the script read; tell whether it has read ``sent`` bytes by now."""
        return None if self.reads is None else self.reads() >= sent

    def queued(self, local: Address, remote: Address) -> int | None:
        """Return what the script says of its queue."""
        return self.queue()

    def stop(self) -> None:
        """Remember the signal."""
        self.signals.append("stop")

    def go_on(self) -> None:
        """Remember the signal."""
        self.signals.append("go on")


class Conversation:
    """A connected peer, and the other end of its connection."""

    def __init__(self, ours: socket.socket, theirs: socket.socket, faults: tuple[Fault, ...]):
        self.script = Script()
        self.theirs = theirs
        theirs.settimeout(LIMIT)
        self.ours = ours
        self.peer = Peer(ours, 1, self.script, faults)
        self.pieces: list[bytes] = []

    def then(self, *steps: Step) -> Conversation:
        """Append steps to the script."""
        self.script.steps += steps
        return self

    def says(self, data: bytes) -> Step:
        """Return the step that sends ``data`` and sees it arrive."""

        def say() -> None:
            self.theirs.sendall(data)
            self.arrives()

        return say

    def finishes(self) -> None:
        """Send FIN and see it arrive."""
        self.theirs.shutdown(socket.SHUT_WR)
        self.arrives()

    def closes(self) -> None:
        """Close the other end and see it arrive: an RST when something was left unread."""
        self.theirs.close()
        self.arrives()

    def aborts(self) -> None:
        """Send RST and see it arrive."""
        self.theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.closes()

    def arrives(self) -> None:
        """Wait until something has come that the peer has not read."""
        assert select.select([self.ours], [], [], LIMIT)[0]

    def reads_pieces(self) -> int:
        """Read one piece; return how many bytes were read in all."""
        self.pieces.append(self.theirs.recv(65536))
        return len(b"".join(self.pieces))

    def received(self) -> bytes:
        """Return everything up to the end of the stream.

        Raises:
            ConnectionResetError: the peer has reset the connection.
        """
        found = bytearray()
        while data := self.theirs.recv(65536):
            found += data
        return bytes(found)

    @property
    def told(self) -> list[str]:
        """The names and sides of all events so far: ``peer sent``."""
        return [f"{event.side} {event.name}" for event in self.events]

    @property
    def events(self) -> list[Event]:
        """All events so far."""
        return self.script.transcript.events


@contextlib.contextmanager
def connected(*faults: Fault, host: str = "127.0.0.1") -> Iterator[Conversation]:
    """Yield a peer whose sends go through ``faults``, connected over loopback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        ours = socket.create_connection(listener.getsockname()[:2])
        theirs, _ = listener.accept()
    conversation = Conversation(ours, theirs, faults)
    with conversation.theirs:
        yield conversation
    ours.close()


def sent(both: Conversation) -> list[bytes]:
    """Return what the transcript says that the peer sent."""
    return [event.data for event in both.script.transcript.of(Sent) if event.side == "peer"]


class Datagrams:
    """A UDP peer of ours, and sockets of the test that it may talk to."""

    def __init__(self, ours: socket.socket, theirs: socket.socket, *, known: bool):
        self.script = Script()
        self.theirs = theirs
        theirs.settimeout(LIMIT)
        self._ours = ours
        remote = theirs.getsockname() if known else None
        self.peer = DatagramPeer([ours], 1, self.script, remote)

    def then(self, *datagrams: bytes) -> None:
        """Append steps to the script that send one of ``datagrams`` each."""
        self.script.steps += [self.says(data) for data in datagrams]

    def says(self, data: bytes) -> Step:
        """Return the step that sends ``data`` and sees it arrive."""

        def say() -> None:
            self.theirs.sendto(data, self._ours.getsockname())
            assert select.select([self._ours], [], [], LIMIT)[0]

        return say


@contextlib.contextmanager
def datagrams(*, known: bool = True) -> Iterator[Datagrams]:
    """Yield a UDP peer; ``known`` tells whether it knows the other end's address."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as theirs,
    ):
        ours.bind(("127.0.0.1", 0))
        theirs.bind(("127.0.0.1", 0))
        yield Datagrams(ours, theirs, known=known)
