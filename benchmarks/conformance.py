"""How long the whole conformance suite takes with every reference program.

Each reference is graded for all behaviours of its role, all in one run of pytest, as
``pytest --target 'reference/*.py'`` does it. The table has the exercises that took the
longest. Exit status 1 when one of them has less than full marks.

    python -m benchmarks.conformance [--into FOLDER]
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.results import asked_folder, keep
from benchmarks.timing import Cost, Interpreter

REFERENCES = Path(__file__).parent.parent / "reference"
MOST = 10


def programs() -> list[Path]:
    """Return the reference programs."""
    return sorted(path for path in REFERENCES.glob("*.py") if path.stem != "__init__")


def graded(python: Interpreter) -> tuple[Cost, list[dict[str, Any]]]:
    """Grade them all; return what that cost, and their scorecards."""
    report = python.folder / "report.json"
    words = [word for path in programs() for word in ("--target", str(path))]
    cost = python.pytest(*words, "--sockets-report", f"json={report}", statuses=[0, 1])
    return cost, json.loads(report.read_text("utf-8"))["scorecards"]


def lost(card: dict[str, Any]) -> bool:
    """Tell whether a scorecard has less than full marks."""
    return not card["complete"] or card["score"] < card["max_score"]


def main() -> int:
    """Print the table; return the exit status."""
    into = asked_folder(__doc__.partition("\n")[0])
    with tempfile.TemporaryDirectory() as name:
        python = Interpreter(Path(name))
        cost, cards = graded(python)
    seconds: dict[str, float] = defaultdict(float)
    for card in cards:
        seconds[card["exercise"]] += sum(result["duration"] for result in card["results"])
    slowest = dict(sorted(seconds.items(), key=lambda one: -one[1])[:MOST])
    asked = sum(len(card["results"]) for card in cards)
    wrong = [card["target"] for card in cards if lost(card)]
    took = f"{cost.wall:.1f} s on the clock, {cost.processor:.1f} s of the processor"
    text = "\n\n".join([
        f"{asked} behaviours of {len(cards)} programs in {took}",
        "\n".join(["| exercise | seconds |", "|---|--:|",
                   *(f"| {exercise} | {each:.2f} |" for exercise, each in slowest.items())]),
        f"Less than full marks: {', '.join(wrong) or 'none'}.",
    ])  # fmt: skip
    print(text)
    if into is not None:
        keep(into, "conformance", text, {"All references of an exercise, in seconds": slowest})
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
