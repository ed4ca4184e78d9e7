"""How far a class is graded: a bar on a terminal, otherwise a line for each submission.

The bar needs Rich, which the extra ``class`` installs; without it there are lines.
Knows no results but the sentence that tells one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TextIO

from ..messages import Message, message
from ..reports.wording import plain

Step = Callable[[str], None]
"""Tell that one more submission is finished, and what came of it."""


@contextmanager
def progress(total: int, stream: TextIO) -> Iterator[Step]:
    """Show on ``stream`` how many of ``total`` submissions are finished.

    A name that somebody chose can't break a line or steer the terminal.
    """
    if stream.isatty() and find_spec("rich") is not None:
        with _bar(total, stream) as step:
            yield lambda told: step(plain(told))
    else:
        lines = _Lines(total, stream)
        yield lambda told: lines.step(plain(told))


@contextmanager
def _bar(total: int, stream: TextIO) -> Iterator[Step]:
    from rich.console import Console  # noqa: PLC0415 - it is optional
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
               TextColumn("{task.description}", markup=False))  # fmt: skip
    with Progress(*columns, console=Console(file=stream)) as shown:
        task = shown.add_task("", total=total)

        def step(told: str) -> None:
            shown.update(task, advance=1, description=told)

        yield step


class _Lines:
    def __init__(self, total: int, stream: TextIO) -> None:
        self._total, self._stream = total, stream
        self._done = 0
        self._began = time.monotonic()

    def step(self, told: str) -> None:
        self._done += 1
        left = self._total - self._done
        line = f"[{self._done:>{len(str(self._total))}}/{self._total}] {told}"
        if left:
            seconds = (time.monotonic() - self._began) / self._done * left
            line += f"  ({time_left(seconds)})"
        self._stream.write(line + "\n")
        self._stream.flush()


def time_left(seconds: float) -> Message:
    """Return an estimate as it is told.

    >>> str(time_left(100))
    'about 2 min left'
    """
    if seconds < 60:
        return message("about {seconds} s left", seconds=max(1, round(seconds)))
    return message("about {minutes} min left", minutes=round(seconds / 60))


def duration(seconds: float) -> Message:
    """Return an estimate of the whole as it is told.

    >>> str(duration(100))
    'about 2 min'
    """
    if seconds < 60:
        return message("about {seconds} s", seconds=max(1, round(seconds)))
    return message("about {minutes} min", minutes=round(seconds / 60))
