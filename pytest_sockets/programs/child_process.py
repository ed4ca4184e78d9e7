"""A child that was started: its process id, its streams, its end.

Two ways of starting give the same thing: forked from a warm interpreter, or
spawned. Knows descriptors and statuses; does not know what the child says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .request import Request


@dataclass(frozen=True)
class Child:
    """A running child.

    ``stdin`` is the writing end of its keyboard; ``stdout``, ``stderr`` and
    ``trace`` are the reading ends of what it writes. ``wait`` blocks until the
    program ended and returns its exit status, negative for a signal; ``end``
    kills the program with everything it started and returns when all is gone.
    """

    pid: int
    stdin: int
    stdout: int
    stderr: int
    trace: int
    wait: Callable[[], int]
    end: Callable[[], None]


class Launcher(Protocol):
    """Something that starts children in one network."""

    containment: str

    def run(self, request: Request) -> Child:
        """Start the program of ``request``.

        Raises:
            OSError: the system would not start it.
        """

    def close(self) -> None:
        """Let go of everything; children still running are not waited for."""
