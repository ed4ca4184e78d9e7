"""The generated parts of both READMEs: what the program prints, and what the catalogue holds.

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
from pytest_sockets.languages import language
from pytest_sockets.reports.questions import headline

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
COMMAND = "pytest --target examples/homework/udp_echo_server.py --sockets-seed 4711"
TOUR = "pytest --target tour -k unread-bytes"
SPOKEN = {"en": "", "zh": " --sockets-lang zh"}

LADDER = re.compile(r"^[ \d]{3} (#\d|  )? +[│◀]")
MASKS = (
    (r"\d+\.\d+ (s|秒)", r"T \1"),
    (r"(127\.0\.0\.1:)\d+", r"\1PORT"),
    (r"(\('127\.0\.0\.1', )\d+", r"\1PORT"),
)
CONTAINED = re.compile(r"\s+(contained: |隔离：)[^#✓]*?\s+(seed|种子)")
"""It may take several lines, or a part of one."""


def part(name: str) -> re.Pattern[str]:
    """Return what finds the part ``name`` between its two marks."""
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)


def scorecard(lang: str = "en") -> str:
    """Return what COMMAND prints, without the lines that pytest adds of its own."""
    return console(f"{COMMAND}{SPOKEN[lang]}", r"^udp-echo .*^udp-echo .*?\d (s|秒)$")


def stop(lang: str = "en") -> str:
    """Return what TOUR prints of its stop."""
    return console(f"{TOUR}{SPOKEN[lang]}", r"^i .*?^  (again|重做) [^\n]*$")


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


HEADS = {
    "en": "| exercise | what it asks for | behaviours |",
    "zh": "| 练习 | 要求 | 行为的数目 |",
}


def exercises(lang: str = "en") -> str:
    """Return the table of exercises."""
    translate = language(lang)
    rows = [HEADS[lang], "|---|---|---|"]
    for name, exercise in catalogue.exercises().items():
        counts = [
            f"{translate(role)} {len(each.behaviours)}" for role, each in exercise.profiles.items()
        ]
        parted = ", " if lang == "en" else "，"
        rows.append(f"| `{name}` | {headline(exercise, translate)} | {parted.join(counts)} |")
    return "\n".join(rows) + "\n"


PARTS: Mapping[str, Callable[[str], str]] = {
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
    for line in CONTAINED.sub(r"  \1SO  \2", report).splitlines():
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
    """Write the generated parts of both anew."""
    for lang, path in READMES.items():
        text = path.read_text("utf-8")
        for name, make in PARTS.items():
            text = replaced(text, name, make(lang))
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
