"""Writes the reports of one run, each in its format.

Knows what every format is told of the run and what to say of a file that can't
be written. Does not know when a report is due.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pytest_sockets.messages import Message, Translate, message
from pytest_sockets.results import Scorecard

from .files import write_atomically
from .formats import renderer


def write_reports(
    reports: Sequence[tuple[str, Path]],
    scorecards: Sequence[Scorecard],
    *,
    started: datetime,
    seed: int,
    translate: Translate,
) -> list[Message]:
    """Write each of ``reports``, a format and a path; return what could not be written, and why."""
    problems = []
    for name, path in reports:
        text = renderer(name)(
            scorecards,
            version=version("pytest-sockets"),
            started=started,
            seed=seed,
            containment=scorecards[0].containment if scorecards else "",
            platform=platform.platform(),
            translate=translate,
        )
        try:
            write_atomically(path, text)
        except OSError as error:
            problems.append(
                message(
                    "the report {path} could not be written: {why}",
                    path=str(path),
                    why=error.strerror,
                )
            )
    return problems
