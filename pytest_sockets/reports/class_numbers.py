"""What a class has in common: how scores are spread, what is missed most, and in what way.

Knows entries and sums. Does not know how it is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pytest_sockets.messages import Message, message
from pytest_sockets.results import Outcome, Result

from .entries import Entry, behaviours

WIDTH = 10
"""Percent that one step of the distribution spans."""

MOST_TOLD = 2_000
"""Characters of an observation that are compared: to look for quotes in it takes their square."""

ACCUSED = (Outcome.FAILED, Outcome.BLOCKED)

_VALUE = re.compile(r"""b?'(?:\\.|[^'\\])*'|b"(?:\\.|[^"\\])*"|\d+|…""")
_BLANKS = re.compile(r"[\s·]+")


@dataclass(frozen=True)
class Spread:
    """The scores of those that were graded in full, in percent; None of nobody.

    ``steps`` counts them by tens: the first is 0 to 9, the last 100 alone.
    """

    count: int
    mean: float | None
    median: float | None
    lowest: float | None
    highest: float | None
    steps: Sequence[int]


@dataclass(frozen=True)
class Missed:
    """A behaviour with how many failed it or never got to it, of how many asked and judged."""

    result: Result
    failed: int
    blocked: int
    asked: int

    @property
    def percent(self) -> float:
        """How many of those asked missed it, in percent."""
        return 100.0 * (self.failed + self.blocked) / self.asked


@dataclass(frozen=True)
class Cluster:
    """Failures of one behaviour that are alike; ``result`` is one of them.

    ``likely`` is what their programs behave like, where that is what they have in
    common; it is a likelihood. ``asked`` counts those of whom it was judged.
    """

    result: Result
    entries: Sequence[Entry]
    asked: int
    likely: Message | None = None

    @property
    def share(self) -> Message:
        """How many they are, and of how many."""
        return message("{count} of {all}", count=len(self.entries), all=self.asked)

    @property
    def seen(self) -> Message | None:
        """What was observed of one of them."""
        return self.result.because or self.result.observed


def spread(entries: Sequence[Entry]) -> Spread:
    """Return how the scores of ``entries`` are spread."""
    reached = sorted(each.percent for each in entries if each.percent is not None)
    counts = Counter(min(int(percent // WIDTH), 100 // WIDTH) for percent in reached)
    steps = [counts[step] for step in range(100 // WIDTH + 1)]
    if not reached:
        return Spread(0, None, None, None, None, steps)
    mean = sum(reached) / len(reached)
    return Spread(len(reached), mean, median(reached), reached[0], reached[-1], steps)


def most_missed(entries: Sequence[Entry], limit: int = 10) -> list[Missed]:
    """Return the behaviours that most of those asked have missed, the most missed first.

    What was not judged counts for nothing, and what has no points is not missed.
    """
    found = []
    for name, result in behaviours(entries).items():
        outcomes = Counter(each.results[name].outcome for each in entries if name in each.results)
        asked = sum(outcomes[each] for each in (Outcome.PASSED, *ACCUSED))
        failed, blocked = outcomes[Outcome.FAILED], outcomes[Outcome.BLOCKED]
        if result.max_points and failed + blocked:
            found.append(Missed(result, failed, blocked, asked))
    found.sort(key=lambda each: (-each.percent, -each.failed))
    return found[:limit]


def clusters(entries: Sequence[Entry], limit: int = 20) -> list[Cluster]:
    """Return failures that at least two have in common, those of most students first.

    Two are alike when their programs behave like one known mistake, or else when
    one behaviour failed with one observation, whatever bytes and numbers it names:
    payloads differ from run to run.
    """
    found: dict[tuple[str, str], Cluster] = {}
    members: dict[tuple[str, str], list[Entry]] = {}
    asked: Counter[str] = Counter()
    for entry in entries:
        for card in entry.scorecards:
            for result in card.results:
                asked[result.id] += result.outcome is not Outcome.NOT_JUDGED
                if result.outcome is Outcome.FAILED:
                    likely = card.likely(result)
                    kind = (result.id, likely.render() if likely else _kind(result))
                    found.setdefault(kind, Cluster(result, (), 0, likely))
                    members.setdefault(kind, []).append(entry)
    alike = [
        replace(cluster, entries=members[kind], asked=asked[cluster.result.id])
        for kind, cluster in found.items()
        if len(members[kind]) > 1
    ]
    return sorted(alike, key=lambda each: -len(each.entries))[:limit]


def _kind(result: Result) -> str:
    """Return what was observed, without what differs from run to run."""
    told = " ".join(part.render() for part in (result.because, result.observed) if part)
    return _BLANKS.sub(" ", _VALUE.sub("…", told[:MOST_TOLD]))
