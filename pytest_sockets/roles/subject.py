"""The program under test in one attempt at one behaviour.

Holds what server and client have in common: what is expected of any program
(that it prints, waits, ends). Does not know the exercise beyond its profile,
nor points.
"""

from __future__ import annotations

import math
import random
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from ..exercises import Profile
from ..findings import Finding, NotJudged
from ..messages import Message, message, translatable, what_was_printed
from ..programs import untrusted
from ..programs.child_process import ZONE
from ..programs.place import Place
from ..programs.rest import Rest
from ..wire.connection import Peer
from ..wire.events import Called, Event, Exited
from ..wire.surroundings import End
from .ease import Ease
from .keyboard import Asking
from .payloads import Payloads
from .state import blocked_sending, crashed, on_screen
from .watched import NOT_OURS

PATIENT = 2.0

POLLED, MANY = "BlockingIOError", 100
"""How a call says that there is nothing yet, and so many calls in vain as only a loop makes."""

KILLED = translatable("killed")

_S = TypeVar("_S", bound="Subject")


class Subject(Asking, Payloads):
    """One program in one place; ``profile`` says which conversation is usual for it.

    ``quiet`` is the time in seconds without an event that counts as rest where
    rest can't be proved. ``taken_down`` is when we ended it, in seconds of the
    transcript's clock: what came after that is not its doing.
    """

    def __init__(self, place: Place, profile: Profile, chance: random.Random, quiet: float) -> None:
        Asking.__init__(self, place, quiet)
        Payloads.__init__(self, chance)
        self.profile = profile
        self.ease = Ease()
        self.taken_down = math.inf
        # Files that the contract promises lie there before the program starts.
        if place.target.kind != "address":
            profile.facts.get("prepare", lambda _: None)(self)

    @property
    def parts(self) -> tuple[Subject, ...]:
        """The programs that are asked together: this one alone."""
        return (self,)

    @property
    def events(self) -> list[Event]:
        """The story so far."""
        return self.transcript.events

    @property
    def folder(self) -> Path:
        """The program's working directory, thrown away afterwards.

        Raises:
            NotJudged: the program is a server that already runs: nor is its folder ours.
        """
        if self.place.target.kind == "address":
            raise NotJudged(NOT_OURS)
        return self.place.folder.work

    def stored(self, name: str) -> bytes | None:
        """Return what the file ``name`` in the program's folder holds; None if there is none."""
        return untrusted.read(self.folder, name)

    def put(self, name: str, content: bytes) -> None:
        """Put a file into the program's folder, in the place of what it has under that name."""
        if (self.folder / name).is_dir():
            self.remove(name)
        untrusted.write(self.folder, name, content)

    def remove(self, name: str) -> None:
        """Remove what the program's folder has under ``name``, a file or a folder, if anything."""
        try:
            (self.folder / name).unlink()
        except OSError:
            untrusted.remove(self.folder / name)

    def clock(self) -> datetime:
        """Return the local time that the program's clock shows, without a zone.

        A server that already runs shows this machine's, programs of ours that of ``ZONE``.
        """
        if self.place.target.kind == "address":
            return datetime.now()
        return datetime.now(ZONE).replace(tzinfo=None)

    # The program

    def end(self) -> None:
        """Let go of all connections and take the program down."""
        # What it wrote while it was asked is told of it, also when it is read only now.
        for program in self.programs:
            program.read_up()
        self.taken_down = min(self.taken_down, self.transcript.now())
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
            Exited(at=self.transcript.now(), side="program", status=-9, note=KILLED)
        )

    def state(self) -> Message:
        """Say what the program does now, or how it ended."""
        return self.describe(self._settle(one_round=True))

    def expect_exit(self, *statuses: int) -> None:
        """Expect that the program ends by itself with one of ``statuses``, by default 0."""
        program, wanted = self.program, statuses or (0,)
        end = self._settle()
        expected = message("the program ends by itself with status {status}", status=wanted[0])
        if program.status is None:
            raise Finding(expected, self.describe(end), rests_on_deadline=not end.proved)
        if program.status not in wanted:
            raise Finding(expected, self.describe(Rest.ENDED))

    def expect_ends(self) -> None:
        """Expect that the program ends by itself, with whatever status."""
        end = self._settle()
        if self.program.status is None:
            raise Finding(
                message("the program ends by itself"),
                self.describe(end),
                rests_on_deadline=not end.proved,
            )

    def expect_running(self) -> None:
        """Expect that the program is alive and waits, without an error.

        Work is none of its waiting, but see ``expect_no_work``.
        """
        settled = self._settle(patience=PATIENT, one_round=True, listening=False)
        end = self._seen_to_compute(settled)
        if end is Rest.ENDED or (end is Rest.SPINNING and not self._has_let_go()):
            raise Finding(
                message("the program stays alive and waits"),
                self.describe(end),
                rests_on_deadline=not end.proved,
            )

    def expect_no_work(self) -> None:
        """Expect that the program comes to rest, or ends, instead of computing on.

        One that polls computes always: it is not kept busy by who has left once it has let go.
        """
        end = self._seen_to_compute(self._settle(one_round=True))
        if self.program.flooding or (end is Rest.SPINNING and not self._has_let_go()):
            raise self._is_busy(end)

    def _has_let_go(self) -> bool:
        """Tell whether the program has closed the connections that are over, and left them alone.

        False where none is over. That it goes on with one that was reset, or is closed, is told
        by its trace alone.
        """
        left = [peer for peer in self.peers if peer.finished or peer.closed or peer.over]
        vain = sum(_is_vain(call) for call in self.transcript.of(Called))
        return bool(left) and vain < MANY and not any(self._may_hold(peer) for peer in left)

    def _may_hold(self, peer: Peer) -> bool:
        held = self.held(peer)
        return not peer.over if held is None else held

    def expect_patience(self, end: End) -> None:
        """Expect that the rest that was found is no endless computing or printing."""
        if not self.programs:
            return
        end = self._seen_to_compute(end)
        if end is Rest.SPINNING or self.program.flooding:
            raise self._is_busy(end)

    def _is_busy(self, end: End) -> Finding:
        return Finding(
            message("the program waits without keeping the processor busy"),
            self.describe(end),
            rests_on_deadline=not end.proved and not self.program.flooding,
        )

    def come_to_rest(self) -> None:
        """Wait until the program has done what the last event made it do; judge nothing."""
        if self.programs and self.program.running:
            self._settle(one_round=True)
            self._expect_no_limit_ended_it()

    def hold_back(self, seconds: float) -> None:
        """Read nothing that the program sends, for ``seconds`` or until that blocks it for good."""
        until = self.transcript.now() + seconds
        while self.program.running and self.transcript.now() < until:
            # What it wrote before it was blocked has to be known by then.
            if self.place.kernel and blocked_sending(self.program) and self.program.caught_up:
                return
            self.transcript.wait(lambda: not self.program.running, 0.002)

    def holds(self, peer: Peer) -> bool:
        """Tell whether the program, once it rests, still has its end of the connection open.

        An end that has only said that it is finished (half-close) is open.
        """
        if self._settle(one_round=True) is Rest.ENDED:
            return False
        held = self.held(peer)
        return not peer.was_reset if held is None else held

    def instead(self) -> Message | None:
        """Say what the program does in place of its role; None where that shows otherwise."""
        return None

    def crash(self) -> str | None:
        """Return the error of the last traceback that the program printed, None without one.

        What the program is about to print is waited for.
        """
        self.come_to_rest()
        return crashed(self.program.stderr)

    @property
    def screen(self) -> bytes:
        """What the program shows, on stdout or stderr, without a traceback and without colours."""
        return on_screen(self.program)

    def expect_printed(self, *wanted: bytes, hint: Message | None = None) -> None:
        """Expect all of ``wanted`` in what the program printed, wherever and however worded."""
        end = self._until(lambda: all(text in self.screen for text in wanted))
        if end is None:
            return
        missing = next(text for text in wanted if text not in self.screen)
        raise Finding(
            hint or message("{text} in what the program prints", text=_readable(missing)),
            what_was_printed(self.screen),
            rests_on_deadline=not end.proved,
        )

    def printed(self, text: bytes) -> bool:
        """Tell whether the program has printed ``text`` by the time it rests."""
        return self._until(lambda: text in self.screen) is None


def _is_vain(call: Called) -> bool:
    """Tell whether a call has failed, or has returned the end of the stream."""
    if call.error:
        return not call.error.startswith(POLLED)
    return call.flow == "in" and call.size == 0


def _readable(data: bytes) -> str:
    return data.decode("utf-8", "replace")
