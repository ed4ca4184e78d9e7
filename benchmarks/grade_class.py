"""How fast a class is graded, and whether time and memory grow with it as they should.

Two classes are graded by ``pytest-sockets grade``, the second twice as large as the
first: reference programs, the mistakes of the tests and hostile programs, each as often
as any other, in an order that a seed decides. The rate is that of reference programs
alone, counted from the moment at which each worker has finished its first one. Exit
status 1 when a bound is missed: ``RATE`` submissions per second for each two cores,
``LONGER`` and ``LARGER`` for the class of twice the size. It says itself when fewer
submissions than were handed in have a result, or when one has no verdict.

    python -m benchmarks.grade_class [--count N] [--workers N] [--into FOLDER]
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import add_folder, keep
from pytest_sockets.courses.grader import WORKERS

ROOT = Path(__file__).parent.parent
RATE, LONGER, LARGER = 5.0, 2.1, 1.1
SEED = 4711

HOSTILE = (
    "while True:\n    pass\n",
    "import os, signal\nos.killpg(0, signal.SIGKILL)\n",
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n",
    "while True:\n    print('x' * 100_000)\n",
    "import os\nfor _ in range(20):\n    os.fork()\n    break\nwhile True:\n    pass\n",
    "held = []\nwhile len(held) < 200:\n    held.append(bytearray(1 << 20))\ninput()\n",
    "import sys\nsys.exit(3)\n",
    "def (:\n",
)

GRADE = """
import resource, sys
from pytest_sockets.cli import main
try:
    main(sys.argv[1:])
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
          resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, flush=True)
"""


@dataclass(frozen=True)
class Graded:
    """One run: ``rate`` in submissions per second, peaks in KiB."""

    count: int
    seconds: float
    rate: float
    peak: int
    peak_of_children: int


def references() -> list[str]:
    """Return the reference servers of tcp-echo."""
    return [path.read_text("utf-8") for path in sorted(ROOT.glob("reference/tcp_echo_server*.py"))]


def everything() -> list[str]:
    """Return references, mistakes and hostile programs."""
    mistakes = sorted(ROOT.glob("tests/mistakes/tcp-echo/server/*.py"))
    return [*references(), *(path.read_text("utf-8") for path in mistakes), *HOSTILE]


def hand_in(folder: Path, count: int, programs: Sequence[str]) -> None:
    """Make a class of ``count`` students, each with one of ``programs``."""
    drawn = list(itertools.islice(itertools.cycle(programs), count))
    random.Random(SEED).shuffle(drawn)
    for number, program in enumerate(drawn):
        own = folder / "class" / f"student{number:04}"
        own.mkdir(parents=True)
        (own / "server.py").write_text(program, "utf-8")


def grade(count: int, programs: Sequence[str], workers: int) -> Graded:
    """Grade a class of ``count`` students."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hand_in(folder, count, programs)
        (folder / "echo.toml").write_text(
            'title = "Echo"\n[[part]]\nexercise = "tcp-echo"\nrole = "server"\n', "utf-8"
        )
        words = [sys.executable, "-c", GRADE, "grade", "class", "--assignment", "echo.toml",
                 "--workers", str(workers), "--seed", str(SEED)]  # fmt: skip
        began = time.perf_counter()
        with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
            finished, peaks = _followed(process)
        seconds = time.perf_counter() - began
        if process.returncode or len(finished) != count:
            ended = f"the grader ended with {process.returncode}"
            raise SystemExit(f"{count} were handed in, {len(finished)} have a result; {ended}")
    rate = (count - workers) / (finished[-1] - finished[workers - 1])
    return Graded(count, seconds, rate, *peaks)


def _followed(process: subprocess.Popen[str]) -> tuple[list[float], tuple[int, int]]:
    """Return when each submission was finished, and the peaks that are told at the end."""
    finished: list[float] = []
    peaks = (0, 0)
    for line in process.stdout or ():
        if line.startswith("["):
            finished.append(time.perf_counter())
        if line.startswith("peak "):
            own, children = line.split()[1:]
            peaks = int(own), int(children)
    return finished, peaks


def rows(runs: Mapping[str, Graded]) -> str:
    """Return what was measured as a table of Markdown."""
    head = "| class | submissions | seconds | per second | grader, MiB | largest child, MiB |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|", *(
        f"| {name} | {run.count} | {run.seconds:.1f} | {run.rate:.2f} | "
        f"{run.peak / 1024:.0f} | {run.peak_of_children / 1024:.0f} |"
        for name, run in runs.items()
    )])  # fmt: skip


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="students in the smaller class")
    parser.add_argument("--workers", type=int, default=WORKERS)
    add_folder(parser)
    options = parser.parse_args()
    workers, count = options.workers, options.count
    good = grade(max(workers * 4, count // 4), references(), workers)
    small, large = (grade(number, everything(), workers) for number in (count, 2 * count))
    wanted = RATE * (os.cpu_count() or 1) / 2
    longer, larger = large.seconds / small.seconds, large.peak / small.peak
    text = "\n\n".join([
        f"{workers} workers, every submission accounted for",
        rows({"references": good, "all sorts": small, "twice as many": large}),
        f"{good.rate:.2f} references per second; at least {wanted:g} are wanted.",
        f"Twice as many take {longer:.2f} times as long; at most {LONGER:g} are allowed.",
        f"The grader's peak is {larger:.2f} times as large; at most {LARGER:g} are allowed.",
    ])  # fmt: skip
    print(text)
    if options.into is not None:
        seconds = {f"{run.count} submissions": run.seconds for run in (small, large)}
        keep(options.into, "grade_class", text, {"A class graded, in seconds": seconds})
    return int(good.rate < wanted or longer > LONGER or larger > LARGER)


if __name__ == "__main__":
    sys.exit(main())
