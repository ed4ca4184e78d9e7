"""The program under test in one attempt at one behaviour.

Holds what server and client have in common: random payloads, the transcript,
the proofs that the wire asks for, and what is said of a program that rests.
Does not know the exercise beyond its profile, nor points.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from ..exercises import Profile
from ..findings import Finding, NotJudged
from ..kernel import threads
from ..messages import Message, message
from ..programs.place import Place
from ..programs.program import Program
from ..programs.rest import KEYBOARD, Look, Rest, Watch, asks
from ..wire.connection import Peer
from ..wire.datagrams import DatagramPeer
from ..wire.events import Address, Asked, Called, Exited
from ..wire.surroundings import End
from ..wire.transcript import Transcript

PATIENT = 2.0
CHINESE = "套接字服务器端客户网络编程数据报文缓冲区你好世界粘包监听连接"

WAITS = (
    (threads.READS, "recv", message("the program waits for bytes in recv")),
    (threads.WRITES, "send", message("the program is blocked sending")),
    (threads.ACCEPTS, "accept", message("the program waits for a client in accept")),
)

_S = TypeVar("_S", bound="Subject")


class Subject:
    """One program in one place; ``profile`` says which conversation is usual for it.

    ``quiet`` is the time in seconds without an event that counts as rest where
    rest can't be proved.
    """

    def __init__(self, place: Place, profile: Profile, chance: random.Random, quiet: float) -> None:
        self.place = place
        self.profile = profile
        self.chance = chance
        self.quiet = quiet
        self.transcript = Transcript()
        self.programs: list[Program] = []
        self.peers: list[Peer] = []
        self.datagram_peers: list[DatagramPeer] = []

    @property
    def folder(self) -> Path:
        """The program's working directory, thrown away afterwards."""
        return self.place.folder.work

    # Payloads that no program can know

    def digits(self, count: int = 8) -> bytes:
        """Return ``count`` random digits: neutral traffic, the same in every encoding and case."""
        return "".join(self.chance.choices(string.digits, k=count)).encode()

    def letters(self, count: int = 8) -> bytes:
        """Return ``count`` random letters of both cases."""
        return "".join(self.chance.choices(string.ascii_letters, k=count)).encode()

    def chinese(self, count: int = 8) -> str:
        """Return ``count`` random Chinese characters (3 bytes each in UTF-8)."""
        return "".join(self.chance.choices(CHINESE, k=count))

    # The program

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

    def end(self) -> None:
        """Let go of all connections and take the program down."""
        for program in self.programs:
            program.end()
        for peer in self.peers:
            peer.close()
        for datagram_peer in self.datagram_peers:
            datagram_peer.close()

    def __enter__(self: _S) -> _S:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def kill(self) -> None:
        """Kill the program with all it started; its sockets close as the system closes them."""
        self.program.end()
        self.transcript.add(
            Exited(at=self.transcript.now(), side="program", status=-9, note="killed")
        )

    def type(self, line: str) -> None:
        """Wait until the program asks for a line from the keyboard, and type ``line``."""
        self.expect_asks()
        self.program.type(line)

    def type_ahead(self, *lines: str) -> None:
        """Type ``lines`` at once, as soon as the program asks for the first."""
        self.expect_asks()
        self.program.type("\n".join(lines))

    def state(self) -> Message:
        """Say what the program does now, or how it ended."""
        return self.describe(self._settle(one_round=True))

    def expect_asks(self) -> None:
        """Expect that the program waits for a line from the keyboard."""
        end = self._until_it_asks()
        if end is not None:
            raise Finding(
                message("the program asks for a line from the keyboard"),
                self.describe(end),
                rests_on_deadline=not end.proved,
            )
        self.transcript.add(Asked(at=self.transcript.now(), side="program"))

    def asks(self) -> bool:
        """Tell whether the program waits for a line from the keyboard, once it rests."""
        return self._until_it_asks() is None

    def _until_it_asks(self) -> End | None:
        waiting, look = self.watch(), self._look()
        while not asks(self.program, look):
            end = waiting.step()
            if end is not None and not asks(self.program, look):
                return end
            self.transcript.wait(lambda: False, 0.0005)
        return None

    def expect_exit(self, *statuses: int) -> None:
        """Expect that the program ends by itself with one of ``statuses``, by default 0."""
        program, wanted = self.program, statuses or (0,)
        end = self._settle()
        expected = message("the program ends by itself with status {status}", status=wanted[0])
        if program.status is None:
            raise Finding(expected, self.describe(end), rests_on_deadline=not end.proved)
        if program.status not in wanted:
            raise Finding(expected, self.describe(Rest.ENDED))

    def expect_running(self) -> None:
        """Expect that the program is alive and waits, without work and without an error."""
        end = self._settle(patience=PATIENT, one_round=True, listening=False)
        if end is Rest.ENDED or end is Rest.SPINNING:
            raise Finding(
                message("the program stays alive and waits"),
                self.describe(end),
                rests_on_deadline=not end.proved,
            )

    def expect_no_work(self) -> None:
        """Expect that the program comes to rest, or ends, instead of computing on."""
        self.expect_patience(self._settle(one_round=True))

    def expect_patience(self, end: End) -> None:
        """Expect that the rest that was found is no endless computing or printing."""
        if end is Rest.SPINNING or self.program.flooding:
            raise Finding(
                message("the program waits without keeping the processor busy"),
                self.describe(end),
                rests_on_deadline=not end.proved and not self.program.flooding,
            )

    def come_to_rest(self) -> None:
        """Wait until the program has done what the last event made it do; judge nothing."""
        if self.programs:
            self._settle(one_round=True)

    def holds(self, peer: Peer) -> bool:
        """Tell whether the program, once it rests, still has its end of the connection open.

        An end that has only said that it is finished (half-close) is open.
        """
        if self._settle(one_round=True) is Rest.ENDED:
            return False
        if self.place.diag is None:
            return not peer.was_reset
        row = self.place.diag.lookup(peer.remote, peer.local)
        return row is not None and row.inode != 0

    def crash(self) -> str | None:
        """Return the error of the last traceback that the program printed, None without one.

        What the program is about to print is waited for.
        """
        self.come_to_rest()
        return crashed(self.program.stderr)

    def expect_printed(self, *wanted: bytes, hint: Message | None = None) -> None:
        """Expect all of ``wanted`` in what the program printed, wherever and however worded."""
        end = self._until(lambda: all(self._shows(text) for text in wanted))
        if end is None:
            return
        missing = next(text for text in wanted if not self._shows(text))
        raise Finding(
            hint or message("{text} in what the program prints", text=_readable(missing)),
            message("it printed {data}", data=self.program.stdout[-200:])
            if self.program.stdout
            else message("it printed nothing"),
            rests_on_deadline=not end.proved,
        )

    def printed(self, text: bytes) -> bool:
        """Tell whether the program has printed ``text`` by the time it rests."""
        return self._until(lambda: self._shows(text)) is None

    def _shows(self, text: bytes) -> bool:
        return text in re.sub(rb"\x1b\[[0-9;]*m", b"", self.program.stdout)

    def _until(self, condition: Callable[[], bool]) -> End | None:
        """Wait for ``condition``; return why the program will not meet it any more."""
        waiting = self.watch()
        while not condition():
            end = waiting.step()
            if end is not None and not condition():
                return end
            self.transcript.wait(condition, 0.001)
        return None

    def _settle(
        self, patience: float | None = None, *, one_round: bool = False, listening: bool = True
    ) -> Rest:
        """Return how the program rests; without ``listening`` a poll for clients is no rest."""
        look = self._look() if listening else replace(self._look(), listeners=frozenset)
        waiting = Watch(self.program, look, patience, one_round=one_round)
        while True:
            rest = waiting.step()
            if rest is not None:
                return rest
            self.transcript.wait(lambda: not self.program.running, 0.001)

    # What the wire asks

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
            listeners=lambda: self.place.listening_descriptors(self.program),
        )

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
        return arrived and row.send_queue == 0

    def taken(self, local: Address, remote: Address, sent: int) -> bool | None:
        """Tell whether the program read all ``sent`` bytes of the connection."""
        if self.place.diag is None:
            return self._taken_by_trace(sent)
        row = self.place.diag.lookup(remote, local)
        if row is None or row.bytes_received is None:
            return False
        return row.receive_queue == 0 and row.bytes_received >= sent

    def _taken_by_trace(self, sent: int) -> bool | None:
        reads = [call for call in self.transcript.of(Called) if call.flow == "in"]
        if not reads:
            return None
        return sum(call.size or 0 for call in reads) >= sent

    def queued(self, local: Address, remote: Address) -> int | None:
        """Return how many bytes wait unread for the program; None where it can't be seen."""
        row = self.place.diag.lookup(remote, local) if self.place.diag else None
        return None if row is None else row.receive_queue

    def stop(self) -> None:
        """Stop the program (SIGSTOP) where that is possible."""
        if self.programs:
            self.place.stop(self.program)

    def go_on(self) -> None:
        """Let the stopped program go on."""
        if self.programs:
            self.place.go_on(self.program)

    # What is said of it

    def describe(self, end: End) -> Message:
        """Say what the program does now that it rests."""
        if end is Rest.ENDED:
            return _ended(self.program)
        if end is Rest.SPINNING:
            return message("the program keeps computing and does not come back to the conversation")
        if end is Rest.SILENT:
            return message("nothing more within {seconds} s", seconds=round(self.quiet, 2))
        if end is Rest.ASLEEP:
            return message("the program sleeps, or waits with a time limit over and over")
        return self._waits_in()

    def _waits_in(self) -> Message:
        if self.program.flooding:
            return message("the program prints without end (more than 1 MiB was not read)")
        blocked = threads.snapshot(self.program.pids())
        for calls, traced, text in WAITS:
            for thread in blocked:
                if thread.call in calls and thread.descriptor != KEYBOARD:
                    return self._at_line(text, traced)
        if any(t.call in threads.READS and t.descriptor == KEYBOARD for t in blocked):
            return self._at_line(message("the program waits for the keyboard"), "input")
        return message("the program waits and does nothing more")

    def _at_line(self, what: Message, traced: str) -> Message:
        """Add the line of the last such call that began and did not return."""
        entered = [
            call
            for call in self.transcript.of(Called)
            if call.entered and call.file and call.call.startswith(traced)
        ]
        if not entered:
            return what
        last = entered[-1]
        return message("{what} ({file}:{line})", what=what, file=last.file, line=last.line)


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


def _ended(program: Program) -> Message:
    crash = crashed(program.stderr)
    if crash is not None:
        return message("the program crashed: {error}", error=crash)
    if program.status is not None and program.status < 0:
        return message("the program was ended by signal {number}", number=-program.status)
    return message("the program ended with status {status}", status=program.status)


def crashed(stderr: bytes) -> str | None:
    """Return the last line of the last traceback in ``stderr``, None without one."""
    text = stderr.decode("utf-8", "replace")
    if (
        "Traceback (most recent call last)" not in text
        and "SyntaxError" not in text
        and ("IndentationError" not in text and "TabError" not in text)
    ):
        return None
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z_][\w.]*(:|$)", line)]
    return lines[-1].strip() if lines else None


def _readable(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def reachable(address: Address) -> Address:
    """Return the address under which a socket bound to ``address`` can be reached from here."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])  # noqa: S104
    return host, address[1]
