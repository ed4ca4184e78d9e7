"""On which of its lines a program is that waits in no call of a socket.

Asks the interpreter of the program by a signal, which its main thread answers
between two of its own steps: a wait goes on afterwards as before (PEP 475). Only
Python programs answer, and where there is no SIGUSR1 none does. The answer
explains and never decides.
"""

from __future__ import annotations

import contextlib
import os
import signal

from ..kernel import processes, threads
from ..kernel.threads import Thread, Wait
from ..messages import Message, message
from ..programs.calls import HERE
from ..programs.program import Program
from ..wire.events import Called

SLEEPS = frozenset({"nanosleep", "clock_nanosleep"})

ANSWER_LIMIT = 2.0
"""Seconds in which a program says where it is, if it ever does."""


def where(program: Program) -> Called | None:
    """Return the line of its own on which the program's main thread is; None without an answer."""
    if not program.traced or not program.running or not hasattr(signal, "SIGUSR1"):
        return None
    begun = program.transcript.now()
    with contextlib.suppress(OSError):
        os.kill(program.pid, signal.SIGUSR1)
    program.transcript.wait(lambda: _told_since(program, begun) is not None, ANSWER_LIMIT)
    return _told_since(program, begun)


def _told_since(program: Program, begun: float) -> Called | None:
    told = [each for each in program.transcript.of(Called) if each.call == HERE and each.file]
    return told[-1] if told and told[-1].at >= begun else None


def asleep(program: Program) -> Message:
    """Say in what the program sleeps, and on which line where its main thread does."""
    found = threads.snapshot(program.pids())
    timed = [thread for thread in found if thread.wait is Wait.TIMED]
    what = message("the program sleeps, or waits with a time limit over and over")
    if timed and all(_sleeps(thread) for thread in timed):
        what = message("the program is asleep")
    elif timed and all(thread.call in threads.POLLS for thread in timed):
        what = message("the program waits with a time limit, over and over")
    main = [thread for thread in timed if thread.tid == program.pid]
    return at_its_line(program, what) if main else what


def _sleeps(thread: Thread) -> bool:
    """Tell whether the thread waits for nothing but time: up to Python 3.10 by select(2)."""
    for_nothing = thread.call in threads.POLLS and not thread.descriptors
    return thread.call in SLEEPS or (for_nothing and thread.limit is not None)


def computing(program: Program) -> Message:
    """Say that the program computes without end, and where, if it has but one thread."""
    what = message("the program keeps computing and does not come back to the conversation")
    alone = sum(processes.thread_count(pid) for pid in program.pids()) == 1
    return at_its_line(program, what) if alone else what


def at_its_line(program: Program, what: Message) -> Message:
    """Return ``what`` with the line on which the program says that it is."""
    found = where(program)
    if found is None:
        return what
    return message("{what} ({file}:{line})", what=what, file=found.file, line=found.line)
