"""A class as one HTML page: who reached what, what was missed most, and in what way.

Knows the order in which an instructor wants to be told. The page loads nothing
and runs no script; students' own pages are linked where entries have one. Needs
Jinja2, as ``html`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from pytest_sockets.likeness import Likeness, groups
from pytest_sockets.messages import Message, Translate, message, same
from pytest_sockets.results import Result

from .class_numbers import WIDTH, Spread, clusters, most_missed, spread
from .entries import STATUS_WORDS, Entry, behaviours
from .html import rendered
from .html_result import OUTCOMES
from .matrix import Matrix
from .matrix_page import WORDS as CROSS
from .matrix_page import drawn
from .table import MARKS
from .wording import plain

WORDS = {
    "skip": message("Skip to the students"),
    "summary": message("The class"),
    "scores": message("How the scores are spread"),
    "score": message("score"),
    "students": message("students"),
    "student": message("student"),
    "status": message("status"),
    "missed": message("What was missed most"),
    "behaviour": message("behaviour"),
    "failed": message("failed"),
    "blocked": message("blocked"),
    "of": message("of"),
    "topic": message("to revisit"),
    "clusters": message("Failures that many have in common"),
    "observed": message("observed"),
    "likely": message("likely"),
    "who": message("who"),
    "alike": message("Programs that are nearly the same"),
    "caution": message(
        "A place to look, and nothing more: short programs for one task are alike by themselves."
    ),
    "share": message("in common"),
    "identical": message("the same text"),
    "map": message("Students and behaviours"),
    "legend": message("The behaviours by their numbers"),
    "points": message("points"),
    "notices": message("What is to be looked at"),
    "percent": message("percent"),
    "not_asked": message("not asked"),
    "nothing": message("Nothing was handed in."),
    "nobody": message("Nobody's score is complete."),
}
"""What the page says by itself."""


@dataclass(frozen=True)
class Step:
    """A step of the distribution: its range, how many are in it, how long its bar is."""

    name: str
    count: int
    percent: float


@dataclass(frozen=True)
class Group:
    """Students whose programs are nearly the same, and how much of them is, in percent."""

    students: Sequence[str]
    percent: float
    identical: bool


@dataclass(frozen=True)
class Column:
    """A behaviour in the map of all students: its number and what it asks."""

    number: int
    name: str
    result: Result


@dataclass(frozen=True)
class Row:
    """A student in the map: a mark with a style and words for each column, "" where not asked."""

    entry: Entry
    status: Message
    page: str
    cells: Sequence[tuple[str, str, Message | None]]
    notices: Sequence[Message] = field(default=())


def to_class_page(
    entries: Sequence[Entry],
    *,
    title: str,
    version: str,
    started: datetime,
    deadline: str = "",
    alike: Sequence[Likeness] = (),
    matrices: Sequence[Matrix] = (),
    translate: Translate = same,
) -> str:
    """Return the page about ``entries``, ending in a newline.

    ``deadline`` is shown as it is, "" where there is none. ``alike`` are likenesses of
    programs that are called by their students' names, ``matrices`` tell who understands
    whom.
    """
    columns = [
        Column(number, name, result)
        for number, (name, result) in enumerate(behaviours(entries).items(), 1)
    ]
    spreading = spread(entries)
    return rendered(
        "class.html",
        translate,
        title=plain(title),
        facts=[
            *([(message("deadline"), plain(deadline))] if deadline else []),
            (message("graded"), f"{started:%Y-%m-%d %H:%M:%S %Z}".strip()),
            (message("version"), f"pytest-sockets {version}"),
        ],
        first="~students",
        words=WORDS,
        counts=_counts(entries),
        numbers=_numbers(spreading),
        steps=_steps(spreading),
        missed=most_missed(entries),
        clusters=clusters(entries),
        groups=_groups(alike),
        columns=columns,
        rows=[_row(entry, columns) for entry in entries],
        marks=MARKS,
        matrices=list(map(drawn, matrices)),
        cross=CROSS,
    )


def _counts(entries: Sequence[Entry]) -> list[tuple[Message, int]]:
    counts = Counter(entry.state for entry in entries)
    told = [(text, counts[state]) for state, text in STATUS_WORDS.items() if counts[state]]
    return [(message("handed in"), len(entries) - counts["missing"]), *told]


def _numbers(spreading: Spread) -> list[tuple[Message, str]]:
    told = (
        (message("mean"), spreading.mean),
        (message("median"), spreading.median),
        (message("lowest"), spreading.lowest),
        (message("highest"), spreading.highest),
    )
    return [(label, f"{value:.1f} %") for label, value in told if value is not None]


def _steps(spreading: Spread) -> list[Step]:
    most = max(spreading.steps, default=0) or 1
    names = [f"{low}–{low + WIDTH - 1} %" for low in range(0, 100, WIDTH)]
    return [
        Step(name, count, 100.0 * count / most)
        for name, count in zip([*names, "100 %"], spreading.steps, strict=True)
    ]


def _groups(alike: Sequence[Likeness]) -> list[Group]:
    found = []
    for names in groups(alike):
        within = [each for each in alike if each.first in names]
        share = min(each.share for each in within)
        found.append(Group(names, 100.0 * share, all(each.identical for each in within)))
    return found


def _row(entry: Entry, columns: Sequence[Column]) -> Row:
    results = entry.results
    cells: list[tuple[str, str, Message | None]] = []
    for column in columns:
        result = results.get(column.name)
        if result is None:
            cells.append(("", "", None))
        else:
            cells.append((*MARKS[result.outcome], OUTCOMES[result.outcome]))
    return Row(entry, STATUS_WORDS[entry.state], quote(entry.page, safe="/"), cells, entry.remarks)
