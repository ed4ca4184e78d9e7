"""Runs pytest as a student does: in a process of its own, from a folder of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_sockets.kernel.portable import PORTABLE

REPORT = "result.json"
LIMIT = 110.0
FOREIGN = (
    "PYTEST_",
    "TOX_",
    "PYTHONPATH",
    "PYTHONIOENCODING",
    "COLUMNS",
    "FORCE_COLOR",
    "PY_COLORS",
    "CI",
    "BUILD_NUMBER",
)


def clean_environment() -> dict[str, str]:
    """Return the environment without what whoever runs the tests has set for pytest or Python.

    What turns Linux off stays: it is meant for everything that the tests run.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if name == PORTABLE or not name.startswith(FOREIGN)
    }


@dataclass(frozen=True)
class Run:
    """What came of one run of pytest; ``folder`` is where it was started."""

    folder: Path
    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that was printed, to standard output or standard error."""
        return self.out + self.err

    @cached_property
    def document(self) -> dict[str, Any]:
        """The JSON report."""
        document: dict[str, Any] = json.loads((self.folder / REPORT).read_text("utf-8"))
        return document

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The scorecards of the JSON report."""
        cards: list[dict[str, Any]] = self.document["scorecards"]
        return cards

    @property
    def card(self) -> dict[str, Any]:
        """The only scorecard of the JSON report."""
        (card,) = self.cards
        return card

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each behaviour of the only scorecard, by the name in its id."""
        return {
            result["id"].partition("/")[2]: result["outcome"] for result in self.card["results"]
        }


class Folder:
    """A folder with homework in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file, and the folders it lies in."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def pytest(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        at: str = ".",
        within: Sequence[str] = (),
    ) -> Run:
        """Run pytest with ``arguments`` in the folder, or in the one below it that ``at`` names.

        ``within`` is a command that runs another one.
        """
        with self.start(*arguments, env=env, at=at, within=within) as process:
            return self._run(process)

    def grade(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        at: str = ".",
        within: Sequence[str] = (),
    ) -> Run:
        """Run pytest with ``arguments`` and with a JSON report."""
        report = f"--sockets-report=json={self.path / REPORT}"
        return self.pytest(*arguments, report, env=env, at=at, within=within)

    def interrupted(self, *arguments: str, after: str) -> Run:
        """Grade, and send SIGINT once a line was printed that matches ``after``."""
        report = f"--sockets-report=json={self.path / REPORT}"
        with self.start(*arguments, report) as process:
            assert process.stdout is not None
            seen = b""
            while not re.search(after.encode(), seen):
                data = os.read(process.stdout.fileno(), 4096)
                assert data, f"it ended before it printed {after!r}"
                seen += data
            process.send_signal(signal.SIGINT)
            return self._run(process, seen)

    def start(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        at: str = ".",
        within: Sequence[str] = (),
    ) -> subprocess.Popen[bytes]:
        """Start pytest; the caller waits for it."""
        return subprocess.Popen(
            [*within, sys.executable, "-m", "pytest", *arguments],
            cwd=self.path / at,
            env={
                **clean_environment(),
                "PYTHONIOENCODING": "utf-8",
                "COLUMNS": "80",
                **(env or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def _run(self, process: subprocess.Popen[bytes], seen: bytes = b"") -> Run:
        try:
            out, err = process.communicate(timeout=LIMIT)
        except BaseException:
            process.kill()
            raise
        said = [data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (seen + out, err)]
        return Run(self.path, process.returncode, said[0], said[1])
