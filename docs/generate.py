"""Writes the generated pages of the documentation: ``python docs/generate.py``."""

from __future__ import annotations

from pathlib import Path

from pytest_sockets.catalogue import exercises
from pytest_sockets.reports.behaviours import render

HERE = Path(__file__).parent


def main() -> None:
    """Write every page that is generated from the code."""
    (HERE / "behaviours.md").write_text(render(exercises().values()), "utf-8")


if __name__ == "__main__":
    main()
