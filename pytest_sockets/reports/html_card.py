"""A scorecard as the HTML report shows it: its sums, its results in groups, its source.

Knows the order in which a reader wants to be told, and the addresses (ids) of all that
can be linked to. Does not know HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from pytest_sockets.messages import Message, Translate, message
from pytest_sockets.results import Outcome, Result, Scorecard

from .html_result import Entry, entry, story_of
from .listing import Listing, listings
from .row import Call
from .terminal import COUNTS
from .wording import plain, say

HEADINGS = {
    Outcome.FAILED: message("To mend"),
    Outcome.NOT_JUDGED: message("Not judged"),
    Outcome.BLOCKED: message("Blocked"),
    Outcome.INFO: message("Shown, without points"),
    Outcome.PASSED: message("Passed"),
}
"""The groups of results, in the order in which they are told."""

PARTS: dict[Literal["basic", "robust"], Message] = {
    "basic": message("basic"),
    "robust": message("robust"),
}


@dataclass(frozen=True)
class Part:
    """The points of one part of a profile, or of all of it."""

    name: Message
    reached: int
    possible: int

    @property
    def percent(self) -> float:
        """How much was reached, in percent."""
        return 100.0 * self.reached / self.possible if self.possible else 0.0


@dataclass(frozen=True)
class Card:
    """A scorecard with everything that is shown of it; ``anchor`` is its address."""

    scorecard: Scorecard
    anchor: str
    prefix: str
    name: str
    total: Part | None
    parts: Sequence[Part]
    entries: Sequence[Entry]
    listings: Sequence[Listing]
    counts: Sequence[tuple[Outcome, Message]]

    @property
    def groups(self) -> Iterator[tuple[Outcome, Message, Sequence[Entry]]]:
        """The results by outcome, each group in the order asked; a tour is one group."""
        if self.scorecard.role == "tour":
            yield Outcome.INFO, message("The stops"), self.entries
            return
        for outcome, heading in HEADINGS.items():
            entries = [each for each in self.entries if each.result.outcome is outcome]
            if entries:
                yield outcome, heading, entries

    def address(self, file: str, line: int) -> str:
        """Return the id of a line of the source."""
        return identifier(f"{self.prefix}{file}:{line}")

    def blocking(self, result: Result) -> tuple[str, str]:
        """Return address and title of what is to be mended first; "" for what is not here."""
        for each in self.entries:
            if each.result.id == result.blocked_by:
                return each.anchor, each.title
        return "", plain(result.blocked_by or "")


def identifier(text: str) -> str:
    """Return ``text`` as an id: nothing but letters, digits and what may stand in an address."""
    return re.sub(r"[^\w.:/-]+", "-", text).strip("-")


def reference(name: str) -> str:
    """Return the link to an id of the page."""
    return "#" + quote(name, safe="/:~")


def cards(scorecards: Sequence[Scorecard], translate: Translate) -> list[Card]:
    """Return every scorecard as it is shown.

    Where there is one, a behaviour's address is its id; where there are several,
    the target comes before it.
    """
    shown: list[Card] = []
    for scorecard in scorecards:
        prefix = f"{identifier(scorecard.target)}:" if len(scorecards) > 1 else ""
        taken = {card.prefix for card in shown}
        number = 1
        while prefix in taken:
            number += 1
            prefix = f"{identifier(scorecard.target)}-{number}:"
        shown.append(_card(scorecard, prefix, translate))
    return shown


def _card(scorecard: Scorecard, prefix: str, translate: Translate) -> Card:
    files = scorecard.sources

    def link(call: Call) -> str:
        known = call.line is not None and 0 < call.line <= len(files.get(call.file or "", ()))
        return reference(identifier(f"{prefix}{call.file}:{call.line}")) if known else ""

    failures = [each for each in scorecard.results if each.outcome is Outcome.FAILED]
    numbers = {result.id: number for number, result in enumerate(failures, 1)}
    stories = {numbers[each.id]: story_of(each, scorecard) for each in failures}
    return Card(
        scorecard=scorecard,
        anchor=prefix.removesuffix(":") or "~scorecard",
        prefix=prefix,
        name=_name(scorecard, translate),
        total=_total(scorecard),
        parts=list(_parts(scorecard)),
        entries=[
            entry(each, scorecard, identifier(prefix + each.id), numbers.get(each.id, 0), link,
                  translate)
            for each in scorecard.results
        ],
        listings=listings(files, stories),
        counts=[
            (outcome, text.of(count=scorecard.count(outcome)))
            for outcome, text in COUNTS.items()
            if scorecard.count(outcome)
        ],
    )  # fmt: skip


def _name(scorecard: Scorecard, translate: Translate) -> str:
    if scorecard.role == "tour":
        return say(message("Tour of the socket API"), translate)
    return f"{plain(scorecard.exercise)} {say(scorecard.role, translate)}"


def _total(scorecard: Scorecard) -> Part | None:
    if not any(result.max_points for result in scorecard.results):
        return None
    return Part(message("score"), scorecard.score, scorecard.max_score)


def _parts(scorecard: Scorecard) -> Iterator[Part]:
    for part, name in PARTS.items():
        if any(result.max_points for result in scorecard.results if result.part == part):
            yield Part(name, *scorecard.part(part))
