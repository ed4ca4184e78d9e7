"""How long a grade takes, against the same number of plain interpreter starts.

Grading the server of tcp-echo starts it again and again. The floor of that is
to start as many interpreters that do nothing, and pytest once without a test.
Both sides are timed in turn, round by round, and compared by their medians.
Exit status 1 when a grade takes more than ``LIMIT`` times the floor.

    python -m benchmarks.grade_tcp_echo [--into FOLDER]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.results import asked_folder, keep

PROGRAM = Path(__file__).parent.parent / "reference" / "tcp_echo_server.py"
ROUNDS = 7
LIMIT = 3.0


def run(*words: str, folder: Path, status: int = 0) -> None:
    """Run the interpreter in ``folder``; another exit status than ``status`` is an error."""
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != status:
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}")


def grade(folder: Path, *more: str) -> None:
    """Grade the reference server, which passes."""
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--target", str(PROGRAM), *more,
        folder=folder)  # fmt: skip


def started(folder: Path) -> int:
    """Return how many programs one grade starts, as its report tells."""
    report = folder / "report.json"
    grade(folder, "--sockets-report", f"json={report}")
    (card,) = json.loads(report.read_text("utf-8"))["scorecards"]
    report.unlink()
    return sum(event["event"] == "started" for r in card["results"] for event in r["transcript"])


def start_plainly(folder: Path, count: int) -> None:
    """Start ``count`` interpreters that do nothing, one after the other."""
    for _ in range(count):
        run("-I", "-c", "pass", folder=folder)


def collect_nothing(folder: Path) -> None:
    """Run pytest where there is no test (status 5)."""
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", folder=folder, status=5)


def timed(work: Callable[[], None]) -> float:
    """Return the seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured() -> dict[str, float]:
    """Return the median seconds of a grade and of what its floor is made of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = started(folder)
        parts = {
            f"grade of tcp-echo's server ({count} programs started)": lambda: grade(folder),
            f"{count} times `python -I -c pass`": lambda: start_plainly(folder, count),
            "pytest without a test": lambda: collect_nothing(folder),
        }
        rounds = [[timed(work) for work in parts.values()] for _ in range(ROUNDS)]
    return dict(zip(parts, map(median, zip(*rounds, strict=True)), strict=True))


def main() -> int:
    """Print the table; return the exit status."""
    into = asked_folder(__doc__.partition("\n")[0])
    seconds = measured()
    graded, *floor = seconds.values()
    ratio = graded / sum(floor)
    rows = [f"| {name} | {value:.2f} |" for name, value in seconds.items()]
    table = "\n".join(["| what | seconds |", "|---|--:|", *rows])
    verdict = f"A grade takes {ratio:.2f} times the floor; at most {LIMIT:g} are allowed."
    text = f"Medians of {ROUNDS} rounds\n\n{table}\n\n{verdict}"
    print(text)
    if into is not None:
        keep(into, "grade_tcp_echo", text, {"A grade and its floor, in seconds": seconds})
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
