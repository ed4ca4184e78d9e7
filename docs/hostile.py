"""Writes the pages about hostile programs by grading them: ``python docs/hostile.py``.

By root they are graded twice, by root and by a user without any rights. What came of it is
kept in ``hostile.json``; ``--pages`` makes the pages of that, and grades nothing.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import ordinary  # noqa: E402 - tests lie beside the documentation
from attacks import answers, attack, lines  # noqa: E402
from documentation import Chinese, linked, translated  # noqa: E402
from hostility import Hostile, hostiles, token  # noqa: E402

from pytest_sockets.messages import Message, Translate, listed, message, same  # noqa: E402
from pytest_sockets.programs.containment import LAYERS  # noqa: E402
from pytest_sockets.programs.place import Runner  # noqa: E402
from pytest_sockets.results import Outcome  # noqa: E402

RUN = HERE / "hostile.json"
LIMIT = 1800.0
STOPS = {
    "wire": message("the wire decides"),
    "process": message("another process"),
    "output": message("limited output"),
    "payloads": message("random payloads"),
}
"""What stops a program where no layer has to: how a verdict is reached at all."""

ALONE, BOTH = "by an ordinary user", "by root and by an ordinary user"

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


@dataclass(frozen=True)
class Run:
    """By which ``users`` the programs were graded, where, and what each was ``told``."""

    users: str
    machine: str
    told: Mapping[str, list[str]]

    @classmethod
    def saved(cls) -> Run:
        """Return the run that the pages are made of."""
        return cls(**json.loads(RUN.read_text("utf-8")))


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


def page(run: Run, translate: Translate = same) -> str:
    """Return the page about a run, in the language of ``translate``."""
    found = hostiles()
    users = {each: translate(each) for each in (ALONE, BOTH)}[run.users]
    head = translated(HEAD, translate).format(number=len(found), users=users, machine=run.machine)
    rows = (_row(each, run.told[each.name], translate) for each in found)
    return head + translated(TABLE, translate) + "".join(rows)


def pages(chinese: Chinese) -> dict[Path, str]:
    """Return the pages about the saved run, in both languages, by their paths."""
    run = Run.saved()
    if absent := {each.name for each in hostiles()} - set(run.told):
        raise SystemExit(f"not graded yet: {', '.join(sorted(absent))}; run without --pages")
    return linked({"hostile.md": page(run)}, {"hostile.md": page(run, chinese)})


def _row(hostile: Hostile, said: list[str], translate: Translate) -> str:
    loses = listed(sorted(hostile.deserves)).render(translate)
    cells = (
        f"`{hostile.name}`",
        translate(hostile.tries),
        listed(_stops(hostile)).render(translate),
        ", ".join(said) or "–",
        translate("fails {ids}").format(ids=loses) if loses else translate("full marks"),
        translate(hostile.without),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _stops(hostile: Hostile) -> Iterator[Message]:
    for word in hostile.stopped_by:
        yield LAYERS[word] if word in LAYERS else STOPS[word]


def by_each_user() -> Run:
    """Grade the programs as each user that there is here."""
    found, users = [graded()], ALONE
    if os.getuid() == 0:
        other = ordinary.run(__file__, "--json", timeout=LIMIT)
        if other.returncode:
            raise SystemExit(other.stdout + other.stderr)
        found.append(json.loads(other.stdout))
        users = BOTH
    told = {name: list(dict.fromkeys(line for each in found for line in each[name]))
            for name in found[0]}  # fmt: skip
    return Run(users, f"{platform.system()} {platform.release().partition('-')[0]}", told)


def main() -> None:
    """Grade the programs, keep what came of it, and write the pages."""
    if sys.argv[1:] == ["--json"]:
        sys.stdout.write(json.dumps(graded()))
        return
    if sys.argv[1:] != ["--pages"]:
        RUN.write_text(
            json.dumps(asdict(by_each_user()), indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
    chinese = Chinese("hostile")
    for path, text in pages(chinese).items():
        path.write_text(text, "utf-8")
    chinese.write()


if __name__ == "__main__":
    main()
