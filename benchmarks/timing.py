"""Runs the interpreter as it is where a package is installed, and tells what that cost.

Knows processes, wall time and processor time (POSIX), and that pip leaves byte code
behind: an environment that keeps Python from it is not measured with. Does not know
what is run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EMPTY = 5
"""The exit status of pytest where there is no test."""


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds on the clock, and of the processor.

    The latter are those of all processes that it started and waited for.
    """

    wall: float
    processor: float


class Interpreter:
    """Runs Python in ``folder``, where byte code is kept, too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        code = folder / "code"
        self._work = folder / "work"
        self._work.mkdir()
        self._output = folder / "output"
        self._environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
        } | {"PYTHONPYCACHEPREFIX": str(code)}

    def run(self, *words: str, statuses: Sequence[int] = (0,)) -> Cost:
        """Run the interpreter with ``words``; another exit status is an error."""
        with self._output.open("wb") as file:
            began = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, *words], cwd=self._work, env=self._environment,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
            _, how, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(how)
        if process.returncode not in statuses:
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}:\n{self.printed}")
        return Cost(wall, used.ru_utime + used.ru_stime)

    @property
    def printed(self) -> str:
        """What the last run printed."""
        return self._output.read_text("utf-8", "replace")

    def pytest(self, *words: str, statuses: Sequence[int] = (0,)) -> Cost:
        """Run pytest with ``words`` in an empty folder, without its cache."""
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *words, statuses=statuses)


def in_turn(runs: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """Return what each of ``runs`` cost, round by round, after one round that does not count.

    They take turns, so that whatever else the machine does meets all of them.
    """
    for run in runs.values():
        run()
    found = [[run() for run in runs.values()] for _ in range(rounds)]
    return {name: list(costs) for name, costs in zip(runs, zip(*found, strict=True), strict=True)}


def medians(costs: Sequence[Cost]) -> Cost:
    """Return the median of each of the two."""
    return Cost(median(cost.wall for cost in costs), median(cost.processor for cost in costs))


def gained(more: Sequence[Cost], less: Sequence[Cost]) -> Cost:
    """Return the median of what ``more`` cost beyond ``less``, round by round."""
    return medians([
        Cost(one.wall - other.wall, one.processor - other.processor)
        for one, other in zip(more, less, strict=True)
    ])  # fmt: skip


def table(costs: Mapping[str, Cost]) -> str:
    """Return ``costs`` as a table of Markdown."""
    rows = [f"| {name} | {cost.wall:.3f} | {cost.processor:.3f} |" for name, cost in costs.items()]
    return "\n".join(["| what | seconds | of the processor |", "|---|--:|--:|", *rows])
