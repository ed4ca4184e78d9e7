"""One run of pytest that grades: its results, its scorecards, its end.

Knows pytest's hooks and how results travel from xdist's workers. Does not know
how a verdict is reached (see ``grading``) or how it looks (see ``reports``).
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Collection, Generator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from . import catalogue, tour
from .assignments import assign_all, in_folder
from .behaviours import Role
from .grading import Assignment, Grading, not_run
from .interrupts import only_at_lines, put_off
from .items import WORDS, BehaviourItem, Grade, log_to_junit, node_id, tell
from .messages import Message, message, spoken
from .overlap import Overlap
from .pairs import gradings
from .record import Key, Record, Settings
from .replay.folder import write
from .reports.formats import AWAITED, FORMATS
from .reports.junit import properties
from .reports.look import WIDEST, can_draw
from .reports.terminal import render_overview, render_scorecard
from .reports.writing import write_reports
from .results import Result, Scorecard, blocked_unseen
from .targets import TOUR, find

CRASHED = "???"
"""What xdist says when a behaviour was asked by a worker that is gone."""

Carried = tuple[Key, Result, Message | None, Message | str]
"""A verdict on its way to the controller, with the network and the containment of its place."""


class GradingSession:
    """Everything that one run with ``--target`` knows; a plugin while it lasts."""

    def __init__(self, config: pytest.Config, settings: Settings) -> None:
        self.config = config
        self.settings = settings
        self.started = datetime.now(timezone.utc)
        self.other_failures = 0
        self.record = Record(settings)
        self._logged: set[str] = set()
        self._replays: list[Message] = []
        self._is_worker = hasattr(config, "workerinput")
        self._overlap = Overlap()

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
        self.record.gradings = self._gradings(found)

    def _gradings(self, found: Sequence[Assignment]) -> list[Grading]:
        runner, seed = self.settings.runner, self.settings.seed
        if [assignment.role for assignment in found] == [TOUR]:
            return [tour.Tour(found[0], runner, seed)]
        return gradings(found, runner, seed)

    def _known(self, spec: str, exercise: str, role: Role) -> Assignment:
        if spec == TOUR:
            return tour.assignment()
        asked = catalogue.exercise(self.settings.exercise or exercise, self.settings.folder)
        if role == "pair":
            return in_folder(spec, self.settings.folder, self.settings.runner, asked)[-1]
        # By now the spec of a function names it: a module's is for the whole of it.
        called = catalogue.called(spec, asked)
        target = find(spec, folder=self.settings.folder, called=called)[0]
        return Assignment(target, asked, role)

    def pytest_sessionstart(self) -> None:
        """Write at once what must be there even when this process is killed."""
        self.config.add_cleanup(only_at_lines())
        awaited = any(name in AWAITED for name, _ in self.settings.reports)
        if awaited and not self._is_worker and not self.config.option.collectonly:
            self._write_reports(self.record.scorecards(), AWAITED)

    # Collection

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> Grade | None:
        """Collect the targets of this run in place of what lies in the folder."""
        if path != self.config.rootpath:
            return None
        grade: Grade = Grade.from_parent(parent, path=path)
        grade.gradings = self.record.gradings
        return grade

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Remember what the user did not select."""
        self.record.deselected |= {item.key for item in items if isinstance(item, BehaviourItem)}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Begin with what will be asked; what is to stop early or to be shared out is not."""
        options = self.config.option
        if not (self._is_worker or options.collectonly or options.maxfail):
            items = (item for item in session.items if isinstance(item, BehaviourItem))
            self._overlap.begin((item.grading, item.weighed) for item in items)

    # xdist

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist what the controller has found out."""
        node.workerinput["sockets_seed"] = self.settings.seed
        node.workerinput["sockets_assigned"] = [
            (g.assignment.target.spec, g.assignment.exercise.name, g.assignment.role)
            for g in self.record.gradings
        ]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Learn from a worker that ends what was not selected: only workers collect."""
        told = getattr(node, "workeroutput", {}).get("sockets_deselected", ())
        self.record.deselected |= {(target, name) for target, name in told}

    # Results

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Give the report the outcome of the behaviour, and the evidence to take along."""
        if isinstance(item, BehaviourItem) and call.when == "call":
            if item.result is None and call.excinfo is not None:
                item.result = not_run(item.grading, item.weighed, _stopped(call.excinfo))
            if item.result is not None:
                item.user_properties += properties(item.result, spoken)
        report = yield
        if isinstance(item, BehaviourItem) and call.when == "call" and item.result is not None:
            tell(report, item.result)
            grading = item.grading
            carried = (item.key, item.result, grading.network, grading.containment)
            vars(report)["sockets_result"] = base64.b64encode(pickle.dumps(carried)).decode()
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, None, None]:
        """Keep the result that a report carries, from this process or from a worker."""
        carried = _carried(report)
        if carried is not None:
            key, result, network, containment = carried
            self.record.keep(key, result, network, containment)
        else:
            self.other_failures += report.failed
        if report.when == CRASHED:
            self.record.lose(report.nodeid, lambda target: node_id(target, self.config))
        yield
        if report.when == "teardown":
            self._logged.add(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> Any:
        """Name the outcomes that pytest has no word for."""
        carried = _carried(report)
        return None if carried is None else WORDS.get(carried[1].outcome)

    # The end

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the reports and set the exit status: 1 only for what the project says."""
        if self._is_worker:
            output: dict[str, Any] = vars(self.config)["workeroutput"]
            output["sockets_deselected"] = [list(key) for key in self.record.deselected]
            return
        if self.config.option.collectonly:
            return
        with put_off() as interrupted:
            cards = self.record.scorecards()
            self._complete_junit()
            failed = self._write_reports(cards)
            if self.settings.replay is not None:
                self._replays = list(write(list(self.record.failures()), self.settings.replay))
        if session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            stopped = session.shouldfail or session.shouldstop
            ours = any(result.ours for card in cards for result in card.results)
            bad = failed or stopped or ours or self.other_failures or self._below(cards)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if bad else pytest.ExitCode.OK
            if interrupted.is_set():
                session.exitstatus = pytest.ExitCode.INTERRUPTED

    def _below(self, cards: Sequence[Scorecard]) -> bool:
        """Tell whether a program did not reach what it had to."""
        least = self.settings.fail_under
        return any(
            card.must_failed or (least is not None and card.percent < least)
            for card in cards
            if card.role != TOUR
        ) or blocked_unseen(cards)

    def _write_reports(
        self, cards: Sequence[Scorecard], formats: Collection[str] = tuple(FORMATS)
    ) -> bool:
        """Write every report that was asked for; True when one could not be written."""
        settings = self.settings
        problems = write_reports(
            [(name, path) for name, path in settings.reports if name in formats],
            cards,
            started=self.started,
            seed=settings.seed,
            translate=spoken,
        )
        for problem in problems:
            self._say(str(problem), red=True)
        return bool(problems)

    def _complete_junit(self) -> None:
        """Tell JUnit's report of the behaviours that never ran to their end, with their points."""
        plugins = self.config.pluginmanager.get_plugins()
        junit = next((p for p in plugins if type(p).__name__ == "LogXML"), None)
        for target, result in self.record.all() if junit is not None else ():
            name = node_id(target, self.config)
            if f"{name}::{result.id}" not in self._logged:
                log_to_junit(junit, name, result)

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print each scorecard, and the sums of all where there are several."""
        if self._is_worker or self.config.option.collectonly:
            return
        writer = terminalreporter._tw  # pytest offers no other way to its width
        encoding = getattr(writer._file, "encoding", None) or "utf-8"
        look: dict[str, Any] = {
            "width": min(writer.fullwidth, WIDEST),
            "colour": writer.hasmarkup,
            "ascii": not can_draw(encoding),
            "translate": spoken,
        }
        options = {"verbosity": self.config.option.verbose,
                   "show_exchange": self.settings.show_exchange}  # fmt: skip
        cards = self.record.scorecards(selected_only=True)
        texts = [render_scorecard(card, **look, **options) for card in cards]
        for text in [*texts, *([render_overview(cards, **look)] if len(cards) > 1 else [])]:
            terminalreporter.write_line("")
            # pytest would write a text with one character too many as one long escape.
            shown = text.encode(encoding, "backslashreplace").decode(encoding)
            terminalreporter.write_line(shown)
        for told in self._replays:
            terminalreporter.write_line(str(told))

    def _say(self, text: str, **markup: bool) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(text, **markup)

    def pytest_report_header(self) -> str:
        """Return the line that says how the run can be repeated."""
        seed = self.settings.seed
        if self.settings.runner.kernel:
            return str(message("sockets: seed {seed}, silence is proved by the kernel", seed=seed))
        return str(
            message(
                "sockets: seed {seed}, silence is judged by deadlines: this system proves less",
                seed=seed,
            )
        )

    def pytest_unconfigure(self) -> None:
        """Let go of the warm interpreter, and of what is judged although the run has ended."""
        self._overlap.close()
        self.settings.runner.close()
        self._overlap.wait()


def _carried(report: pytest.TestReport) -> Carried | None:
    text = vars(report).get("sockets_result")
    if text is None:
        return None
    carried: Carried = pickle.loads(base64.b64decode(text))  # noqa: S301 - ours
    return carried


def _stopped(excinfo: pytest.ExceptionInfo[BaseException]) -> Message:
    """Return why a behaviour has no verdict although it was asked."""
    said = str(excinfo.value).strip().partition("\n")[0]
    return message(
        "pytest stopped it before there was a verdict: {kind}: {said}",
        kind=excinfo.typename,
        said=said,
    )
