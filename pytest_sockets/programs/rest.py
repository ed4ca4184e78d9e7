"""When a program will do nothing more by itself: proved, or waited for.

Where the kernel shows what every thread waits in, rest is proved: all threads
are blocked without a time limit, everything that was sent to the program has
reached it, and nothing ran between two looks. Elsewhere a quiet time stands in,
and the verdict says that it rests on a deadline.

Knows threads, time and processor time. Does not know what the program should do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from ..kernel import processes, threads
from ..kernel.threads import Thread, Wait
from ..wire.events import Called, Event, Printed
from .program import TRACE, Program

SLEEP_LIMIT = 5.0
"""Seconds a sleeping program is waited for before its sleep is held against it."""

ROUND_LIMIT = 1.0
"""Seconds in which a program that sleeps or polls is seen to wake up once."""

WORK_LIMIT = 0.8
"""Seconds of processor time after which a program counts as spinning."""

KNOWN_LIMIT = 0.1
"""The same for a program that was seen to spin before."""

BABBLE = 80 * 1024
"""Bytes of output for a second of processor time with which a loop prints rather than computes.

It is waited for until it has printed more than anybody reads: that is a proof, and no deadline.
"""

WALL_LIMIT = 40.0
"""Seconds after which waiting ends in any case."""

SOCKET_LIMITS = ("SO_RCVTIMEO", "SO_SNDTIMEO")
"""Options that end a wait which looks endless (socket(7))."""

OUTPUTS = (1, 2)

FIRST_PAUSE, LAST_PAUSE = 0.0005, 0.02
"""Seconds between looks at a program, which cost processor time that it may need itself."""


class Rest(Enum):
    """Why nothing more will come from a program by itself."""

    ENDED = "ended"
    WAITING = "waiting"
    ASLEEP = "asleep"
    SPINNING = "spinning"
    SILENT = "silent"

    @property
    def proved(self) -> bool:
        """True when it is a proof, false when only time has passed."""
        return self in (Rest.ENDED, Rest.WAITING)


@dataclass(frozen=True)
class Look:
    """How to look at a program.

    ``kernel`` is true where threads can be seen; ``quiet`` is the time in
    seconds without an event that stands in elsewhere. ``delivered`` tells
    whether everything sent to the program has reached it and everything it
    sent has reached us, ``settle`` waits until packets under way have arrived;
    ``listeners`` returns the descriptors on which it
    only waits for new connections. ``taken`` counts the bytes that it has read of what was
    sent to it, as far as that can be seen.
    """

    kernel: bool
    quiet: float
    delivered: Callable[[], bool] = lambda: True
    settle: Callable[[], object] = lambda: None
    listeners: Callable[[], frozenset[int]] = frozenset
    taken: Callable[[], int] = lambda: 0


class Watch:
    """Looks at one program again and again until it rests.

    ``step`` is called in a loop by whoever waits for something; it never
    blocks. ``patience`` is how long, in seconds, a sleeping program is given
    from the first look at which it sleeps: on a busy machine it may come to that late.
    With ``one_round`` it is enough that each sleeping thread has woken once and
    sleeps again, or that it is known to sleep for longer than ``patience``:
    that does where nothing is held against the program.
    """

    def __init__(
        self,
        program: Program,
        look: Look,
        patience: float | None = None,
        *,
        one_round: bool = False,
    ) -> None:
        self._program = program
        self._look = look
        default = ROUND_LIMIT if one_round else SLEEP_LIMIT
        self._patience = default if patience is None else patience
        self._one_round = one_round
        self._began = time.monotonic()
        self._asleep: float | None = None
        self._first_runs: dict[int, int] = {}
        self._work: float | None = None
        self._printed = 0
        self._taken: int | None = None

    def step(self) -> Rest | None:
        """Return why the program rests, None while it may still do something."""
        program = self._program
        if not program.running:
            return self._left() if self._look.kernel else Rest.ENDED
        if not self._look.kernel:
            return self._silent()
        pids = program.pids()
        seen = threads.snapshot(pids)
        rest = self._judge(pids, seen) if seen else None
        if rest is None or rest is Rest.SPINNING:
            return rest
        if rest is Rest.ASLEEP and self._slept() > self._patience:
            return rest
        if self._unmoved(pids, seen):
            return rest
        return Rest.ASLEEP if self._waited() > WALL_LIMIT else None

    def _left(self) -> Rest | None:
        """Return that the program has ended, once what it sent has reached us."""
        self._look.settle()
        return Rest.ENDED if self._look.delivered() or self._waited() > WALL_LIMIT else None

    def _unmoved(self, pids: list[int], seen: tuple[Thread, ...]) -> bool:
        """Look again, with all packets delivered in between.

        The processes have to be the same, not only the threads: a child that
        was started after the first list and ended before the second look is in
        the second list, and its parent is about to hear of it.
        """
        self._look.settle()
        again = self._program.pids()
        return again == pids and threads.snapshot(again) == seen

    def _waited(self) -> float:
        return time.monotonic() - self._began

    def _slept(self) -> float:
        return 0.0 if self._asleep is None else time.monotonic() - self._asleep

    def _silent(self) -> Rest | None:
        transcript = self._program.transcript
        quiet = transcript.now() - self._last_news() > self._look.quiet
        return Rest.SILENT if quiet or self._waited() > WALL_LIMIT else None

    def _last_news(self) -> float:
        """Return when something happened last in this wait, or when it began.

        A program that polls begins calls, and calls fail, for ever: that is no news, nor is
        what it does again between them.
        """
        last, polls = self._began - self._program.transcript.opened, False
        known: set[object] = set()
        for event in self._program.transcript.events:
            if event.at < last:
                continue
            if isinstance(event, Called) and (event.entered or event.error):
                polls = polls or bool(event.error)
                continue
            done = _repeatable(event) if polls else None
            if done is None or done not in known:
                last = event.at
            known.add(done)
        return last

    def _judge(self, pids: list[int], seen: tuple[Thread, ...]) -> Rest | None:
        waited = self._waited()
        waits = [self._wait_of(thread) for thread in seen]
        if Wait.RUNNING in waits:
            return self._spinning(pids, waited)
        # What it has written tells of limits to its waits as well.
        if not (self._look.delivered() and self._program.caught_up):
            return Rest.ASLEEP if waited > WALL_LIMIT else None
        timed = [t for t, wait in zip(seen, waits, strict=True) if wait is Wait.TIMED]
        if not timed and not self._may_be_woken(pids):
            return Rest.WAITING
        if self._asleep is None:
            self._asleep = time.monotonic()
        if self._one_round and timed and all(self._woke(thread) for thread in timed):
            return Rest.ASLEEP
        return Rest.ASLEEP if self._slept() > self._patience else None

    def _may_be_woken(self, pids: list[int]) -> bool:
        """Tell whether a wait may end that has no limit by itself: by an alarm, or its socket's."""
        calls = self._program.transcript.of(Called)
        limited = any(
            limit in call.arguments
            for call in calls
            if call.call == "setsockopt"
            for limit in SOCKET_LIMITS
        )
        return limited or any(processes.awaits_alarm(pid) for pid in pids)

    def _wait_of(self, thread: Thread) -> Wait:
        if thread.call in threads.WRITES and thread.descriptor in (*OUTPUTS, TRACE):
            unread = self._program.unread(thread.descriptor)
            return Wait.FOREVER if unread else Wait.RUNNING
        timed = thread.wait is Wait.TIMED and bool(thread.descriptors)
        if timed and set(thread.descriptors) <= self._look.listeners():
            return Wait.FOREVER
        return thread.wait

    def _woke(self, thread: Thread) -> bool:
        if thread.limit is not None and thread.limit > self._patience:
            return True
        return thread.runs > self._first_runs.setdefault(thread.tid, thread.runs)

    def _spinning(self, pids: list[int], waited: float) -> Rest | None:
        work = sum(_work(pid) for pid in pids)
        if self._work is None or work < self._work:
            self._works_from(work)
        limit = KNOWN_LIMIT if self._program.spun else WORK_LIMIT
        used = work - (self._work or 0.0)
        if waited <= WALL_LIMIT:
            if used > limit / 2 and self._taken is None:
                # What is used up by now does not tell what it was used for.
                self._taken, self._work = self._look.taken(), work - limit / 2
                return None
            if used <= limit:
                return None
            if self._gets_on(used):
                self._works_from(work)
                return None
        self._program.spun = True
        return Rest.SPINNING

    def _works_from(self, work: float) -> None:
        self._work, self._printed, self._taken = work, self._program.printed, None

    def _gets_on(self, used: float) -> bool:
        """Tell whether it has read or printed something for the processor time it has used."""
        babbled = self._program.printed - self._printed > BABBLE * used
        return babbled or self._look.taken() > (self._taken or 0)


def _repeatable(event: Event) -> object:
    """Return what tells of a second event that it is the same again; None of one that moves bytes.

    Of what is printed it is which characters: there may be one more of them, or a count.
    """
    if isinstance(event, Called) and not event.flow:
        return event.call, event.line, event.arguments
    return frozenset(event.data) if isinstance(event, Printed) else None


def pauses() -> Iterator[float]:
    """Yield how many seconds to wait before each next look: longer and longer."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, LAST_PAUSE)


def _work(pid: int) -> float:
    try:
        return processes.cpu_time(pid)
    except ProcessLookupError:
        return 0.0


def asks(program: Program, look: Look) -> bool:
    """Tell whether the program waits for a line from the keyboard."""
    if look.kernel:
        return any(at_keyboard(program, t) for t in threads.snapshot(program.pids()))
    began = program.transcript.started
    calls = [c for c in program.transcript.of(Called) if c.call == "input" and c.at >= began]
    # Several threads may ask at once: which one a line goes to is the system's choice.
    return sum(1 if call.entered else -1 for call in calls) > 0


def at_keyboard(program: Program, thread: Thread) -> bool:
    """Tell whether it is blocked reading from the keyboard, or waiting for it among others.

    The descriptor may have any number: a program can open its keyboard once more, or copy it.
    """
    if thread.wait is Wait.RUNNING or thread.call not in threads.READS | threads.POLLS:
        return False
    return any(program.has_keyboard(thread.pid, each) for each in threads.polled(thread))
