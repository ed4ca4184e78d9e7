"""The stops of the tour: what the tutorial says, what this machine does, and the exchange.

Knows the order in which a stop is told. Does not know how a stop was run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from pytest_sockets.results import Outcome, Result, Scorecard

from .both_ends import both_ends
from .evidence import label_columns, labelled, said, unbroken
from .ladder import draw_rows
from .look import Look
from .table import MARKS
from .wording import (
    AGAIN,
    CLIENT,
    CODE,
    HERE,
    NOTE,
    SEE,
    SERVER,
    TRY,
    TUTORIAL,
    WHY,
    cited,
    lines_of,
    width,
    wrap,
)

MOST_PRINTED = 40
"""Lines of a stop's output that are told; none prints more."""

END_OF_DOCSTRING = '"""'

SHORTEST_ARROW = 24
"""Columns: the stops send little, and their lines are what is to be read."""


def stops(scorecard: Scorecard, look: Look, *, verbose: bool) -> Iterator[str]:
    """Yield every stop that was shown; ``verbose`` adds its whole code, with line numbers."""
    for result in scorecard.results:
        if result.outcome is Outcome.INFO:
            yield from ("", *_heading(result, look), "")
            yield from _told(result, look)
            exchange = _exchange(result, scorecard, look)
            yield from ("", *exchange) if exchange else ()
            yield from ("", *_advice(result, look))
            if verbose:
                yield from ("", *_code(result, scorecard, look))


def stops_in_short(scorecard: Scorecard, look: Look) -> Iterator[str]:
    """Yield one line for each stop that was shown, and another where it differs."""
    for result in scorecard.results:
        if result.outcome is Outcome.INFO:
            yield _marked(result, look.cut(look.say(result.title), look.width - 2), look)
            if result.differs:
                yield "  " + look.paint("warn", look.cut(look.say(result.differs), look.width - 2))


def _marked(result: Result, text: str, look: Look) -> str:
    mark, style = MARKS[result.outcome]
    return f"{look.paint(style, look.spell(mark))} {text}"


def _heading(result: Result, look: Look) -> list[str]:
    first, *rest = wrap(look.say(result.title), look.width - 2)
    lines = [_marked(result, look.paint("strong", first), look)]
    return [*lines, *(f"  {look.paint('strong', line)}" for line in rest)]


def _told(result: Result, look: Look) -> Iterator[str]:
    yield from said(TUTORIAL, result.tutorial, look)
    yield from said(SEE, cited(result.source, look.translate), look)
    room = look.width - label_columns(look)
    seen = [look.spell(line) for line in lines_of(result.printed, MOST_PRINTED, look.translate)]
    yield from labelled(HERE, [row for line in seen for row in _rows(line, room)], look)
    yield from said(NOTE, result.differs, look, "warn")


def _rows(line: str, room: int) -> list[str]:
    """Return a line of output as it is where it fits, since blanks have their meaning in it."""
    return [line] if width(line) <= room else wrap(line, room)


def _exchange(result: Result, scorecard: Scorecard, look: Look) -> list[str]:
    told = both_ends(result.transcript, scorecard.sources)
    if not any(row.arrow for row in told):
        return []
    names = look.say(SERVER), look.say(CLIENT)
    return draw_rows(told, look, *names, shortest=SHORTEST_ARROW)


def _advice(result: Result, look: Look) -> Iterator[str]:
    yield from said(WHY, result.why, look)
    yield from said(TRY, result.hint, look)
    yield from unbroken(CODE, look.text(result.file), look)
    yield from unbroken(AGAIN, look.text(result.again), look)


def _code(result: Result, scorecard: Scorecard, look: Look) -> list[str]:
    """Return the stop's own lines with their numbers, but for the docstring: that is told."""
    source = scorecard.sources.get(PurePath(result.file).name, ())
    begin = list(source).index(END_OF_DOCSTRING) + 2
    room = look.width - 6
    return [
        f"{number:>4}  {look.cut(look.text(line), room)}".rstrip()
        for number, line in enumerate(source[begin:], begin + 1)
    ]
