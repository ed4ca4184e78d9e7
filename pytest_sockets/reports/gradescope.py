"""Scorecards as Gradescope's results.json.

The form is that of Gradescope's autograder specifications, "Output format"
(https://gradescope-autograders.readthedocs.io/en/latest/specs/): a score, tests
with score, max_score, status, output and visibility. Totals are those of the
profiles, whatever was judged. Gradescope knows passed and failed only: what was
not judged has no status, says so in its name, and is tagged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from pytest_sockets.messages import Message, Translate, message, same
from pytest_sockets.results import Outcome, Result, Scorecard

from .feedback import MOST, incomplete, name_of, possible, title_of, told
from .json_report import whole
from .wording import say

Visibility = Literal["visible", "after_due_date", "after_published", "hidden"]

VISIBILITIES: tuple[Visibility, ...] = ("visible", "after_due_date", "after_published", "hidden")
"""When students see a behaviour, in the words of Gradescope."""

STATUS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BLOCKED: "failed"}

MOST_IN_ALL = 400_000
"""Characters of all outputs together: the file stays one that a browser opens."""


def to_gradescope(
    scorecards: Sequence[Scorecard],
    *,
    version: str,
    started: datetime,
    seed: int,
    containment: Message | str,
    platform: str,
    translate: Translate = same,
    visibility: Mapping[str, Visibility] = MappingProxyType({}),
    **_: Any,
) -> str:
    """Return results.json for the submission that ``scorecards`` are about.

    ``execution_time`` is the seconds of all behaviours together. ``visibility`` is by
    the ids of behaviours; all others are seen at once.
    """
    remarks = [say(each, translate) for card in scorecards if (each := incomplete(card))]
    document = {
        "score": float(sum(card.score for card in scorecards)),
        "execution_time": round(sum(card.duration for card in scorecards), 3),
        "output": "\n".join([*_sums(scorecards, translate), *remarks]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "pytest-sockets": version,
            "started": started.isoformat(),
            "seed": seed,
            "containment": say(containment, translate),
            "platform": platform,
            "max_score": float(sum(map(possible, scorecards))),
            "complete": all(card.complete for card in scorecards),
        },
        "tests": list(_tests(scorecards, translate, visibility)),
    }
    return whole(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def _sums(scorecards: Sequence[Scorecard], translate: Translate) -> Iterator[str]:
    for card in scorecards:
        points = message("{points} of {max_points}", points=card.score, max_points=possible(card))
        yield f"{name_of(card, translate)}: {say(points, translate)}"


def _tests(
    scorecards: Sequence[Scorecard], translate: Translate, visibility: Mapping[str, Visibility]
) -> Iterator[dict[str, Any]]:
    count = sum(len(card.results) for card in scorecards)
    most = min(MOST, MOST_IN_ALL // max(1, count))
    for place, card in enumerate(scorecards, 1):
        for number, result in enumerate(card.results, 1):
            several = len(scorecards) > 1
            name = title_of(result, translate)
            yield {
                **_verdict(result),
                "name": f"{name_of(card, translate)}: {name}" if several else name,
                "name_format": "text",
                "number": f"{place}.{number}" if several else str(number),
                "output": told(result, card, translate, most),
                "output_format": "text",
                "tags": [result.behaviour, result.level, result.part, str(result.outcome)],
                "visibility": visibility.get(result.id, "visible"),
                "extra_data": {
                    "id": result.id,
                    "outcome": str(result.outcome),
                    "attempts": result.attempts,
                    "duration": round(result.duration, 6),
                },
            }


def _verdict(result: Result) -> dict[str, Any]:
    verdict: dict[str, Any] = {
        "score": float(result.points),
        "max_score": float(result.max_points),
    }
    status = STATUS.get(result.outcome)
    return {**verdict, "status": status} if status else verdict
