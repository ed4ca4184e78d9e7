"""How long a grade takes, against what it can't do without.

Grading the server of tcp-echo starts it again and again. The floor of that is pytest
once without a test, one warm interpreter, and as many programs from it with one round
trip each and nothing judged. All are timed in turn, round by round, and compared by
their medians. Exit status 1 when a grade takes more than ``LIMIT`` times the floor, or
more than ``TIMES`` pytest's empty run and ``MORE`` seconds.

    python -m benchmarks.grade_tcp_echo [--into FOLDER]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.results import asked_folder, keep
from benchmarks.timing import EMPTY, Cost, Interpreter, in_turn, medians, table

PROGRAM = Path(__file__).parent.parent / "reference" / "tcp_echo_server.py"
ROUNDS = 7
LIMIT = 2.0
TIMES, MORE = 1.5, 1.0

WARM = """
import resource, socket, sys, time
from pathlib import Path
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find
from pytest_sockets.wire.transcript import Transcript

def processor():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)

def start_and_ask(runner, target):
    place = runner.place(target)
    place.start(Transcript())
    while True:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", place.port)) == 0:
                client.sendall(b"hello")
                client.recv(100)
                break
        time.sleep(0.0005)
    place.close()

program = Path(sys.argv[1])
(target,) = find(program.name, folder=program.parent)
began, used = time.perf_counter(), processor()
runner = Runner()
for _ in range(int(sys.argv[2])):
    start_and_ask(runner, target)
runner.close()
print(time.perf_counter() - began, processor() - used)
"""
"""Starts a program so many times without judging it; prints the seconds that this took."""


def grade(python: Interpreter, *more: str) -> Cost:
    """Grade the reference server, which passes."""
    return python.pytest("--target", str(PROGRAM), *more)


def started(python: Interpreter) -> int:
    """Return how many programs one grade starts, as its report tells."""
    report = python.folder / "report.json"
    grade(python, "--sockets-report", f"json={report}")
    (card,) = json.loads(report.read_text("utf-8"))["scorecards"]
    return sum(event["event"] == "started" for r in card["results"] for event in r["transcript"])


def start_warm(python: Interpreter, count: int) -> Cost:
    """Start ``count`` programs, one after the other, with a round trip each."""
    python.run("-c", WARM, str(PROGRAM), str(count))
    wall, processor = python.printed.split()
    return Cost(float(wall), float(processor))


def start_plainly(python: Interpreter, count: int) -> Cost:
    """Start ``count`` interpreters that do nothing, one after the other."""
    costs = [python.run("-I", "-c", "pass") for _ in range(count)]
    return Cost(sum(cost.wall for cost in costs), sum(cost.processor for cost in costs))


def main() -> int:
    """Print the table; return the exit status."""
    into = asked_folder(__doc__.partition("\n")[0])
    with tempfile.TemporaryDirectory() as name:
        python = Interpreter(Path(name))
        count = started(python)
        runs = {
            f"grade of tcp-echo's server ({count} programs started)": lambda: grade(python),
            "pytest without a test": lambda: python.pytest(statuses=[EMPTY]),
            f"{count} warm starts with a round trip": lambda: start_warm(python, count),
            f"for comparison: {count} times `python -I -c pass`": lambda: start_plainly(
                python, count),
        }  # fmt: skip
        costs = {name: medians(every) for name, every in in_turn(runs, ROUNDS).items()}
    graded, empty, warm, _ = (cost.wall for cost in costs.values())
    ratio, most = graded / (empty + warm), TIMES * empty + MORE
    text = "\n\n".join([
        f"Medians of {ROUNDS} rounds",
        table(costs),
        f"{ratio:.2f} times the floor, which is pytest and the warm starts; {LIMIT:g} at most.",
        f"{graded:.2f} s; {TIMES:g} times pytest and {MORE:g} s at most, {most:.2f} s.",
    ])  # fmt: skip
    print(text)
    if into is not None:
        seconds = {name: cost.wall for name, cost in costs.items()}
        keep(into, "grade_tcp_echo", text, {"A grade and its floor, in seconds": seconds})
    return int(ratio > LIMIT or graded > most)


if __name__ == "__main__":
    sys.exit(main())
