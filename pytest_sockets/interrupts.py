"""Ctrl-C: while a class is graded the first ends the work in order, the second at once.

Knows signals, that Python loses an interrupt which comes while an object is finalized,
and that it may come where there is no line. Does not know what is interrupted.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

STATUS = 128 + signal.SIGINT
"""The exit status of whatever Ctrl-C has ended, as shells count."""


_PAUSE = 0.01
"""Seconds until it is sent again."""


class _Again:
    """An interrupt that comes once more: from a thread, until the main thread has taken it.

    One signal is not enough. Python may hear it just before the main thread begins to wait,
    and then that wait does not end. ``wanted`` is true until it was taken.
    """

    def __init__(self) -> None:
        self.wanted = False
        # So that none is sent once one was taken. It is taken in a handler, which another
        # signal may interrupt.
        self._sends = threading.RLock()

    def come(self) -> None:
        if not self.wanted:
            self.wanted = True
            _thread.start_new_thread(self._send, ())

    def taken(self) -> bool:
        """Send no more; return whether one was wanted."""
        with self._sends:
            wanted, self.wanted = self.wanted, False
        return wanted

    def _send(self) -> None:
        while self._sent():
            time.sleep(_PAUSE)

    def _sent(self) -> bool:
        with self._sends:
            if self.wanted:
                tell_main_thread(signal.SIGINT)
            return self.wanted


class _Interrupts:
    """What becomes of each interrupt; ``said`` is called before the second ends the process."""

    def __init__(self, said: Callable[[], object]) -> None:
        self.heard = False
        self.again = _Again()
        self._said = said
        self._hook = sys.unraisablehook

    def came(self, _number: int, frame: FrameType | None) -> None:
        if self.heard and not self.again.wanted:
            try:
                self._said()
            finally:
                os._exit(STATUS)
        self.heard = True
        if _is_in(frame, self.unraisable.__code__):
            self.again.come()
            return
        self.again.taken()
        raise KeyboardInterrupt

    def unraisable(self, what: Any) -> None:
        """Let an interrupt that nobody could be told of come once more."""
        if issubclass(what.exc_type, KeyboardInterrupt):
            self.again.come()
        else:
            self._hook(what)


def _is_in(frame: FrameType | None, code: CodeType) -> bool:
    while frame is not None and frame.f_code is not code:
        frame = frame.f_back
    return frame is not None


def tell_main_thread(number: signal.Signals) -> None:
    """Let the signal ``number`` come to the main thread; where the system can, it ends a wait."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(number)


@contextmanager
def interruptible(said: Callable[[], object]) -> Iterator[None]:
    """Raise KeyboardInterrupt for the first Ctrl-C, and end the process by the second.

    ``said`` is called before that, and has to be quick. Nothing changes outside of the
    main thread, and once it was left without an interrupt.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupts = _Interrupts(said)
    before, hook = signal.signal(signal.SIGINT, interrupts.came), sys.unraisablehook
    sys.unraisablehook = interrupts.unraisable
    try:
        yield
    finally:
        unheard = interrupts.again.taken()
        # While Python itself ends, an interrupt would only make it complain.
        signal.signal(signal.SIGINT, signal.SIG_DFL if interrupts.heard else before)
        sys.unraisablehook = hook
    if unheard:
        raise KeyboardInterrupt


@contextmanager
def put_off() -> Iterator[threading.Event]:
    """Let the first Ctrl-C only set the event that is given; a second one comes as ever.

    It is for what takes a moment and would be lost. Nothing changes outside of the main
    thread, nor where Ctrl-C is ignored.
    """
    heard = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield heard
        return

    def came(number: int, frame: FrameType | None) -> None:
        if heard.is_set():
            before(number, frame)
        heard.set()

    signal.signal(signal.SIGINT, came)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)


def only_at_lines() -> Callable[[], None]:
    """Raise KeyboardInterrupt where there is a line to be told; return what ends that.

    Between two lines, as where a frame begins, is where pytest can't show an exception: it
    ends with an error of its own. Nothing changes outside of the main thread, nor where
    Ctrl-C already means something else.
    """
    before = signal.getsignal(signal.SIGINT)
    main = threading.current_thread() is threading.main_thread()
    if not main or before is not signal.default_int_handler:
        return lambda: None
    again = _Again()

    def came(number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_lineno is None:
            again.come()
        else:
            again.taken()
            signal.default_int_handler(number, frame)

    def end() -> None:
        unheard = again.taken()
        if signal.getsignal(signal.SIGINT) is came:
            signal.signal(signal.SIGINT, before)
        if unheard:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, came)
    return end
