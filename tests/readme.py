"""The generated parts of both READMEs.

What the program prints, what the catalogue holds, and what the benchmarks found.
Run as a program it writes them anew, all (``make readme``) or those that it is
told; a test compares them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pytest_sockets import catalogue
from pytest_sockets.languages import language
from pytest_sockets.reports.questions import headline

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
COMMAND = "pytest --target examples/homework/udp_echo_server.py --sockets-seed 4711"
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


RESULTS = ROOT / "benchmarks" / "results"
TITLES = {
    "fixtures": {
        "en": "A server for a test, or what stands in for one: set up and torn down",
        "zh": "为一次测试准备好服务端（或者代替它的东西），再收拾干净",
    },
    "proxy": {
        "en": "A proxy in between: a stream, and 64 bytes there and back",
        "zh": "中间隔着一个代理：一个字节流，以及 64 个字节的一来一回",
    },
}
"""The benchmarks that are shown, and what each measures."""

IN_CHINESE = {
    "set up and torn down": "准备并收拾",
    "ms": "毫秒",
    "bare thread": "只是一个线程",
    "bare Popen": "只是一个 Popen",
    "way": "经过",
    "direct": "直接连接",
    "MB/s": "MB/秒",
    "round trip µs": "往返（微秒）",
}


def measured(lang: str = "en") -> str:
    """Return the tables of the benchmarks with peers, without the columns of mere ratios."""
    parts = []
    for name, titles in TITLES.items():
        text = (RESULTS / f"{name}.md").read_text("utf-8")
        rows = [_cells(line) for line in text.splitlines() if line.startswith("|")]
        shown = [place for place, head in enumerate(rows[0]) if not head.startswith("of ")]
        lines = ["| " + " | ".join(_said(row[place], lang) for place in shown) + " |"
                 for row in rows]  # fmt: skip
        machine, *packages = re.findall(r"^(?:CPython|\w[\w-]* \d).*$", text, re.M)[:2]
        about = "; ".join([machine, *packages])
        parts.append(f"**{titles[lang]}**\n\n" + "\n".join(lines) + f"\n\n{about}\n")
    return "\n".join(parts)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _said(cell: str, lang: str) -> str:
    """Return a cell in the language; the names of our fixtures are code."""
    if "_" in cell:
        return f"`{cell}`"
    return IN_CHINESE.get(cell, cell) if lang == "zh" else cell


PARTS: Mapping[str, Callable[[str], str]] = {
    "report": scorecard,
    "exercises": exercises,
    "measured": measured,
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


def kept(old: str, new: str) -> str:
    """Return ``new``, or ``old`` where they differ in nothing but what a mask hides."""
    return old if masked(old) == masked(new) else new


def replaced(text: str, name: str, made: str) -> str:
    """Return ``text`` with the part ``name`` as it was ``made`` now."""
    return part(name).sub(lambda found: f"{found[1]}{kept(found[2], made)}{found[3]}", text)


def main(names: Iterable[str]) -> None:
    """Write the parts ``names`` of both anew."""
    for lang, path in READMES.items():
        text = path.read_text("utf-8")
        for name in names:
            text = replaced(text, name, PARTS[name](lang))
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
