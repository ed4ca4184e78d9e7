"""The behaviours of a scorecard, one line each.

Knows marks and columns. Why something failed is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pytest_sockets.messages import Message, message
from pytest_sockets.results import Outcome, Result, Scorecard

from .look import Look
from .wording import NOT_JUDGED, pad, unwrapped, width, wrap

MARKS = {
    Outcome.PASSED: ("✓", "good"),
    Outcome.FAILED: ("✗", "bad"),
    Outcome.BLOCKED: ("–", "warn"),
    Outcome.NOT_JUDGED: ("?", "warn"),
    Outcome.INFO: ("i", "info"),
}
"""Each outcome's mark and the style it is painted in."""

INDENT = 4
GAP = 2
LONGEST_TITLE = 48
_UNPAINTED = {Outcome.PASSED, Outcome.INFO}


@dataclass(frozen=True)
class _Columns:
    title: int
    level: int
    digits: int


def table(scorecard: Scorecard, look: Look, *, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the table, in the order in which the behaviours were asked.

    ``verbose`` adds why each passed behaviour matters, and its labels.
    """
    columns = _measure(scorecard.results, look)
    titles = {result.id: result.title for result in scorecard.results}
    before = None
    for result in scorecard.results:
        again = result.blocked_by is not None and result.blocked_by == before
        before = result.blocked_by
        yield from _line(result, titles, columns, look, again=again)
        remarks = [
            *_remarks(result, verbose=verbose),
            *([] if again else _elsewhere(result, titles)),
        ]
        for remark in remarks:
            text = wrap(look.say(remark), look.width - INDENT - 2)
            yield from hang("", INDENT + 2, text, look)


def hang(lead: str, columns: int, lines: Sequence[str], look: Look | None = None) -> Iterator[str]:
    """Yield ``lines`` beside ``lead``, which takes ``columns``; faint when ``look`` is given."""
    for place, line in enumerate(lines):
        before = lead if lead and not place else " " * columns
        yield before + (look.paint("faint", line) if look else line)


def _remarks(result: Result, *, verbose: bool) -> Sequence[Message | str]:
    if result.outcome is Outcome.INFO:
        return [result.observed] if result.observed else []
    return [result.why, *result.labels] if verbose and result.outcome is Outcome.PASSED else []


def _elsewhere(result: Result, titles: dict[str, str]) -> list[Message]:
    """Name in full what blocks a behaviour when it has no line of its own here."""
    first = result.blocked_by
    if result.outcome is not Outcome.BLOCKED or first is None or first in titles:
        return []
    return [message("mend {first} first", first=first)]


def _measure(results: Sequence[Result], look: Look) -> _Columns:
    level = max((width(look.say(result.level)) for result in results), default=0)
    digits = max((len(str(result.max_points)) for result in results), default=1)
    room = look.width - INDENT - level - 2 * GAP - width(_points(0, 0, digits, look))
    title = max((width(look.say(result.title)) for result in results), default=0)
    return _Columns(min(title, room, LONGEST_TITLE), level, digits)


def _line(
    result: Result, titles: dict[str, str], columns: _Columns, look: Look, *, again: bool
) -> Iterator[str]:
    mark, style = MARKS[result.outcome]
    title = wrap(look.say(result.title), columns.title)
    if again:
        beside = [look.cut(look.say(message("blocked by the same")), _room(columns, look))]
    else:
        beside = _few(_beside(result, titles, columns, look), len(title), columns, look)
    lead = f"  {look.paint(style, look.spell(mark))} "
    for name, told in zip_longest(title, beside, fillvalue=""):
        painted = told if result.outcome in _UNPAINTED else look.paint(style, told)
        yield f"{lead}{pad(name, columns.title + GAP)}{painted}"
        lead = " " * INDENT


def _beside(result: Result, titles: dict[str, str], columns: _Columns, look: Look) -> list[str]:
    """Return what stands right of a title: level and points, or why there are none."""
    room = _room(columns, look)
    if result.outcome is Outcome.BLOCKED:
        first = result.blocked_by or ""
        title = look.say(titles.get(first) or first.partition("/")[0].rpartition("-")[2])
        return wrap(look.say(message("blocked by: {title}", title=title)), room)
    level = look.say(result.level) if result.outcome is not Outcome.PASSED else ""
    told = f"{pad(level, columns.level)}{' ' * GAP}"
    if result.outcome is Outcome.NOT_JUDGED:
        return [told + look.cut(look.say(NOT_JUDGED), room - width(told))]
    if result.max_points:
        told += _points(result.points, result.max_points, columns.digits, look)
    return [told.rstrip()]


def _few(lines: list[str], most: int, columns: _Columns, look: Look) -> list[str]:
    """Return at most ``most`` lines, cut: what blocks a behaviour has a line of its own above."""
    if len(lines) <= most:
        return lines
    return [
        *lines[: most - 1],
        look.cut(unwrapped("\n".join(lines[most - 1 :])), _room(columns, look)),
    ]


def _room(columns: _Columns, look: Look) -> int:
    return look.width - INDENT - columns.title - GAP


def _points(reached: int, possible: int, digits: int, look: Look) -> str:
    points, max_points = str(reached).rjust(digits), str(possible).rjust(digits)
    return look.say(message("{points} of {max_points}", points=points, max_points=max_points))
