"""One run of pytest that grades: its items, its results, its end.

Knows pytest's hooks and how results travel from xdist's workers. Does not know
how a verdict is reached (see ``grading``) or how it looks (see ``reports``).
"""

from __future__ import annotations

import base64
import functools
import os
import pickle
import platform
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from . import catalogue
from .assignments import assign_all
from .behaviours import Role
from .exercises import Weighed
from .grading import Assignment, Grading, not_run
from .messages import Message, message
from .programs.place import Runner
from .reports.files import write_atomically
from .reports.json_report import to_json
from .reports.junit import properties
from .reports.terminal import render_scorecard
from .results import Outcome, Result, Scorecard
from .targets import find

NOT_SELECTED = message("it was not selected for this run")
INTERRUPTED = message("the run ended before it was asked")
WORDS = {
    Outcome.BLOCKED: ("blocked", "b", ("BLOCKED", {"yellow": True})),
    Outcome.NOT_JUDGED: ("not judged", "?", ("NOT JUDGED", {"yellow": True})),
    Outcome.INFO: ("info", "i", ("INFO", {"blue": True})),
}


def portable() -> bool:
    """Tell whether everything that only some systems have is to be left unused."""
    return os.environ.get("PYTEST_SOCKETS_PORTABLE", "") not in ("", "0")


@dataclass(frozen=True)
class Settings:
    """What the command line asked for; ``folder`` is where the run was started."""

    folder: Path
    exercise: str | None
    role: Role | None
    seed: int
    reports: Sequence[tuple[str, Path]]
    fail_under: float | None
    show_exchange: bool
    runner: Runner


class BehaviourItem(pytest.Item):
    """One behaviour of one target; it has no fixtures."""

    def __init__(self, *, weighed: Weighed, grading: Grading, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.weighed = weighed
        self.grading = grading
        self.result: Result | None = None

    def runtest(self) -> None:
        """Judge the behaviour; what it came to is told by the report."""
        self.result = self.grading.result(self.weighed)

    def reportinfo(self) -> tuple[str, None, str]:
        """Return where pytest says the item is: the target."""
        return self.grading.assignment.target.spec, None, self.name


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


class Suite(pytest.Directory):
    """The conformance suite's folder, collected as the targets of this run."""

    def collect(self) -> Iterator[AssignmentCollector]:
        """Yield a collector for each assignment."""
        session: GradingSession = self.config.pluginmanager.get_plugin("sockets-grading")
        for grading in session.gradings:
            spec = grading.assignment.target.spec
            yield AssignmentCollector.from_parent(self, name=spec, nodeid=spec, grading=grading)


class GradingSession:
    """Everything that one run with ``--target`` knows; a plugin while it lasts."""

    def __init__(self, config: pytest.Config, settings: Settings) -> None:
        self.config = config
        self.settings = settings
        self.gradings: list[Grading] = []
        self.started = datetime.now(timezone.utc)
        self.other_failures = 0
        self._results: dict[tuple[str, str], Result] = {}
        self._selected: set[tuple[str, str]] | None = None
        self._is_worker = hasattr(config, "workerinput")

    def assign(self, specs: Sequence[str], known: list[tuple[str, str, Role]] | None) -> None:
        """Find what is graded; ``known`` is what xdist's controller has found already.

        Raises:
            BadTarget: a target can't be graded.
            NoSuchExercise: there is no such exercise.
        """
        settings = self.settings
        if known is None:
            found = assign_all(
                specs,
                folder=settings.folder,
                runner=settings.runner,
                exercise=settings.exercise,
                role=settings.role,
            )
        else:
            found = [self._known(*words) for words in known]
        unique = {(a.target.spec, a.name): a for a in found}
        self.gradings = [Grading(a, settings.runner, settings.seed) for a in unique.values()]

    def _known(self, spec: str, exercise: str, role: Role) -> Assignment:
        asked = catalogue.exercise(self.settings.exercise or exercise, self.settings.folder)
        functions = [spec.rpartition(":")[2]]
        target = find(spec, folder=self.settings.folder, functions=functions)[0]
        return Assignment(target, asked, role)

    # Collection

    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> Suite | None:
        """Collect the suite's folder as the targets of this run."""
        if str(path) in self.config.args:
            return Suite.from_parent(parent, path=path)
        return None

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Remember what the user did not select."""
        chosen = {(g.assignment.target.spec, g.assignment.id(w)) for g, w in self._all()}
        self._selected = self._selected or chosen
        for item in items:
            if isinstance(item, BehaviourItem):
                key = (item.grading.assignment.target.spec, item.name)
                self._selected.discard(key)

    def _all(self) -> Iterator[tuple[Grading, Weighed]]:
        for grading in self.gradings:
            for weighed in grading.assignment.profile.behaviours:
                yield grading, weighed

    # xdist

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist what the controller has found out."""
        node.workerinput["sockets_seed"] = self.settings.seed
        node.workerinput["sockets_assigned"] = [
            (g.assignment.target.spec, g.assignment.exercise.name, g.assignment.role)
            for g in self.gradings
        ]

    # Results

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Give the report the outcome of the behaviour, and the evidence to take along."""
        report = yield
        if isinstance(item, BehaviourItem) and call.when == "call" and item.result is not None:
            _tell(report, item.result)
            grading = item.grading
            carried = (item.result, grading.network, grading.containment)
            vars(report)["sockets_result"] = base64.b64encode(pickle.dumps(carried)).decode()
            vars(report)["sockets_target"] = grading.assignment.target.spec
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the result that a report carries, from this process or from a worker."""
        carried = getattr(report, "sockets_result", None)
        if carried is None:
            self.other_failures += report.failed
            return
        result, network, containment = pickle.loads(base64.b64decode(carried))  # noqa: S301 - ours
        target = vars(report)["sockets_target"]
        self._results[(target, result.id)] = result
        for grading in self.gradings:
            if grading.assignment.target.spec == target:
                grading.network, grading.containment = network, containment

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> Any:
        """Name the outcomes that pytest has no word for."""
        result = self._result_of(report)
        return WORDS.get(result.outcome) if result is not None else None

    def _result_of(self, report: pytest.TestReport) -> Result | None:
        name = report.nodeid.rpartition("::")[2]
        if getattr(report, "when", None) != "call":
            return None
        return self._results.get((vars(report).get("sockets_target", ""), name))

    def scorecards(self, *, selected_only: bool = False) -> list[Scorecard]:
        """Return a scorecard for each assignment, with every behaviour of its profile."""
        cards = []
        for grading in self.gradings:
            results = [
                self._results.get(key) or not_run(grading, weighed, self._why_not(key))
                for weighed in grading.assignment.profile.behaviours
                if (key := (grading.assignment.target.spec, grading.assignment.id(weighed)))
                and not (selected_only and self._why_not(key) is NOT_SELECTED)
            ]
            if results:
                cards.append(grading.scorecard(results))
        return cards

    def _why_not(self, key: tuple[str, str]) -> Message:
        if self._selected is not None and key not in self._selected:
            return NOT_SELECTED
        options = self.config.option
        if options.keyword or options.markexpr or getattr(options, "lf", False):
            return NOT_SELECTED
        return INTERRUPTED

    # The end

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the reports and set the exit status: 1 only for what the project says."""
        if self._is_worker or self.config.option.collectonly:
            return
        cards = self.scorecards()
        self._complete_junit()
        failed = self._write_reports(cards)
        below = self.settings.fail_under is not None and any(
            card.percent < self.settings.fail_under for card in cards
        )
        if session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            bad = failed or below or self.other_failures or any(c.must_failed for c in cards)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if bad else pytest.ExitCode.OK

    def _write_reports(self, cards: Sequence[Scorecard]) -> bool:
        """Write every report that was asked for; True when one could not be written."""
        failed = False
        for _, path in self.settings.reports:
            text = to_json(
                cards,
                version=version("pytest-sockets"),
                started=self.started,
                seed=self.settings.seed,
                containment=cards[0].containment if cards else "",
                platform=platform.platform(),
            )
            try:
                write_atomically(path, text)
            except OSError as error:
                failed = True
                self._say(f"the report {path} could not be written: {error.strerror}", red=True)
        return failed

    def _complete_junit(self) -> None:
        """Tell JUnit's report of the behaviours that never ran, with their points."""
        junit = next(
            (p for p in self.config.pluginmanager.get_plugins() if type(p).__name__ == "LogXML"),
            None,
        )
        if junit is None:
            return
        for grading, weighed in self._all():
            spec, name = grading.assignment.target.spec, grading.assignment.id(weighed)
            if (spec, name) not in self._results:
                result = not_run(grading, weighed, self._why_not((spec, name)))
                _log_not_run(junit, spec, result)

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print each scorecard."""
        if self._is_worker or self.config.option.collectonly:
            return
        writer = terminalreporter._tw  # noqa: SLF001 - pytest offers no other way to its width
        encoding = getattr(writer._file, "encoding", None) or "utf-8"  # noqa: SLF001
        for card in self.scorecards(selected_only=True):
            text = render_scorecard(
                card,
                width=min(max(writer.fullwidth, 60), 100),
                colour=writer.hasmarkup,
                verbosity=self.config.option.verbose,
                ascii=not _has_box_characters(encoding),
                show_exchange=self.settings.show_exchange,
            )
            terminalreporter.write_line("")
            terminalreporter.write_line(text)

    def _say(self, text: str, **markup: bool) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(text, **markup)

    def pytest_report_header(self) -> str:
        """Return the line that says how the run can be repeated."""
        runner = self.settings.runner
        how = "proved by the kernel" if runner.kernel else "by deadlines (this system proves less)"
        return f"sockets: seed {self.settings.seed}, silence judged {how}"

    def pytest_unconfigure(self) -> None:
        """Let go of the warm interpreter."""
        self.settings.runner.close()


def _tell(report: pytest.TestReport, result: Result) -> None:
    report.user_properties += properties(result)
    text = _short(result)
    if result.outcome is Outcome.FAILED:
        report.outcome, report.longrepr = "failed", text
    elif result.outcome in (Outcome.BLOCKED, Outcome.NOT_JUDGED):
        report.outcome, report.longrepr = "skipped", (report.location[0], 0, text)


def _short(result: Result) -> str:
    if result.outcome is Outcome.FAILED:
        return (
            f"{result.title}\nexpected: {result.expected}\nobserved: {result.observed}\n"
            f"try: {result.hint}"
        )
    if result.outcome is Outcome.BLOCKED:
        return f"blocked by {result.blocked_by}"
    return str(result.reason)


def _log_not_run(junit: Any, spec: str, result: Result) -> None:
    for when in ("setup", "teardown"):
        junit.pytest_runtest_logreport(
            pytest.TestReport(
                nodeid=f"{spec}::{result.id}",
                location=(spec, None, result.id),
                keywords={},
                outcome="skipped" if when == "setup" else "passed",
                longrepr=(spec, 0, _short(result)) if when == "setup" else None,
                when=when,  # type: ignore[arg-type]
                user_properties=properties(result),
            )
        )


@functools.cache
def _has_box_characters(encoding: str) -> bool:
    try:
        "│─▶◀✓✗→…".encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
