"""The generated parts of README.md: what the program prints, and what the catalogue holds.

Run as a program it writes them anew (``make readme``); a test compares them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pytest_sockets import catalogue

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMAND = "pytest --target examples/homework/udp_echo_server.py --sockets-seed 4711"
TOUR = "pytest --target tour -k unread-bytes"

LADDER = re.compile(r"^[ \d]{3} (#\d|  )? +[│◀]")
MASKS = (
    (r"\d+\.\d+ s", "T s"),
    (r"(127\.0\.0\.1:)\d+", r"\1PORT"),
    (r"(\('127\.0\.0\.1', )\d+", r"\1PORT"),
    (r"contained: .*  seed", "contained: SO  seed"),
)


def part(name: str) -> re.Pattern[str]:
    """Return what finds the part ``name`` between its two marks."""
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)


def scorecard() -> str:
    """Return what COMMAND prints, without the lines that pytest adds of its own."""
    return console(COMMAND, r"^udp-echo server .*^udp-echo server .*?\d s$")


def stop() -> str:
    """Return what TOUR prints of its stop."""
    return console(TOUR, r"^i Closing .*?^  again [^\n]*$")


def console(command: str, shown: str) -> str:
    """Return a command, and of what it prints that which the expression ``shown`` finds."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "PYTHON"))}
    environment |= {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", *command.split(), "-p", "no:cacheprovider"]
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    found = re.search(shown, done.stdout, re.M | re.S)
    if found is None:
        raise RuntimeError(f"nothing to show in {done.stdout}{done.stderr}")
    return f"```console\n$ {command}\n\n{found[0]}\n```\n"


def exercises() -> str:
    """Return the table of exercises."""
    rows = ["| exercise | what it asks for | behaviours |", "|---|---|---|"]
    for name, exercise in catalogue.exercises().items():
        asked = exercise.contract.splitlines()[0].partition(": ")[2].rstrip(".")
        counts = [f"{role} {len(each.behaviours)}" for role, each in exercise.profiles.items()]
        rows.append(f"| `{name}` | {asked} | {', '.join(counts)} |")
    return "\n".join(rows) + "\n"


PARTS: Mapping[str, Callable[[], str]] = {
    "report": scorecard,
    "exercises": exercises,
    "stop": stop,
}


def masked(report: str) -> list[str]:
    """Return the lines of a report without what differs from run to run.

    Those are times, the ports that the system chose, how the machine contains
    programs, and within the ladder the rows that only the program's own output
    or trace makes: how it is cut into pieces depends on when it was read.
    """
    lines = []
    for line in report.splitlines():
        arrow = re.search(r"│[^│]*[▶◀][^│]*│|◀[^│]*│", line)
        if LADDER.match(line) and arrow is None:
            continue
        shown = arrow[0] if arrow and LADDER.match(line) else line
        for pattern, mask in MASKS:
            shown = re.sub(pattern, mask, shown)
        lines.append(shown)
    return lines


def replaced(text: str, name: str, made: str) -> str:
    """Return ``text`` with the part ``name`` as it was ``made`` now."""
    return part(name).sub(lambda found: f"{found[1]}{made}{found[3]}", text)


def main() -> None:
    """Write the generated parts of README.md anew."""
    text = README.read_text("utf-8")
    for name, make in PARTS.items():
        text = replaced(text, name, make())
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
