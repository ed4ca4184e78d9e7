"""One result as the HTML report tells it: what the template shows, and nothing to decide there.

Knows which evidence a result has and in which order it is told. Does not know
HTML, but for the drawings, which come ready.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pytest_sockets.messages import Message, Translate, message
from pytest_sockets.results import Outcome, Result, Scorecard

from .both_ends import both_ends
from .errors import meaning
from .evidence import hint_of, sides, told_already, why_of
from .html_bytes import Bytes, compared, first_difference
from .ladder_svg import NARROW, WIDE, Ladder, draw_svg
from .pointing import failing_row
from .row import Call, Row
from .rows import rows
from .table import MARKS
from .wording import (
    AGAIN,
    BECAUSE,
    CLIENT,
    CODE,
    EXPECTED,
    HERE,
    LIKELY,
    LIMIT,
    MEANS,
    NOT_JUDGED,
    NOTE,
    OBSERVED,
    SEE,
    SERVER,
    STDERR,
    STDOUT,
    TRY,
    TUTORIAL,
    WHY,
    cited,
    cut,
    lines_of,
    plain,
    say,
)  # fmt: skip

OUTPUT_LINES = 40
LONGEST_LINE = 400
"""Columns of a line of output that are shown."""

OUTCOMES = {
    Outcome.PASSED: message("passed"),
    Outcome.FAILED: message("failed"),
    Outcome.BLOCKED: message("blocked"),
    Outcome.NOT_JUDGED: NOT_JUDGED,
    Outcome.INFO: message("shown"),
}
"""What is read aloud in place of a mark."""

Link = Callable[[Call], str]


@dataclass(frozen=True)
class Told:
    """A sentence, or the lines of a text that is shown as it is, beside its label."""

    label: Message
    text: str = ""
    style: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A result with everything that is told of it.

    ``number`` counts the failures of a scorecard from 1; others have 0.
    """

    result: Result
    anchor: str
    number: int
    title: str
    mark: str
    style: str
    beside: Message | None
    verdict: Sequence[Told]
    bytes: Sequence[Bytes]
    difference: Message | None
    drawings: Sequence[str]
    output: Sequence[Told]
    advice: Sequence[Told]

    @property
    def outcome(self) -> Message:
        """The outcome in words."""
        return OUTCOMES[self.result.outcome]

    @property
    def open(self) -> bool:
        """True when it is unfolded from the start."""
        return self.result.outcome is Outcome.FAILED or self.result.differs is not None


def story_of(result: Result, scorecard: Scorecard) -> list[Row]:
    """Return the rows of a result's exchange; none where there is nothing to draw."""
    if scorecard.role == "tour":
        story = both_ends(result.transcript, scorecard.sources)
        return story if any(row.arrow for row in story) else []
    return rows(result.transcript, scorecard.sources) if result.transcript else []


def entry(
    result: Result,
    scorecard: Scorecard,
    anchor: str,
    number: int,
    link: Link,
    translate: Translate,
) -> Entry:
    """Return everything that is told of ``result``."""
    mark, style = MARKS[result.outcome]
    if result.differs:
        style = "warn"
    return Entry(
        result=result,
        anchor=anchor,
        number=number,
        title=say(result.title, translate),
        mark=mark,
        style=style,
        beside=_points(result),
        verdict=_stop(result, translate) if result.file else _verdict(result, scorecard, translate),
        bytes=compared(result),
        difference=first_difference(result),
        drawings=_drawings(result, scorecard, anchor, link, translate),
        output=[] if result.file else _output(result, translate),
        advice=list(_advice(result, translate)),
    )


def _points(result: Result) -> Message | None:
    if not result.max_points or result.outcome is Outcome.NOT_JUDGED:
        return None
    return message("{points} of {max_points}", points=result.points, max_points=result.max_points)


def _said(
    label: Message, what: Message | str | None, translate: Translate, style: str = ""
) -> list[Told]:
    text = say(what, translate) if what else ""
    return [Told(label, text, style)] if text else []


def _verdict(result: Result, scorecard: Scorecard, translate: Translate) -> list[Told]:
    told = _said(EXPECTED, result.expected, translate, "good")
    told += _said(OBSERVED, result.observed, translate, "bad" if _accused(result) else "")
    told += _said(LIMIT, result.smallest, translate)
    if not told_already(result):
        told += _said(BECAUSE, result.because, translate)
    told += _said(LIKELY, scorecard.likely(result), translate)
    told += _said(MEANS, meaning(result), translate)
    return told + _reason(result, translate)


def _accused(result: Result) -> bool:
    return result.outcome is Outcome.FAILED


def _reason(result: Result, translate: Translate) -> list[Told]:
    """Return why a result was not judged; a traceback keeps its lines."""
    lines = result.reason.render(translate).splitlines() if result.reason else []
    if len(lines) == 1:
        return [Told(BECAUSE, plain(lines[0]), "warn")]
    return [Told(BECAUSE, lines=[plain(line) for line in lines])] if lines else []


def _stop(result: Result, translate: Translate) -> list[Told]:
    """Return what the tutorial says, where, and what a stop of the tour has shown here."""
    shown = lines_of(result.printed, OUTPUT_LINES, translate)
    return [
        *_said(TUTORIAL, result.tutorial, translate),
        *_said(SEE, cited(result.source, translate), translate),
        *([Told(HERE, lines=shown)] if shown else []),
        *_said(NOTE, result.differs, translate, "warn"),
        *_reason(result, translate),
    ]


def _drawings(
    result: Result, scorecard: Scorecard, anchor: str, link: Link, translate: Translate
) -> list[str]:
    story = story_of(result, scorecard)
    if not story:
        return []
    if scorecard.role == "tour":
        names = [say(SERVER, translate), say(CLIENT, translate)]
    else:
        names = sides(result, scorecard)
    ladder = Ladder(
        rows=story,
        program=names[0],
        peer=names[1] if len(names) > 1 else "",
        failure=failing_row(result, story) if scorecard.role != "pair" else None,
        verdict=result.observed if _accused(result) else None,
        link=link,
        translate=translate,
    )
    return [draw_svg(ladder, shape, anchor) for shape in (WIDE, NARROW)]


def _output(result: Result, translate: Translate) -> list[Told]:
    """Return the end of what the program printed."""
    if result.outcome is not Outcome.FAILED:
        return []
    streams = [(STDOUT, result.printed), (STDERR, result.errors)]
    shown = [(label, lines_of(data, OUTPUT_LINES, translate)) for label, data in streams]
    return [
        Told(label, lines=[cut(line, LONGEST_LINE) for line in lines])
        for label, lines in shown
        if lines
    ]


def _advice(result: Result, translate: Translate) -> list[Told]:
    told = _said(WHY, why_of(result), translate) + _said(TRY, hint_of(result), translate, "try")
    if result.file:
        told += _said(CODE, Message("{file}", {"file": result.file}), translate)
    else:
        told += _lesson(result, translate)
    if result.again and result.outcome is not Outcome.PASSED:
        told.append(Told(AGAIN, plain(result.again), "again"))
    return told


def _lesson(result: Result, translate: Translate) -> list[Told]:
    """Return what the tutorial has to do with it, and how far the evidence carries."""
    told: list[Told] = []
    if result.tutorial:
        tutorial = say(result.tutorial, translate)
        too = message("the tutorial's program fails here too: {what}", what=tutorial)
        told += _said(TUTORIAL, too, translate)
    told += _said(SEE, cited(result.source, translate), translate)
    for label in result.labels:
        told += _said(NOTE, label, translate)
    return told
