"""Whether a verdict is the same every time while the machine is busy with other things.

Programs are graded again and again, each time with other random payloads, while
every core is kept busy. Without options: one correct and one wrong program.
With --references: every reference program of every exercise. With --mistakes:
every wrong program of the tests as well. Exit status 1 when any behaviour had
another outcome than in the first grade.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TWO = ("reference/tcp_echo_server.py", "examples/homework/tcp_echo_server.py")

Words = tuple[str, ...]
Outcomes = dict[str, str]


@contextlib.contextmanager
def busy_cores() -> Iterator[int]:
    """Keep every core busy with a loop of its own; yield how many there are."""
    count = os.cpu_count() or 1
    loops = [subprocess.Popen([sys.executable, "-I", "-c", "while True: pass"])
             for _ in range(count)]  # fmt: skip
    try:
        yield count
    finally:
        for loop in loops:
            loop.kill()
        for loop in loops:
            loop.wait()


def references() -> Iterator[Words]:
    """Yield the options that grade all reference programs."""
    yield tuple(
        word
        for path in sorted(ROOT.glob("reference/[a-z]*.py"))
        for word in ("--target", str(path))
    )


def mistakes() -> Iterator[Words]:
    """Yield for each exercise and role the options that grade its wrong programs."""
    for folder in sorted(ROOT.glob("tests/mistakes/*/*/")):
        told = ("--exercise", folder.parent.name, "--role", folder.name)
        yield ("--target", str(folder / "*.py"), *told)


def grade(options: Sequence[str], seed: int, folder: Path) -> Outcomes:
    """Return the outcome of each behaviour in one grade, through the command a student uses."""
    report = folder / "report.json"
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    words += ["--sockets-seed", str(seed), "--sockets-report", f"json={report}"]
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode > 1:
        raise SystemExit(f"pytest ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return {
        f"{Path(card['target']).stem} {result['id']}": result["outcome"]
        for card in json.loads(report.read_text("utf-8"))["scorecards"]
        for result in card["results"]
    }


def differences(grades: list[Outcomes]) -> Iterator[str]:
    """Yield a row of the table for each behaviour that did not always come out the same."""
    for behaviour in grades[0]:
        seen = Counter(outcomes[behaviour] for outcomes in grades)
        if len(seen) > 1:
            seeds = [
                i for i, each in enumerate(grades, 1) if each[behaviour] != grades[0][behaviour]
            ][:5]
            told = ", ".join(f"{outcome} {count}" for outcome, count in seen.most_common())
            yield f"| {behaviour} | {told} | {', '.join(map(str, seeds))} |"


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=100, help="grades of each program")
    parser.add_argument("--references", action="store_true", help="every reference program")
    parser.add_argument("--mistakes", action="store_true", help="every wrong program, too")
    return parser.parse_args()


def main() -> int:
    """Print the table; return the exit status."""
    asked = arguments()
    groups = [*references()] if asked.references or asked.mistakes else []
    groups += [*mistakes()] if asked.mistakes else []
    groups = groups or [("--target", str(ROOT / name)) for name in TWO]
    rows: list[str] = []
    with busy_cores() as cores, tempfile.TemporaryDirectory() as name:
        for options in groups:
            grades = [grade(options, seed, Path(name)) for seed in range(1, asked.count + 1)]
            rows += differences(grades)
            passed = Counter(grades[0].values())["passed"]
            what = " ".join(options).replace(f"{ROOT}{os.sep}", "")
            print(f"{what[:70]}: {asked.count} grades with {cores} busy cores, "
                  f"{passed} of {len(grades[0])} behaviours passed", flush=True)  # fmt: skip
    if rows:
        print("\n| behaviour | outcomes | first seeds |\n|---|---|---|")
        print("\n".join(rows))
    else:
        print("The outcomes were the same every time.")
    return int(bool(rows))


if __name__ == "__main__":
    sys.exit(main())
