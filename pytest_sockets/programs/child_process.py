"""A child that was started: its process id, its streams, its end.

Two ways of starting give the same thing: forked from a warm interpreter, or
spawned. Knows descriptors and statuses; does not know what the child says.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Protocol

from .request import Request

COLOURS = ("FORCE_COLOR", "PYTHON_COLORS", "CLICOLOR_FORCE")

ZONE = timezone(timedelta(hours=8))
"""The local time of programs, away from UTC: so their clock can be told from UTC's.

It goes by its name where the system knows names of zones (other languages ask
for one), and by POSIX's notation (XBD 8.3) elsewhere.
"""

ZONE_NAME, ZONE_POSIX = "Asia/Shanghai", "CST-8"
ZONE_FILE = "/usr/share/zoneinfo/Asia/Shanghai"


class LauncherGone(OSError):  # noqa: N818 - it says what happened
    """What starts programs was ended from outside, or does not answer any more."""


@dataclass(frozen=True)
class Child:
    """A running child.

    ``stdin`` is the writing end of its keyboard; ``stdout``, ``stderr`` and
    ``trace`` are the reading ends of what it writes. ``wait`` blocks until the
    program ended and returns its exit status, negative for a signal, or None
    when nobody was left to tell it; ``end`` kills the program with everything
    it started and returns when all is gone.
    """

    pid: int
    stdin: int
    stdout: int
    stderr: int
    trace: int
    wait: Callable[[], int | None]
    end: Callable[[], None]


class Launcher(Protocol):
    """Something that starts children in one network."""

    @property
    def containment(self) -> str:
        """How programs are kept from doing harm, for the report."""

    def run(self, request: Request) -> Child:
        """Start the program of ``request``.

        Raises:
            LauncherGone: nothing can be started here any more.
            OSError: the system would not start it.
        """

    def close(self) -> None:
        """Let go of everything; children still running are not waited for."""


def environment() -> dict[str, str]:
    """Return the environment of programs: ours, without colours, in the time zone ``ZONE``."""
    kept = {name: value for name, value in os.environ.items() if name not in COLOURS}
    return kept | {"TZ": ZONE_NAME if os.path.exists(ZONE_FILE) else ZONE_POSIX}
