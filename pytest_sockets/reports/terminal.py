"""A scorecard as text for a terminal.

Knows the order in which a person wants to be told: what was graded, each
behaviour in a line, each failure with its evidence, the sum. Does not know
pytest; what it returns is printed by the plugin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pytest_sockets.messages import Message, Translate, listed, message, same
from pytest_sockets.results import Outcome, Result, Scorecard

from .evidence import evidence, story
from .look import NARROWEST, Look
from .table import MARKS, hang, table
from .tour import stops, stops_in_short
from .wording import INCOMPLETE, NOT_JUDGED, chop, width, wrap

COUNTS = {
    Outcome.FAILED: message("{count} failed"),
    Outcome.BLOCKED: message("{count} blocked"),
    Outcome.NOT_JUDGED: message("{count} not judged"),
    Outcome.INFO: message("{count} shown"),
    Outcome.PASSED: message("{count} passed"),
}

BETWEEN = "   "
Item = tuple[str, str]
"""A text and the style it is painted in."""


def render_scorecard(
    scorecard: Scorecard,
    *,
    width: int = 80,
    colour: bool = False,
    verbosity: int = 0,
    ascii: bool = False,  # noqa: A002 - as in str.isascii
    show_exchange: bool = False,
    translate: Translate = same,
) -> str:
    """Return ``scorecard`` in lines of at most ``width`` columns, none of which ends in blanks.

    Only a command is never broken, since it is there to be copied: it may be
    longer. Widths below 40 count as 40. A ``verbosity`` below 0 leaves the sum
    and one line for each failure; above 0 it adds why each passed behaviour
    matters and how far its evidence carries. ``ascii`` draws with ASCII; letters
    of other scripts stay. ``show_exchange`` tells the exchange of every behaviour.
    Without ``colour`` there is no escape sequence in the text, whatever the
    program printed.
    """
    look = Look(max(width, NARROWEST), colour, ascii, translate)
    if verbosity < 0:
        brief = stops_in_short if scorecard.role == "tour" else _one_line_each
        lines = [*brief(scorecard, look), *summary(scorecard, look)]
    else:
        lines = list(_everything(scorecard, look, verbose=verbosity > 0, show=show_exchange))
    return "\n".join(line.rstrip() for line in lines)


def render_overview(
    scorecards: Sequence[Scorecard],
    *,
    width: int = 80,
    colour: bool = False,
    ascii: bool = False,  # noqa: A002 - as in str.isascii
    translate: Translate = same,
) -> str:
    """Return a line for each of several scorecards: target, exercise, role and points."""
    look = Look(max(width, NARROWEST), colour, ascii, translate)
    lines: list[str] = []
    for card in scorecards:
        points = _points(card.score, card.max_score, look)
        items = [(points, "strong"), (look.text(card.target), ""), (_name(card, look), "")]
        lines += _flow([*items, *_incomplete(card, look)], look)
    return "\n".join(line.rstrip() for line in lines)


def summary(scorecard: Scorecard, look: Look) -> list[str]:
    """Return the sum of a scorecard: one line, or more where it is too long for one."""
    items = [(_name(scorecard, look), "strong")]
    if any(result.max_points for result in scorecard.results):
        items.append((_points(scorecard.score, scorecard.max_score, look), "strong"))
        items += [(part, "") for part in _parts(scorecard, look)]
    items += _incomplete(scorecard, look)
    counted = [
        text.of(count=scorecard.count(outcome))
        for outcome, text in COUNTS.items()
        if scorecard.count(outcome)
    ]
    took = message(
        "{counts} in {seconds:.1f} s", counts=listed(counted), seconds=scorecard.duration
    )
    return _flow([*items, (look.say(took), "")], look)


def _everything(scorecard: Scorecard, look: Look, *, verbose: bool, show: bool) -> Iterator[str]:
    yield from _flow(_head(scorecard, look), look)
    if scorecard.role == "tour":
        yield from stops(scorecard, look, verbose=verbose)
    else:
        yield ""
        yield from table(scorecard, look, verbose=verbose)
    for result in scorecard.results:
        if result.outcome is Outcome.FAILED:
            yield from ("", *_heading(result, look), "", *evidence(result, scorecard, look))
        elif show and result.transcript and scorecard.role != "tour":
            yield from ("", *_heading(result, look), "", *story(result, scorecard, look))
    yield from _unjudged(scorecard, look)
    yield ""
    yield from summary(scorecard, look)


def _head(scorecard: Scorecard, look: Look) -> list[Item]:
    items = [(_name(scorecard, look), "strong")]
    if scorecard.target != scorecard.exercise:
        items.append((look.text(scorecard.target), ""))
    if scorecard.network:
        items.append((look.say(scorecard.network), ""))
    if scorecard.containment:
        how = look.say(scorecard.containment)
        items.append((look.say(message("contained: {how}", how=how)), ""))
    return [*items, (look.say(message("seed {seed}", seed=scorecard.seed)), "")]


def _heading(result: Result, look: Look) -> list[str]:
    mark, style = MARKS[result.outcome]
    head = look.spell(mark)
    lines = wrap(look.text(result.id), look.width - 2) + wrap(
        look.say(result.title), look.width - 2
    )
    return [
        look.paint(style, f"{head if not place else ' '} {line}")
        for place, line in enumerate(lines)
    ]


def _unjudged(scorecard: Scorecard, look: Look) -> Iterator[str]:
    """Yield what was not judged, and below those that share a reason the reason."""
    results = [result for result in scorecard.results if result.outcome is Outcome.NOT_JUDGED]
    if results:
        yield from ("", look.paint("warn", look.say(NOT_JUDGED)), "")
    for reason in dict.fromkeys(str(result.reason) for result in results):
        alike = [result for result in results if str(result.reason) == reason]
        for result in alike:
            title = wrap(look.say(result.title), look.width - 4)
            yield from hang(look.paint("warn", "  ? "), 4, title)
        yield from hang("", 6, _reason(alike[0], look))


def _reason(result: Result, look: Look) -> list[str]:
    """Return why a result was not judged; a traceback keeps its lines and their indentation."""
    told = result.reason.render(look.translate).splitlines() if result.reason else []
    if len(told) == 1:
        return wrap(look.text(told[0]), look.width - 6)
    return [row for line in told for row in chop(look.text(line), look.width - 6)]


def _one_line_each(scorecard: Scorecard, look: Look) -> Iterator[str]:
    """Yield a line for each failure, and one for each reason why something was not judged."""
    reasons: set[str] = set()
    for result in scorecard.results:
        what = result.observed or result.title
        if result.outcome is Outcome.NOT_JUDGED and str(result.reason) not in reasons:
            reasons.add(str(result.reason))
            what = result.reason or what
        elif result.outcome is not Outcome.FAILED:
            continue
        mark, style = MARKS[result.outcome]
        said = look.say(what).partition("\n")[0]
        told = look.cut(f"{look.text(result.id)}: {said}", look.width - 2)
        yield f"{look.paint(style, look.spell(mark))} {told}"


def _name(scorecard: Scorecard, look: Look) -> str:
    if scorecard.role == "tour":
        return look.text(scorecard.exercise)
    return f"{look.text(scorecard.exercise)} {look.say(scorecard.role)}"


def _incomplete(scorecard: Scorecard, look: Look) -> list[Item]:
    return [] if scorecard.complete else [(look.say(INCOMPLETE), "warn")]


def _points(reached: int, possible: int, look: Look) -> str:
    return look.say(message("{points} of {max_points}", points=reached, max_points=possible))


def _parts(scorecard: Scorecard, look: Look) -> Iterator[str]:
    """Yield the sums of the two parts of the profile, where they have points."""
    names: dict[Literal["basic", "robust"], Message] = {
        "basic": message("basic"),
        "robust": message("robust"),
    }
    for part, name in names.items():
        if any(result.max_points for result in scorecard.results if result.part == part):
            yield f"{look.say(name)} {_points(*scorecard.part(part), look)}"


def _flow(items: Sequence[Item], look: Look) -> list[str]:
    """Return items beside each other, on as many lines as they need."""
    lines, room = [""], look.width
    for text, style in items:
        for place, line in enumerate(wrap(text, look.width - 2)):
            gap = BETWEEN if lines[-1] and room < look.width and not place else ""
            if width(gap + line) > room:
                lines.append("  ")
                room, gap = look.width - 2, ""
            lines[-1] += gap + look.paint(style, line)
            room -= width(gap + line)
    return lines
