"""What came of a grade: results, scorecards and their sums.

Knows outcomes and points. Does not know how a verdict was reached nor how it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from .behaviours import Level, Role
from .exercises import Part
from .messages import Message, message
from .wire.events import Event


class Outcome(str, Enum):
    """What came of one behaviour; see the table in the documentation."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    NOT_JUDGED = "not-judged"
    INFO = "info"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Line:
    """A line of the student's program that took part, with what its call did there."""

    file: str
    line: int
    call: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """The verdict on one behaviour, with its evidence.

    ``blocked_by`` is the id of the behaviour to mend first, ``reason`` says why
    nothing was judged. ``advice`` is what to do about this failure, where that is
    another thing than ``hint``. ``smallest`` says where the failure begins: with how much
    it is right, and with how much wrong. ``labels`` say how far the evidence carries, such as
    "rests on a deadline". In the tour ``expected`` is what the tutorial says,
    ``observed`` what was seen, ``differs`` is set where they differ, and
    ``file`` names the program that showed it. ``steps`` are what was done until
    the failure, all of it and without the program's own calls; ``connection`` is
    the one on which something else was awaited, 0 where none is meant.
    ``failed_at`` is when it failed, in seconds of the transcript's clock. What was not
    judged is ``ours`` where that is a fault of the harness, or of who ended a part of it.
    """

    id: str
    behaviour: str
    level: Level
    part: Part
    outcome: Outcome
    max_points: int
    title: str
    why: str
    hint: str
    source: str
    tutorial: str | None = None
    expected: Message | None = None
    observed: Message | None = None
    because: Message | None = None
    advice: Message | None = None
    smallest: Message | None = None
    difference: tuple[bytes, bytes] | None = None
    blocked_by: str | None = None
    reason: Message | None = None
    lines: Sequence[Line] = ()
    transcript: Sequence[Event] = ()
    printed: bytes = b""
    errors: bytes = b""
    labels: Sequence[Message] = ()
    duration: float = 0.0
    attempts: int = 1
    again: str = ""
    differs: Message | None = None
    file: str = ""
    steps: Sequence[Event] = ()
    connection: int = 0
    failed_at: float | None = None
    ours: bool = False

    @property
    def points(self) -> int:
        """The points reached: all of them when passed, otherwise none."""
        return self.max_points if self.outcome is Outcome.PASSED else 0

    @property
    def slug(self) -> str:
        """The behaviour's name within its exercise and role."""
        return self.id.rpartition("/")[2]


@dataclass(frozen=True)
class Diagnosis:
    """What a program behaves like: a likelihood, from the pattern of its failures.

    ``slug`` names the known mistake, ``does`` continues "it behaves like a program
    that", and ``result`` is the id of the failure that speaks of it.
    """

    slug: str
    does: Message
    result: str

    @property
    def sentence(self) -> Message:
        """The diagnosis in words; that it is likely, and no fact, is said beside it."""
        return message("it behaves like a program that {does}", does=self.does)


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """All results of one target in one exercise and role.

    ``network`` says where the program ran and how its address was mapped,
    ``containment`` how it was kept from doing harm. ``diagnosis`` is what the
    program behaves like, where a known mistake fits.
    """

    target: str
    exercise: str
    role: Role
    results: Sequence[Result]
    seed: int
    network: Message | None = None
    containment: Message | str = ""
    sources: dict[str, Sequence[str]] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None

    @property
    def score(self) -> int:
        """The points reached."""
        return sum(result.points for result in self.results)

    @property
    def max_score(self) -> int:
        """The points that could be reached: what was not judged is left out."""
        return sum(r.max_points for r in self.results if r.outcome is not Outcome.NOT_JUDGED)

    @property
    def complete(self) -> bool:
        """True when everything that has points was judged."""
        return all(r.outcome is not Outcome.NOT_JUDGED for r in self.results if r.max_points)

    @property
    def percent(self) -> float:
        """The score in percent of what was judged; 0 when nothing was."""
        return 100.0 * self.score / self.max_score if self.max_score else 0.0

    @property
    def duration(self) -> float:
        """The seconds that all behaviours took together."""
        return sum(result.duration for result in self.results)

    def part(self, part: Part) -> tuple[int, int]:
        """Return the points reached and to be reached in ``part``."""
        chosen = [r for r in self.results if r.part == part]
        return (
            sum(r.points for r in chosen),
            sum(r.max_points for r in chosen if r.outcome is not Outcome.NOT_JUDGED),
        )

    def count(self, outcome: Outcome) -> int:
        """Return how many behaviours had ``outcome``."""
        return sum(r.outcome is outcome for r in self.results)

    def likely(self, result: Result) -> Message | None:
        """Return what ``result`` shows the program to behave like, None where it is not told."""
        told = self.diagnosis is not None and self.diagnosis.result == result.id
        return self.diagnosis.sentence if self.diagnosis is not None and told else None

    @property
    def must_failed(self) -> bool:
        """True when a must-level behaviour failed: the run's exit status is then 1."""
        return any(r.outcome is Outcome.FAILED and r.level == "must" for r in self.results)


def blocked_unseen(scorecards: Sequence[Scorecard]) -> bool:
    """Tell whether a must is blocked by what failed without being on any of ``scorecards``.

    That is so when only a part of a profile was to be judged.
    """
    results = [result for card in scorecards for result in card.results]
    failed = {result.id for result in results if result.outcome is Outcome.FAILED}
    blocked = [r for r in results if r.outcome is Outcome.BLOCKED and r.level == "must"]
    return any(result.blocked_by not in failed for result in blocked)
