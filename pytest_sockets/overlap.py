"""Several behaviours of a program judged at the same time, where judging mostly waits.

Where rest is proved a grade has nothing to wait for, and behaviours come one after the
other. Elsewhere most of its time is silence that has to last: several programs can be
silent at once. Knows gradings and threads. Does not know pytest, nor how a verdict is
reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from .exercises import Weighed
from .grading import Grading
from .programs.calibration import AT_ONCE

KINDS = {"script", "function", "call"}
"""Targets of which each behaviour has a program, a folder and ports of its own."""


class Overlap:
    """Judges behaviours before they are asked for, until ``close``."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE)

    def begin(self, asked: Iterable[tuple[Grading, Weighed]]) -> None:
        """Judge those of ``asked`` that would mostly wait, in their order."""
        for grading, weighed in asked:
            if not grading.runner.kernel and grading.assignment.target.kind in KINDS:
                self._pool.submit(grading.result, weighed)

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Wait for the end of what had begun when it was closed."""
        self._pool.shutdown(wait=True)
