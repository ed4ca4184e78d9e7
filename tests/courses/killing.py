"""Runs ``pytest-sockets`` and kills itself, by signal 9, in a moment of its own progress.

    killing.py N TOLD WORDS…

N counts what the modules that grade a class and keep what came of it call and return from.
What it was at then is written to the file TOLD: the function, the submissions that were
being graded, and all processes below this one. Run to its end it writes how far it
counted, and from where to where it was grading.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

from pytest_sockets.cli import main
from pytest_sockets.courses.pool import Worker

COUNTED = tuple(f"pytest_sockets.courses.{name}" for name in
                ("grader", "outputs", "pool", "runs", "sink", "store"))  # fmt: skip

POOL = "pytest_sockets.courses.pool"


class Killing:
    """Counts up to ``most``."""

    def __init__(self, most: int, told: Path) -> None:
        self.most, self.told, self.count = most, told, 0
        self.grading = [0, 0]

    def __call__(self, frame: FrameType, _event: str, _what: Any) -> None:
        """Count one more step."""
        name = frame.f_globals.get("__name__")
        self.count += name in COUNTED
        if name == POOL:
            self.grading = [self.grading[0] or self.count, self.count]
        if self.count == self.most:
            sys.setprofile(None)
            self.tell(at=frame.f_code.co_name, graded=graded(), processes=processes())
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self, **told: Any) -> None:
        """Write what is known."""
        self.told.write_text(json.dumps(told), "utf-8")


def graded() -> list[str]:
    """Return the keys of the submissions that the workers have."""
    workers = [each for each in gc.get_objects() if isinstance(each, Worker)]
    return [worker.task.key for worker in workers if worker.task is not None]


def processes() -> list[tuple[int, float]]:
    """Return all processes below this one: id and time of creation."""
    return [(each.pid, each.create_time()) for each in psutil.Process().children(recursive=True)]


if __name__ == "__main__":
    killing = Killing(int(sys.argv[1]), Path(sys.argv[2]))
    sys.setprofile(killing)
    try:
        main(sys.argv[3:])
    finally:
        sys.setprofile(None)
        killing.tell(count=killing.count, grading=killing.grading)
