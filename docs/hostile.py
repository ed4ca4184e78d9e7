"""Writes the page about hostile programs by grading them: ``python docs/hostile.py``.

By root they are graded twice, by root and by a user without any rights.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import ordinary  # noqa: E402 - tests lie beside the documentation
from attacks import answers, attack, lines  # noqa: E402
from hostility import Hostile, hostiles, token  # noqa: E402

from pytest_sockets.programs.containment import LAYERS  # noqa: E402
from pytest_sockets.programs.place import Runner  # noqa: E402
from pytest_sockets.results import Outcome  # noqa: E402

PAGE = HERE / "hostile.md"
LIMIT = 1800.0
STOPS = {
    "wire": "the wire decides",
    "process": "another process",
    "output": "limited output",
    "payloads": "random payloads",
}
"""What stops a program where no layer has to: how a verdict is reached at all."""

HEAD = """\
# Programs that attack

Whoever grades runs strangers' programs. `tests/hostile` holds {number} that do their homework and
try something beside. Each is told where everything lies that it could want, and each was graded
with `--sockets-containment strict`, {users}, on {machine}.

A test proves for each: the grade is what it deserves; no file, process, socket or setting outside
has changed; no secret was told; and a correct program, graded directly after it, has all its
points. For those whose success can be seen and does no harm, another test proves that without
containment they do succeed.

What the layers of containment promise, and where they are to be had, is told in
[containment](containment.md). Without any of them, how a verdict is reached stops some already:

- *the wire decides*: only what crosses the wire, and what the kernel says, makes a verdict. What a
  program prints, traces or patches in its own process does not;
- *another process*: it is run, never imported, and not by the process that grades;
- *limited output*: the beginning of what it writes is read. A program that goes on writing waits;
- *random payloads*: what it is sent is made from a seed that it can't find in itself.
"""
TABLE = """
| program | it tries | stopped by | it was told | its grade | on a machine with less |
|---|---|---|---|---|---|
"""


def graded() -> dict[str, list[str]]:
    """Grade every program as this user; return what each was told of its tries.

    Raises:
        SystemExit: one of them is not contained, or has another grade than it deserves.
    """
    with token():
        runner = Runner(private=True, containment="strict")
        try:
            known = answers(runner)
            return {each.name: _told(each, runner, known) for each in hostiles()}
        finally:
            runner.close()


def _told(hostile: Hostile, runner: Runner, known: Mapping[str, str]) -> list[str]:
    found = attack(hostile, runner, known)
    traces, results = found.traces, found.card.results
    if traces.changed or traces.connected or traces.secrets or traces.left:
        raise SystemExit(f"{hostile.name} is not contained: {traces}")
    failed = {result.behaviour for result in results if result.outcome is Outcome.FAILED}
    unjudged = [result.id for result in results if result.outcome is Outcome.NOT_JUDGED]
    if failed != hostile.deserves or unjudged:
        raise SystemExit(f"{hostile.name} fails {failed}, and is not judged in {unjudged}")
    told = [re.sub(r"^\[Errno \d+\] |: '.*$", "", line) for line in lines(traces.said, "refused")]
    return list(dict.fromkeys(told))


def page(told: Mapping[str, list[str]], users: str, machine: str) -> str:
    """Return the page; ``told`` is what each program was told of its tries."""
    found = hostiles()
    head = HEAD.format(number=len(found), users=users, machine=machine)
    return head + TABLE + "".join(_row(each, told[each.name]) for each in found)


def _row(hostile: Hostile, told: list[str]) -> str:
    return row(hostile, ", ".join(told) or "–")


def row(hostile: Hostile, told: str) -> str:
    """Return the row of a program, with what it was ``told``."""
    stopped = ", ".join(_names(hostile))
    loses = ", ".join(sorted(hostile.deserves))
    grade = f"fails {loses}" if loses else "full marks"
    cells = (f"`{hostile.name}`", hostile.tries, stopped, told, grade, hostile.without)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _names(hostile: Hostile) -> Iterator[str]:
    for word in hostile.stopped_by:
        yield str(LAYERS[word]) if word in LAYERS else STOPS[word]


def main() -> None:
    """Grade the programs, as each user that there is here, and write the page."""
    if sys.argv[1:] == ["--json"]:
        sys.stdout.write(json.dumps(graded()))
        return
    found, users = [graded()], "by an ordinary user"
    if os.getuid() == 0:
        run = ordinary.run(__file__, "--json", timeout=LIMIT)
        if run.returncode:
            raise SystemExit(run.stdout + run.stderr)
        found.append(json.loads(run.stdout))
        users = "by root and by an ordinary user"
    told = {name: list(dict.fromkeys(line for each in found for line in each[name]))
            for name in found[0]}  # fmt: skip
    machine = f"{platform.system()} {platform.release().partition('-')[0]}"
    PAGE.write_text(page(told, users, machine), "utf-8")


if __name__ == "__main__":
    main()
