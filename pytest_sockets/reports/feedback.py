"""What a student is told of one result where only plain text can be shown.

Knows which words belong to which outcome and that nothing grows without bound.
Does not know where the text is shown.
"""

from __future__ import annotations

from pytest_sockets.messages import Message, Translate, message
from pytest_sockets.results import Outcome, Result, Scorecard

from .evidence import evidence
from .look import Look
from .wording import NOT_JUDGED, plain, say

MOST = 12_000
"""Characters after which a text is cut."""

WIDTH = 88


def told(result: Result, scorecard: Scorecard, translate: Translate, most: int = MOST) -> str:
    """Return what there is to tell of ``result``, in at most ``most`` characters.

    Of a failure that is the evidence as in a terminal, of what passed nothing.
    """
    look = Look(WIDTH, translate=translate)
    if result.outcome is Outcome.FAILED:
        lines = [line.rstrip() for line in evidence(result, scorecard, look)]
        return bounded("\n".join(lines), most, translate)
    if result.outcome is Outcome.NOT_JUDGED and result.reason is not None:
        lines = result.reason.render(translate).splitlines()  # a traceback keeps its lines
        return bounded("\n".join(map(plain, lines)), most, translate)
    return bounded(say(_sentence(result, scorecard, translate), translate), most, translate)


def bounded(text: str, most: int, translate: Translate) -> str:
    """Return ``text``, cut in the middle when it has more than ``most`` characters.

    The beginning says what was expected, the end what to try: both stay.
    """
    if len(text) <= most:
        return text
    gap = message("… {count} characters are left out here …", count=len(text) - most)
    remark = f"\n{say(gap, translate)}\n"
    kept = max(0, most - len(remark))
    end = kept // 3
    return text[: kept - end] + remark + text[len(text) - end :]


def name_of(scorecard: Scorecard, translate: Translate) -> str:
    """Return what a scorecard is called: exercise, role and target; the tour has no role."""
    if scorecard.role == "tour":
        return plain(scorecard.target)
    role = say(scorecard.role, translate)
    return f"{plain(scorecard.exercise)} {role}: {plain(scorecard.target)}"


def title_of(result: Result, translate: Translate) -> str:
    """Return a result's title; one that was not judged says so."""
    title = say(result.title, translate)
    if result.outcome is not Outcome.NOT_JUDGED:
        return title
    return f"{title} ({say(NOT_JUDGED, translate)})"


def incomplete(scorecard: Scorecard) -> Message | None:
    """Return why a score is incomplete, or by how many points; None when it is complete."""
    if scorecard.complete:
        return None
    left_out = [r for r in scorecard.results if r.outcome is Outcome.NOT_JUDGED and r.max_points]
    reason = left_out[0].reason
    if not scorecard.max_score and all(each.reason == reason for each in left_out):
        return message("nothing was judged: {reason}", reason=reason or "")
    return message(
        "incomplete: behaviours worth {points} points were not judged; ask for a new run",
        points=sum(result.max_points for result in left_out),
    )


def possible(scorecard: Scorecard) -> int:
    """Return the points of the whole profile, whatever was judged of it."""
    return sum(result.max_points for result in scorecard.results)


def _sentence(result: Result, scorecard: Scorecard, translate: Translate) -> Message | str:
    if result.outcome is Outcome.BLOCKED:
        titles = {each.id: each.title for each in scorecard.results}
        first = result.blocked_by or ""
        title = say(titles.get(first) or first, translate)
        return message("blocked by: {title}; mend that first", title=title)
    if result.outcome is Outcome.INFO:
        return result.observed or ""
    return ""
