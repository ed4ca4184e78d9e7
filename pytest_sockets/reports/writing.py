"""Writes the reports of one run, each in its format.

Knows what every format is told of the run and what to say of a file that can't
be written. Does not know when a report is due.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

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
    told = {
        "version": version("pytest-sockets"),
        "started": started,
        "seed": seed,
        "containment": next((card.containment for card in scorecards if card.containment), ""),
        "platform": platform.platform(),
        "translate": translate,
    }
    problems = (_write(name, path, scorecards, told) for name, path in reports)
    return [problem for problem in problems if problem is not None]


def _write(
    name: str, path: Path, scorecards: Sequence[Scorecard], told: Mapping[str, Any]
) -> Message | None:
    """Write one report; return why it could not be: it must not cost the others."""
    try:
        write_atomically(path, renderer(name)(scorecards, **told))
    except Exception as error:  # noqa: BLE001 - see above
        why = error.strerror if isinstance(error, OSError) else None
        return message(
            "the report {path} could not be written: {why}",
            path=str(path),
            why=why or f"{type(error).__name__}: {error}",
        )
    return None
