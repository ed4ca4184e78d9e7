"""Scorecards as GitHub Classroom takes them, and the older list of commands that it ran.

The result is what the runners of classroom-resources hand to
autograding-grading-reporter: version, status, max_score, and tests with name,
status, score, message, test_code, filename, line_no and duration (in ms). The reporter takes
it in Base64 from one environment variable, of which Linux allows 128 KiB: texts
are shortened until the whole fits. The number of tests is not: some hundred fit.

The older autograding.json is the list of tests of education/autograding: name,
setup, run, input, output, comparison, timeout (in minutes) and points.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import Any

from pytest_sockets.behaviours import Role
from pytest_sockets.exercises import Exercise
from pytest_sockets.messages import Translate, same
from pytest_sockets.results import Outcome, Result, Scorecard
from pytest_sockets.wire.events import Called

from .evidence import hint_of
from .feedback import bounded, incomplete, name_of, possible, title_of, told
from .json_report import whole
from .wording import BECAUSE, EXPECTED, OBSERVED, TRY, plain, say

VERSION = 3
MOST_BYTES = 90_000
"""What the whole result may take, so that its Base64 fits into an environment variable."""

LONGEST = 1_500
SHORTEST = 60
TIMEOUT = 10

STATUS = {
    Outcome.PASSED: "pass",
    Outcome.INFO: "pass",
    Outcome.FAILED: "fail",
    Outcome.BLOCKED: "fail",
    Outcome.NOT_JUDGED: "error",
}


def to_classroom(scorecards: Sequence[Scorecard], *, translate: Translate = same, **_: Any) -> str:
    """Return the result of a run, ending in a newline; Classroom sums the tests' scores.

    ``max_score`` is that of the profiles.
    """
    most = LONGEST
    while True:
        text = _document(scorecards, translate, most)
        if len(text.encode()) <= MOST_BYTES or most <= SHORTEST:
            return text
        most = max(SHORTEST, most // 2)


def _document(scorecards: Sequence[Scorecard], translate: Translate, most: int) -> str:
    several = len(scorecards) > 1
    tests = [
        _test(result, card, translate, several=several, most=most)
        for card in scorecards
        for result in card.results
    ]
    remarks = [say(each, translate) for card in scorecards if (each := incomplete(card))]
    document = {
        "version": VERSION,
        "status": _status({test["status"] for test in tests}),
        "message": bounded("\n".join(remarks), most, translate),
        "max_score": sum(map(possible, scorecards)),
        "tests": tests,
    }
    return whole(json.dumps(document, ensure_ascii=False, allow_nan=False)) + "\n"


def _status(found: set[str]) -> str:
    """Return the worst of all: what could not be judged is no failure."""
    return next((status for status in ("fail", "error") if status in found), "pass")


def _test(
    result: Result, card: Scorecard, translate: Translate, *, several: bool, most: int
) -> dict[str, Any]:
    name = title_of(result, translate)
    line = _last_line(result, card)
    return {
        "name": bounded(
            f"{name_of(card, translate)}: {name}" if several else name, most, translate
        ),
        "status": STATUS[result.outcome],
        "score": result.points,
        "message": _message(result, card, translate, most),
        "test_code": bounded(plain(result.again), most, translate),
        "filename": bounded(line[0], most, translate),
        "line_no": line[1],
        "duration": round(1000 * result.duration, 3),
    }


def _message(result: Result, card: Scorecard, translate: Translate, most: int) -> str:
    """Return what is to be known of a result in a few lines: no exchange is drawn."""
    if result.outcome is not Outcome.FAILED:
        return told(result, card, translate, most)
    parts = (
        (EXPECTED, result.expected),
        (OBSERVED, result.observed),
        (BECAUSE, result.because),
        (TRY, hint_of(result)),
    )
    lines = [f"{say(label, translate)}: {say(part, translate)}" for label, part in parts if part]
    return bounded("\n".join(lines), most, translate)


def _last_line(result: Result, card: Scorecard) -> tuple[str, int]:
    """Return file and line where the program was last, of a failure that was traced; else 0."""
    if result.outcome is not Outcome.FAILED or card.role == "pair":
        return "", 0
    calls = [event for event in result.transcript if isinstance(event, Called) and event.line]
    return (plain(calls[-1].file or ""), calls[-1].line or 0) if calls else ("", 0)


def to_autograding(
    exercise: Exercise,
    programs: Sequence[tuple[Role, str]],
    *,
    asked: str = "",
    options: Sequence[str] = (),
    setup: str = "",
    translate: Translate = same,
) -> str:
    """Return the older autograding.json: a test for each behaviour that has points.

    ``programs`` are roles with the file names to be graded, ``asked`` is what
    ``--exercise`` takes where that is not the name, ``options`` are further ones for
    pytest. ``setup`` is the command that installs what is needed, run before the
    first test.
    """
    tests: list[dict[str, Any]] = []
    for role, program in programs:
        for weighed in exercise.profiles[role].behaviours:
            if weighed.points:
                chosen = _choosing(exercise, role, weighed.behaviour.slug)
                words = ["pytest", *options, "--target", program, "--exercise",
                         asked or exercise.name, "--role", role,
                         "--sockets-fail-under", "100", "-k", chosen]  # fmt: skip
                tests.append(
                    {
                        "name": say(weighed.behaviour.title, translate),
                        "setup": setup if not tests else "",
                        "run": shlex.join(words),
                        "input": "",
                        "output": "",
                        "comparison": "included",
                        "timeout": TIMEOUT,
                        "points": weighed.points,
                    }
                )
    return json.dumps({"tests": tests}, ensure_ascii=False, indent=2) + "\n"


def _choosing(exercise: Exercise, role: Role, slug: str) -> str:
    """Return what ``-k`` takes to choose one behaviour, and none whose name contains its."""
    slugs = [weighed.behaviour.slug for weighed in exercise.profiles[role].behaviours]
    others = [each for each in slugs if slug in each and each != slug]
    return " and not ".join([slug, *others])
