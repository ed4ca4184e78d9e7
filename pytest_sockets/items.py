"""What pytest collects when it grades, and what it is told of a verdict.

Knows pytest's nodes and reports. Does not know how a verdict is reached (see
``grading``) nor what becomes of all verdicts together (see ``session``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .exercises import Weighed
from .grading import Grading
from .messages import message, spoken
from .reports.junit import properties
from .reports.wording import EXPECTED, OBSERVED, TRY
from .results import Outcome, Result
from .targets import Target

WORDS = {
    Outcome.BLOCKED: ("blocked", "b", ("BLOCKED", {"yellow": True})),
    Outcome.NOT_JUDGED: ("not judged", "?", ("NOT JUDGED", {"yellow": True})),
    Outcome.INFO: ("info", "i", ("INFO", {"blue": True})),
}
"""How pytest names what it has no word for: category, letter, word."""


class BehaviourItem(pytest.Item):
    """One behaviour of one target; it has no fixtures."""

    def __init__(self, *, weighed: Weighed, grading: Grading, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.weighed = weighed
        self.grading = grading
        self.result: Result | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What a result is kept under: the target and the behaviour's id."""
        return self.grading.assignment.target.spec, self.name

    def runtest(self) -> None:
        """Judge the behaviour; what it came to is told by the report."""
        self.result = self.grading.result(self.weighed)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where pytest says the item is: the target, under the name that its id has."""
        return self.config.rootpath / self.nodeid.partition("::")[0], None, self.name


class AssignmentCollector(pytest.Collector):
    """One target in one exercise and role: its behaviours are its items."""

    def __init__(self, *, grading: Grading, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.grading = grading

    def collect(self) -> Iterator[BehaviourItem]:
        """Yield an item for each behaviour of the profile, in its order."""
        assignment = self.grading.assignment
        for weighed in assignment.profile.behaviours:
            yield BehaviourItem.from_parent(
                self, name=assignment.id(weighed), weighed=weighed, grading=self.grading
            )


class Grade(pytest.Directory):
    """The targets of a run; nothing else in the folder is collected, and none of it is imported."""

    gradings: Iterable[Grading] = ()

    def collect(self) -> Iterator[AssignmentCollector]:
        """Yield a collector for each assignment."""
        for grading in self.gradings:
            target = grading.assignment.target
            yield AssignmentCollector.from_parent(
                self, name=target.spec, nodeid=node_id(target, self.config), grading=grading
            )


def node_id(target: Target, config: pytest.Config) -> str:
    """Return the name of ``target`` as pytest wants it: a path as seen from its rootdir."""
    if target.kind == "address":
        # Paths have no double slash, and a double colon would end the path.
        return target.spec.replace("://", ":").replace("::", ": :")
    try:
        folder = config.invocation_params.dir.relative_to(config.rootpath)
    except ValueError:
        return target.spec
    return (folder / target.spec).as_posix().replace("::", ": :")


def tell(report: pytest.TestReport, result: Result) -> None:
    """Set what ``report`` says to what came of the behaviour."""
    text = short(result)
    if result.outcome is Outcome.FAILED:
        report.outcome, report.longrepr = "failed", text
    elif result.outcome in (Outcome.BLOCKED, Outcome.NOT_JUDGED):
        report.outcome, report.longrepr = "skipped", (report.location[0], 0, text)


def short(result: Result) -> str:
    """Return what a reader of the JUnit report is told."""
    if result.outcome is Outcome.FAILED:
        told = ((EXPECTED, result.expected), (OBSERVED, result.observed),
                (TRY, result.advice or spoken(result.hint)))  # fmt: skip
        return "\n".join(
            [
                spoken(result.title),
                *(str(message("{label}: {text}", label=label, text=text)) for label, text in told),
            ]
        )
    if result.outcome is Outcome.BLOCKED:
        return str(message("blocked by {id}", id=result.blocked_by))
    return str(result.reason)


def log_to_junit(junit: Any, name: str, result: Result) -> None:
    """Tell pytest's JUnit report ``junit`` of a behaviour of target ``name``.

    What it has begun to write of the behaviour, as an interrupted run leaves it, is completed.
    """
    nodeid = f"{name}::{result.id}"
    begun = getattr(junit, "node_reporters", {})
    worker = next((worker for known, worker in begun if str(known) == nodeid), None)
    for when in ("call", "teardown"):
        report = pytest.TestReport(
            nodeid=nodeid,
            location=(name, None, result.id),
            keywords={},
            outcome="passed",
            longrepr=None,
            when=when,
            user_properties=properties(result, spoken),
        )
        vars(report)["node"] = worker
        if when == "call":
            tell(report, result)
        junit.pytest_runtest_logreport(report)
