"""What a student reads of a grade, as text that is kept in ``tests/golden`` and reviewed.

Knows which part of a report is the same in every run: its words. The picture of
an exchange and a program's own output are a race between program and peer.
"""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from corpus import HERE, Homework

from pytest_sockets.languages import language
from pytest_sockets.messages import Translate, same
from pytest_sockets.reports.terminal import render_scorecard
from pytest_sockets.results import Outcome, Result, Scorecard
from pytest_sockets.wire.events import Printed

GOLDEN = HERE / "golden"
LANGUAGES: dict[str, Translate] = {"en": same, "zh": language("zh")}
WIDTH = 80

FOLDER = re.compile(r"(/[^\s/]+)*/pytest-sockets-\w+(/(?!homework)\w{8})?/")
"""Where a program was run; each run has a place of its own."""

TRIES = 4
"""How many grades in a row have to differ from what is kept, before that is held against it."""

TOLD = {Outcome.FAILED, Outcome.BLOCKED, Outcome.NOT_JUDGED}
EVIDENCE = "│"
"""Stands in each paragraph that shows an exchange or output, and in no other."""

ERROR = r"\b((?:\w+\.)*[A-Z]\w*(?:Error|Exit|Interrupt)|\w+\.error):.*?(?=\n  \S|\n\n|\Z)"
MASKS = (
    (re.compile(ERROR, re.DOTALL), r"\1"),
    (re.compile(r"(Python\s+3)\.\d+(\.\d+)*"), r"\1"),
    (re.compile(r"(?<=…\")\d{1,5}(?=\))"), "{many}"),
    (re.compile(r"\d{4}-\d\d-\d\d|(?<![\d.])\d\d?:\d\d(:\d\d)?(?!\d)"), "{time}"),
    # Windows out of the middle, random bytes as hexadecimal numbers, as digits, as no text.
    (re.compile(r"… b(['\"])(\\.|(?!\1).)*\1( …)?", re.DOTALL), "{bytes}"),
    (re.compile(r"(\b[0-9a-f]{2} ){6,}([0-9a-f]{2}\b|…)?"), "{bytes}"),
    (re.compile(r"b(['\"])(?=[^'\"]*(\\x|\d{5}))(\\.|(?!\1).)*\1…?", re.DOTALL), "{bytes}"),
    (re.compile(r"b(['\"])[0-9a-f]{16,}\1…?"), "{bytes}"),
    # Ports, and how many of very many bytes there were; 1024 is what a recv asks for.
    (re.compile(r"(?<!\d)(?!1024(?!\d))\d{4,}(?!\d)"), "{many}"),
)
"""What no two runs have in common, and what stands for it where words are compared."""

POINTER = re.compile(r"^ +\^.*\n?", re.MULTILINE)
"""The line that points at the first difference: of random bytes it may be any."""

FIN, RST = "the end of the stream", "a reset of the connection (RST)"
UNREAD = "an error: the program left bytes unread (ECONNRESET)"
COMPUTES = "the program keeps computing and does not come back to the conversation"
CLOSES = "the end of the stream (the program closes the connection)"

CLOCKS = re.compile(r"^✗ \S*time\S*/", re.MULTILINE)
"""The heading of a failure in an exercise about the time of day: no number in it stays."""

NOW = re.compile(r"\d+|\b(?:(?:Mon|Tues?|Wednes|Thu(?:rs)?|Fri|Satur|Sun)(?:day)?|Wed|Sat)\b"
                 r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b[AP]M\b"
                 r"|\b[ap]m\b|[上下]午")  # fmt: skip


def golden_file(program: Homework, language: str) -> Path:
    """Return where the feedback on ``program`` is kept."""
    place = program.path.relative_to(HERE / "mistakes").with_suffix(".txt")
    return GOLDEN / language / place


def feedback(program: Homework, card: Scorecard, translate: Translate) -> str:
    """Return what the terminal shows of what ``card`` says against the program."""
    told = [_anywhere(result) for result in card.results if result.outcome in TOLD]
    report = render_scorecard(replace(card, results=told), width=WIDTH, translate=translate)
    _head, *failures, _sum = report.split("\n\n")
    return FOLDER.sub("/", "\n\n".join([_mistake(program), *failures])) + "\n"


def _anywhere(result: Result) -> Result:
    """Return ``result`` as it would be on another machine, and at another time."""
    return replace(
        result,
        duration=0.0,
        labels=(),
        errors=_usual(result.errors),
        transcript=[
            replace(event, data=_usual(event.data)) if isinstance(event, Printed) else event
            for event in result.transcript
        ],
    )


def _usual(printed: bytes) -> bytes:
    """Return a traceback as it is where Python lies in its usual place."""
    return printed.replace(sysconfig.get_path("stdlib").encode(), b"/usr/lib/python3")


def _mistake(program: Homework) -> str:
    said = re.search(r'^"""(.*?)(""")?$', program.path.read_text("utf-8", "replace"), re.MULTILINE)
    return f"{program.path.name}: {said[1] if said else ''}".rstrip()


def words(text: str) -> str:
    """Return what every run tells of ``text``, which is a feedback."""
    told = "\n\n".join(each for each in text.split("\n\n") if EVIDENCE not in each)
    for what, mask in MASKS:
        told = what.sub(mask, told)
    told = "\n\n".join(
        POINTER.sub("", each) if "{bytes}" in each else each for each in told.split("\n\n")
    )
    return NOW.sub("{now}", told) if CLOCKS.search(text) else told


def difference(kept: str, told: str) -> str:
    """Return the lines in which the words of two feedbacks differ, "" when they are the same.

    Where a line was broken is no difference: numbers are longer and shorter.
    """
    before, after = words(kept), words(told)
    if _run_together(before) == _run_together(after):
        return ""
    lines = unified_diff(before.splitlines(), after.splitlines(), "kept", "told now", lineterm="")
    return "\n".join(lines)


def _run_together(told: str) -> list[str]:
    """Return each paragraph without blanks, and without what is chance in it."""
    paragraphs = ["".join(each.split()) for each in told.split("\n\n")]
    return [_somewhere(_ending_somehow(each)) for each in paragraphs]


def _somewhere(told: str) -> str:
    """Leave out on which of its lines a program was that computes: it runs through several."""
    for translate in LANGUAGES.values():
        computes = "".join(translate(COMPUTES).split())
        told = re.sub(rf"{re.escape(computes)}[(（][^()（）]*:\d+[)）]", computes, told)
    return told


def _ending_somehow(told: str) -> str:
    """Leave out that and how a connection ended, unless that is what was asked for.

    A program that ends with bytes unread sends RST, and FIN when they come a moment later.
    """
    for translate in LANGUAGES.values():
        fin, rst, unread, closes, expected, then = (
            "".join(translate(phrase).split())
            for phrase in (FIN, RST, UNREAD, CLOSES, "expected", "{what}, then {how}")
        )
        if f"{expected}{fin}" not in told and f"{expected}{closes}" not in told:
            for end in (rst, unread, fin):
                told = told.replace(then.format(what="", how=end), "")
    return told


def check(
    program: Homework, card: Scorecard, again: Callable[[], Scorecard], *, update: bool
) -> list[str]:
    """Return what differs from the kept feedback, language by language; ``update`` writes it.

    A difference counts when the grades that ``again`` makes tell it too.
    """
    for left in reversed(range(TRIES)):
        differences = [_differs(program, card, language) for language in LANGUAGES]
        if not any(differences):
            return []
        if update:
            for language in LANGUAGES:
                _write(program, card, language)
            return []
        card = again() if left else card
    return list(filter(None, differences))


def _differs(program: Homework, card: Scorecard, language: str) -> str:
    path = golden_file(program, language)
    kept = path.read_text("utf-8") if path.exists() else ""
    return difference(kept, feedback(program, card, LANGUAGES[language]))


def _write(program: Homework, card: Scorecard, language: str) -> None:
    if not _differs(program, card, language):
        return
    path = golden_file(program, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(feedback(program, card, LANGUAGES[language]), "utf-8", newline="\n")
