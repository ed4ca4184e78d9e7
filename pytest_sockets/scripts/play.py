"""Plays one script with one peer, step by step, in a thread of its own.

Knows where in the script it is, and why it ended. Does not know where the
connection comes from.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pytest_sockets.faults import Fault, HalfClose
from pytest_sockets.faults.fault import Step
from pytest_sockets.findings import Finding, NotJudged
from pytest_sockets.messages import Message

from .near import Near
from .peers import Speaker, StreamSpeaker
from .steps import Expect, ExpectEnd, ExpectReset, Hold, Say, Script, Silence, named


class Ended(Exception):  # noqa: N818 - it is no error
    """The test is over before the script is."""


@dataclass(frozen=True)
class Mismatch:
    """A step that was not met; ``step`` names it, ``finding`` says how."""

    step: Message
    finding: Finding


class Progress:
    """How far the scripts of one peer are, told to whoever waits for it."""

    def __init__(self, scripts: int) -> None:
        self.left = scripts
        self.holding = 0
        self.mismatch: Mismatch | None = None
        self.reason: NotJudged | None = None
        self.error: BaseException | None = None
        self._passes = 0
        self._changed = threading.Condition()

    @property
    def over(self) -> bool:
        """True when nothing more is played, or something went wrong."""
        return self.left <= 0 or self.failed

    @property
    def failed(self) -> bool:
        """True when something went wrong."""
        return any((self.mismatch, self.reason, self.error))

    def tell(self, change: Callable[[], object]) -> None:
        """Make a ``change`` and wake up whoever waits for one."""
        with self._changed:
            change()
            self._changed.notify_all()

    def wait(self, condition: Callable[[], bool], timeout: float | None) -> bool:
        """Wait up to ``timeout`` seconds for ``condition``; None waits as long as it takes."""
        with self._changed:
            return self._changed.wait_for(condition, timeout)

    def fail(self, mismatch: Mismatch) -> None:
        """Keep the first mismatch."""
        self.tell(lambda: setattr(self, "mismatch", self.mismatch or mismatch))

    def done(self) -> None:
        """One script was played to its end."""
        self.tell(lambda: setattr(self, "left", self.left - 1))

    def end(self) -> None:
        """Nothing more is played, also where nobody ever came."""
        self.tell(lambda: setattr(self, "left", 0))

    @property
    def held(self) -> bool:
        """True when all that is left is at a Hold, and nothing lets it go on."""
        return self.holding >= self.left and not self._passes

    def hold(self, more: int = 1) -> None:
        """One script ``more`` has come to a Hold; -1 when it was stopped there."""
        self.tell(lambda: setattr(self, "holding", self.holding + more))

    def let_pass(self) -> None:
        """Let one Hold go on: the one that holds now, or the next."""
        self.tell(lambda: setattr(self, "_passes", self._passes + 1))

    def may_pass(self) -> bool:
        """Take one permission to go on behind a Hold, if there is one."""
        with self._changed:
            if not self._passes:
                return False
            self._passes -= 1
            self.holding -= 1
            return True


class Play:
    """One script, one peer. ``place`` is the index of the step that is being played.

    ``holds`` is true while that is a Hold which waits to go on.
    """

    def __init__(
        self,
        script: Script,
        speaker: Speaker,
        near: Near,
        progress: Progress,
        name: str = "script",
        faults: Sequence[Fault] = (),
    ) -> None:
        self.near = near
        self.place = 0
        self.holds = False
        self._script = script
        self._speaker = speaker
        self._progress = progress
        self._name = name
        self._faults = tuple(faults)

    @property
    def step(self) -> Message:
        """Which step is being played."""
        place = min(self.place, len(self._script) - 1)
        return named(place, self._script[place], self._name)

    @property
    def at_the_last_step(self) -> bool:
        """True when no step is behind the one that is being played."""
        return self.place == len(self._script) - 1

    def run(self) -> None:
        """Play the script; what goes wrong is kept in the progress, never raised."""
        try:
            for place, step in enumerate(self._script):
                self.place = place
                self._do(step)
            self._speaker.close()
        except Ended:
            self._speaker.abandon()
        except Finding as finding:
            self._mismatch(finding)
        except NotJudged as reason:
            self._speaker.abandon()
            self._progress.tell(partial(setattr, self._progress, "reason", reason))
        except BaseException as error:  # noqa: BLE001 - raised again where the test waits
            self._speaker.abandon()
            self._progress.tell(partial(setattr, self._progress, "error", error))
        finally:
            self.near.close()
            self._progress.done()

    def _mismatch(self, finding: Finding) -> None:
        if not self.near.stopped:
            self._progress.fail(Mismatch(self.step, finding))
        self._speaker.abandon()

    def _do(self, step: Step) -> None:
        if isinstance(step, Say):
            self._speaker.say(step.pieces, (*step.faults, *self._faults))
        elif isinstance(step, Expect):
            self._speaker.meet(step.what)
        elif isinstance(step, Hold):
            self._hold()
        elif isinstance(step, Silence):
            self._speaker.silence(step.seconds)
        else:
            self._end(step)
        if self.near.stopped:
            raise Ended

    def _end(self, step: Step) -> None:
        stream = self._speaker
        if not isinstance(stream, StreamSpeaker):
            raise TypeError(f"{step} needs a stream")
        if isinstance(step, ExpectEnd):
            stream.expect_end()
        elif isinstance(step, ExpectReset):
            stream.expect_reset()
        elif isinstance(step, HalfClose):
            stream.finish()
        else:
            stream.reset()

    def _hold(self) -> None:
        progress, near = self._progress, self.near
        self.holds = True
        progress.hold()
        while not progress.may_pass():
            if near.stopped:
                progress.hold(-1)
                break
            near.bell.wait()
            near.heard()
        self.holds = False
