"""How a program under test is watched: the proofs that the wire asks for.

Holds the programs, the connections and the transcript of one attempt. Knows
queues, counters and threads. Does not expect anything of the program.
"""

from __future__ import annotations

from ..findings import NotJudged
from ..messages import Message, message
from ..programs.place import Place
from ..programs.program import Program
from ..programs.rest import Look, Rest, Watch
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Address, Called, Started
from ..wire.surroundings import End
from ..wire.transcript import Transcript
from .state import describe

MUCH = 32 * 1024
"""Bytes that we have left unread, from which on a program is held up by us: TCP's window."""


class Watched:
    """The programs of one place, their connections, and what can be seen of them.

    ``quiet`` is the time in seconds without an event that counts as rest where
    rest can't be proved.
    """

    def __init__(self, place: Place, quiet: float) -> None:
        self.place = place
        self.quiet = quiet
        self.transcript = Transcript()
        self.programs: list[Program] = []
        self.peers: list[Peer] = []
        self.datagram_peers: list[DatagramPeer] = []

    @property
    def program(self) -> Program:
        """The program that runs now, or ran last.

        Raises:
            NotJudged: the behaviour needs a process and the target has none of ours.
        """
        if not self.programs:
            raise NotJudged(
                message("the target is a server that already runs: its process is not ours")
            )
        return self.programs[-1]

    def watch(self, patience: float | None = None, *, one_round: bool = False) -> Watch | Alone:
        """Begin a wait for the program; see ``programs.rest.Watch``."""
        if not self.programs:
            return Alone(self.transcript, self.quiet)
        return Watch(self.program, self._look(), patience, one_round=one_round)

    def _look(self) -> Look:
        return Look(
            kernel=self.place.kernel,
            quiet=self.quiet,
            delivered=self._delivered,
            settle=self.place.settle if self._unacknowledged() else lambda: None,
            listeners=self._listening_descriptors,
        )

    def _listening_descriptors(self) -> frozenset[int]:
        """Return the descriptors on which the program waits for new connections."""
        return self.place.listening_descriptors(self.program)

    def _unacknowledged(self) -> bool:
        """Tell whether something was sent whose arrival the kernel's counters do not show."""
        return bool(self.datagram_peers) or any(peer.closed for peer in self.peers)

    def _delivered(self) -> bool:
        return all(self._delivered_to(peer) for peer in self.peers if not peer.closed)

    def _delivered_to(self, peer: Peer) -> bool:
        row = self.place.diag.lookup(peer.remote, peer.local) if self.place.diag else None
        if row is None or row.bytes_received is None:
            return True
        arrived = row.bytes_received >= peer.sent + peer.finished or row.receive_queue > 0
        return arrived and (row.send_queue == 0 or self._left_unread(peer))

    def _left_unread(self, peer: Peer) -> bool:
        """Tell whether the rest of what the program sends waits for us to read."""
        row = self.place.diag.lookup(peer.local, peer.remote) if self.place.diag else None
        return row is not None and row.receive_queue >= MUCH

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Tell whether the program read all ``sent`` bytes of the connection."""
        if self.place.diag is None:
            return self._taken_by_trace(sent)
        row = self.place.diag.lookup(remote, local)
        if row is None or row.bytes_received is None:
            return False
        return row.receive_queue == 0 and row.bytes_received >= sent

    def _taken_by_trace(self, sent: int) -> bool | None:
        began = max((event.at for event in self.transcript.of(Started)), default=0.0)
        calls = self.transcript.of(Called)
        reads = [call for call in calls if call.flow == "in" and call.at >= began]
        if not reads:
            return None
        return sum(call.size or 0 for call in reads) >= sent

    def queued(self, local: Address, remote: Address) -> int | None:
        """Return how many bytes wait unread for the program; None where it can't be seen."""
        row = self.place.diag.lookup(remote, local) if self.place.diag else None
        return None if row is None else row.receive_queue

    def held(self, peer: Peer) -> bool | None:
        """Tell whether a process holds the program's end; None where it can't be seen."""
        if self.place.diag is None:
            return None
        row = self.place.diag.lookup(peer.remote, peer.local)
        return row is not None and row.inode != 0

    def stop(self) -> None:
        """Stop the program (SIGSTOP) where that is possible."""
        if self.programs:
            self.place.stop(self.program)

    def go_on(self) -> None:
        """Let the stopped program go on."""
        if self.programs:
            self.place.go_on(self.program)

    def describe(self, end: End) -> Message:
        """Say what the program does now that it rests."""
        if not self.programs:
            return message("nothing more within {seconds} s", seconds=round(self.quiet, 2))
        return describe(self.program, end, self.quiet)


class Alone:
    """A wait for a program whose process can't be seen: only time passes."""

    def __init__(self, transcript: Transcript, quiet: float) -> None:
        self._transcript = transcript
        self._quiet = quiet
        self._began = transcript.now()

    def step(self) -> Rest | None:
        """Return SILENT when nothing happened for the quiet time."""
        events = self._transcript.events
        last = max(self._began, events[-1].at if events else 0.0)
        return Rest.SILENT if self._transcript.now() - last > self._quiet else None
