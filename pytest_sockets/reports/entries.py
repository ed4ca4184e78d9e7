"""What a gradebook and the page of a class are made of: one entry for each submission.

Knows students by name and by their ids elsewhere, and what their grade adds up
to. Does not know where submissions come from nor how they were graded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pytest_sockets.messages import Message, message
from pytest_sockets.results import Outcome, Result, Scorecard

from .feedback import incomplete, possible

Status = Literal["graded", "incomplete", "not-judged", "missing"]
Id = Literal["id", "email", "login", "sis", "section", "canvas", "moodle"]

STATUS_WORDS: Mapping[Status, Message] = {
    "graded": message("graded"),
    "incomplete": message("incomplete"),
    "not-judged": message("not judged"),
    "missing": message("missing"),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A student's submission with what came of it.

    ``ids`` are the names that systems have for the student: ``id`` the number on
    the roster, ``email``, ``login`` and ``sis`` (Canvas: SIS Login ID, SIS User
    ID), ``section``, ``canvas`` (Canvas: ID), ``moodle`` (the number in the names
    of Moodle's download, of its "Participant 123"). ``score`` and ``max_score``
    are the assignment's where it weighs, otherwise the sums of the scorecards.
    ``status`` is found from the scorecards unless it is told. ``page`` is the
    address of the student's own page as seen from the class's.
    """

    student: str
    ids: Mapping[Id, str] = field(default_factory=dict)
    scorecards: Sequence[Scorecard] = ()
    status: Status | None = None
    notices: Sequence[Message] = ()
    score: float | None = None
    max_score: float | None = None
    page: str = ""

    @property
    def state(self) -> Status:
        """How much of the submission was graded."""
        if self.status is not None:
            return self.status
        if not self.scorecards:
            return "missing"
        if all(card.complete for card in self.scorecards):
            return "graded"
        judged = any(r.outcome is not Outcome.NOT_JUDGED for r in self.results.values())
        return "incomplete" if judged else "not-judged"

    @cached_property
    def results(self) -> dict[str, Result]:
        """All results by the id of their behaviour, in the order asked."""
        return {result.id: result for card in self.scorecards for result in card.results}

    @property
    def remarks(self) -> list[Message]:
        """What is to be said of the submission: its notices, and what was not judged."""
        return [*self.notices, *filter(None, map(incomplete, self.scorecards))]

    @property
    def points(self) -> float:
        """The points reached."""
        return self.score if self.score is not None else sum(c.score for c in self.scorecards)

    @property
    def possible(self) -> float:
        """The points of everything asked, whatever was judged of it."""
        if self.max_score is not None:
            return self.max_score
        return sum(map(possible, self.scorecards))

    @property
    def percent(self) -> float | None:
        """The points in percent of everything asked; None unless all of it was judged."""
        if self.state != "graded" or not self.possible:
            return None
        return 100.0 * self.points / self.possible


def behaviours(entries: Sequence[Entry]) -> dict[str, Result]:
    """Return the behaviours of all entries by their ids, in the order asked, with one result each.

    Entries that were asked for more than others keep the order of those that share it.
    """
    found: dict[str, Result] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry.results)):
        for name, result in entry.results.items():
            found.setdefault(name, result)
    return found


def by_target(scorecards: Sequence[Scorecard]) -> list[Entry]:
    """Return an entry for each target, where nobody told whose it is."""
    targets: dict[str, list[Scorecard]] = {}
    for card in scorecards:
        targets.setdefault(card.target, []).append(card)
    return [Entry(student=target, scorecards=cards) for target, cards in targets.items()]
