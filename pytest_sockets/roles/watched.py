"""How a program under test is watched: the proofs that the wire asks for.

Holds the programs, the connections and the transcript of one attempt. Knows
queues, counters and threads. Does not expect anything of the program.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from ..findings import NotJudged
from ..kernel import processes
from ..kernel.sock_diag import Socket
from ..messages import Message, message
from ..programs.place import Place
from ..programs.program import Program
from ..programs.rest import WORK_LIMIT, Look, Rest, Watch, pauses
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Address, Called, Opened
from ..wire.surroundings import End
from ..wire.transcript import Transcript
from .state import OUR_SILENCE, describe, timed_out

WINDOW, IDLE = 0.5, 0.02
"""Seconds, and how much processor time in them is no work: steps may be as coarse as 10 ms."""

NOT_OURS = message("the target is a server that already runs: its process is not ours")

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
            raise NotJudged(NOT_OURS)
        return self.programs[-1]

    def watch(self, patience: float | None = None, *, one_round: bool = False) -> Watch | Alone:
        """Begin a wait for the program; see ``programs.rest.Watch``."""
        if not self.programs:
            return Alone(self.transcript, self.quiet)
        return Watch(self.program, self._look(), patience, one_round=one_round)

    def _until(self, condition: Callable[[], bool]) -> End | None:
        """Wait for ``condition``; return why the program will not meet it any more."""
        waiting, pause = self.watch(), pauses()
        while not condition():
            end = waiting.step()
            if end is not None and not condition():
                return end
            self.transcript.wait(condition, next(pause))
        return None

    def _settle(
        self, patience: float | None = None, *, one_round: bool = False, listening: bool = True
    ) -> Rest:
        """Return how the program rests; without ``listening`` a poll for clients is no rest."""
        look = self._look() if listening else replace(self._look(), listeners=frozenset)
        waiting, pause = Watch(self.program, look, patience, one_round=one_round), pauses()
        while True:
            rest = waiting.step()
            if rest is not None:
                return rest
            self.transcript.wait(lambda: not self.program.running, next(pause))

    def _look(self) -> Look:
        return Look(
            kernel=self.place.kernel,
            quiet=self.quiet,
            delivered=self._delivered,
            settle=self.place.settle if self._unacknowledged() else lambda: None,
            listeners=self._listening_descriptors,
            taken=self._all_taken,
        )

    def _listening_descriptors(self) -> frozenset[int]:
        """Return the descriptors on which the program waits for new connections."""
        return self.place.listening_descriptors(self.program)

    def _unacknowledged(self) -> bool:
        """Tell whether something was sent whose arrival the kernel's counters do not show."""
        return bool(self.datagram_peers) or any(peer.closed for peer in self.peers)

    def _delivered(self) -> bool:
        return all(self._delivered_to(peer) for peer in self.peers if not peer.closed)

    def _all_taken(self) -> int:
        """Return how many bytes the program has read of what was sent to it over TCP."""
        return sum(self._taken_from(peer) for peer in self.peers if not peer.closed)

    def _taken_from(self, peer: Peer) -> int:
        row = self._row(peer.remote, peer.local)
        return 0 if row is None else (row.bytes_received or 0) - row.receive_queue

    def _delivered_to(self, peer: Peer) -> bool:
        row = self._row(peer.remote, peer.local)
        if row is None or row.bytes_received is None:
            return True
        arrived = row.bytes_received >= peer.sent + peer.finished or row.receive_queue > 0
        return arrived and (row.send_queue == 0 or self._left_unread(peer))

    def _left_unread(self, peer: Peer) -> bool:
        """Tell whether the rest of what the program sends waits for us to read."""
        row = self._row(peer.local, peer.remote)
        return row is not None and row.receive_queue >= MUCH

    def _row(self, local: Address, remote: Address) -> Socket | None:
        """Return what the kernel counts of one end of a connection; None where it can't be seen."""
        return self.place.diag.lookup(local, remote) if self.place.diag else None

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Tell whether the program read all ``sent`` bytes of the connection."""
        if self.place.diag is None:
            return self._taken_by_trace(sent)
        row = self.place.diag.lookup(remote, local)
        if row is None or row.bytes_received is None:
            return False
        return row.receive_queue == 0 and row.bytes_received >= sent

    def _taken_by_trace(self, sent: int) -> bool | None:
        began = self.transcript.started
        calls = self.transcript.of(Called)
        reads = [call for call in calls if call.flow == "in" and call.at >= began]
        if not reads:
            return None
        return sum(call.size or 0 for call in reads) >= sent

    def _accepted_by_trace(self, peer: Peer) -> bool:
        """Tell whether accept returned as often as clients have come, up to ``peer``."""
        began = self.transcript.started
        come = [each for each in self.transcript.of(Opened) if each.at >= began]
        calls = [call for call in self.transcript.of(Called) if call.call == "accept"]
        returned = [call for call in calls if call.at >= began and not call.entered]
        accepted = sum(not call.error for call in returned)
        return accepted >= sum(each.connection <= peer.number for each in come)

    def queued(self, local: Address, remote: Address) -> int | None:
        """Return how many bytes wait unread for the program; None where it can't be seen."""
        row = self._row(remote, local)
        return None if row is None else row.receive_queue

    def held(self, peer: Peer) -> bool | None:
        """Tell whether a process holds the program's end; None where it can't be seen."""
        if self.place.diag is None:
            return self._held_by_a_process(peer)
        row = self.place.diag.lookup(peer.remote, peer.local)
        return row is not None and row.inode != 0

    def _held_by_a_process(self, peer: Peer) -> bool | None:
        """Tell the same of the program's processes, each of which is asked for what it holds."""
        if not self.programs:
            return None
        found = [processes.tcp_connections(pid) for pid in self.program.pids()]
        if None in found:
            return None
        ends = peer.remote[1], peer.local[1]
        return any(ends in connections for connections in found if connections)

    @property
    def sleep_shows(self) -> bool:
        """True where it is seen that the program sleeps, and not only that it is silent."""
        return self.place.kernel and bool(self.programs)

    def _expect_no_limit_ended_it(self) -> None:
        """Blame nothing on a program that ended only since we can't see when it rests.

        Raises:
            NotJudged: a time limit of its own was over while we waited.
        """
        if not self.place.kernel and self.programs and timed_out(self.program.stderr):
            raise NotJudged(OUR_SILENCE)

    def _seen_to_compute(self, end: End) -> End:
        """Return SPINNING for a silent program that keeps the processor busy, else ``end``."""
        if end is not Rest.SILENT or not self.programs:
            return end
        began = before = self._work()
        while self.program.running and before - began < WORK_LIMIT:
            self.transcript.wait(lambda: not self.program.running, WINDOW)
            now = self._work()
            if now - before < IDLE:
                return end
            before = now
        return Rest.SPINNING if self.program.running else end

    def _work(self) -> float:
        """Return the processor time of the program and all it started, in seconds."""
        total = 0.0
        for pid in self.program.pids():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                total += processes.cpu_time(pid)
        return total

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
        return describe(self.program, self._seen_to_compute(end), self.quiet)


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
