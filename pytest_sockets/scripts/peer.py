"""What the test holds of a scripted peer: its transcript, its progress, its end.

Knows threads and how they are woken up. Does not know sockets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from pytest_sockets.findings import Finding, Misuse, must_be
from pytest_sockets.kernel.readiness import LONGEST
from pytest_sockets.messages import message, translatable
from pytest_sockets.wire.transcript import Transcript

from .play import Mismatch, Play, Progress

PATIENCE = 10.0
"""Seconds that a script waits for each next step of the other side."""

_P = TypeVar("_P", bound="ScriptedPeer")


class ScriptedPeer:
    """A peer that plays a script in the background, until ``stop``. A context manager.

    ``transcript`` is the record of the exchange: we are ``peer`` in it, the code
    under test is ``program``. Leaving the context waits for the end of the
    script, and raises the Finding of a step that was not met. ``patience`` is in
    seconds; more than a day is taken for a day.
    """

    name = translatable("scripted peer")

    def __init__(self, scripts: int, patience: float) -> None:
        must_be(float, patience=patience)
        if not patience > 0:
            raise Misuse(
                message("patience: it lasts more than 0 seconds, not {given}", given=patience)
            )
        self.transcript = Transcript()
        self._patience = min(patience, LONGEST)
        self._progress = Progress(scripts)
        self._plays: list[Play] = []
        self._threads: list[threading.Thread] = []
        self._stopped = False

    @property
    def mismatch(self) -> Mismatch | None:
        """The first step that was not met, None while all were."""
        return self._progress.mismatch

    @property
    def over(self) -> bool:
        """True when all steps were played, or one was not met."""
        return self._progress.over

    def wait(self) -> None:
        """Wait until the script was played to its end.

        Each step of the other side, a connection too, is waited for up to ``patience`` seconds.

        Raises:
            Finding: a step was not met.
            NotJudged: a step can't be played on this system.
        """
        __tracebackhide__ = True
        self._wait_connected()
        self._progress.wait(lambda: self._progress.over, None)
        self.raise_what_went_wrong()

    def raise_what_went_wrong(self) -> None:
        """Raise what the script came upon, if anything.

        Raises:
            Finding: a step was not met.
            NotJudged: a step can't be played on this system.
        """
        __tracebackhide__ = True
        progress = self._progress
        for wrong in (progress.error, progress.reason):
            if wrong is not None:
                raise wrong
        if progress.mismatch is not None:
            raise progress.mismatch.finding

    def wait_held(self) -> None:
        """Wait until the script has come to a Hold; ``patience`` seconds for each step before.

        Raises:
            Finding: a step before was not met, or there is no Hold left.
        """
        __tracebackhide__ = True
        progress = self._progress
        self._wait_connected()
        progress.wait(lambda: bool(progress.holding) or progress.over, None)
        self.raise_what_went_wrong()
        if not progress.holding:
            raise Finding(
                message("the script comes to a Hold()"), message("it was played to its end")
            )

    def go_on(self) -> None:
        """Let the script go on behind the Hold that it has come to, or will come to next."""
        self._progress.let_pass()
        for play in list(self._plays):
            play.near.bell.ring()

    def wait_over_or_held(self) -> None:
        """Wait until nothing more is played unless the test calls ``go_on()``."""
        progress = self._progress
        self._wait_connected()
        progress.wait(lambda: progress.over or progress.held, None)

    def conclude(self) -> None:
        """Wait for the end of the script, when nobody will call ``go_on()`` any more.

        A Hold that is the last step is met by that; one with steps behind it is a mismatch.

        Raises:
            Finding: a step was not met.
            NotJudged: a step can't be played on this system.
        """
        __tracebackhide__ = True
        self.wait_over_or_held()
        held = [play for play in self._plays if play.holds]
        for play in held:
            if not play.at_the_last_step:
                finding = Finding(message("go_on() is called"), message("the test is over"))
                self._progress.fail(Mismatch(play.step, finding))
        self.raise_what_went_wrong()
        for _ in held:
            self.go_on()
        self.wait()

    def settle(self) -> None:
        """Wait until what has arrived by now was looked at."""
        plays = list(self._plays)
        for play in plays:
            play.near.look_again()
        for play in plays:
            play.near.looked.wait(self._patience)

    def stop(self) -> None:
        """End the script where it is, and all threads: what was not played is not missed.

        Stopping twice does nothing.
        """
        self._stopped = True
        self._let_go()
        for play in list(self._plays):
            play.near.end()
        # A thread may start another one before it ends.
        while self._threads:
            self._threads.pop().join()
        self._progress.end()

    def _let_go(self) -> None:
        """Wake up whoever waits for a connection, and take none from now on."""

    def _wait_connected(self) -> None:
        """Wait until every script has its connection, or it is clear that one has none."""

    def _start(self, function: Callable[[], None]) -> None:
        thread = threading.Thread(target=function, name="pytest-sockets-script", daemon=True)
        thread.start()
        self._threads.append(thread)

    def __enter__(self: _P) -> _P:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True
        try:
            if kind is None:
                self.conclude()
        finally:
            self.stop()
