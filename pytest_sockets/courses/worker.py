"""A process that grades submissions, one after the other, and tells what came of each.

Knows the documents that the grader sends and is sent: JSON, so that whatever a
submission does to this process can't run anything in the grader's. Does not know
the class, nor the store.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import platform
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from importlib.metadata import version
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .. import catalogue
from ..behaviours import Role
from ..exercises import Exercise
from ..grading import Assignment, Grading
from ..interrupts import tell_main_thread
from ..languages import language as translator
from ..messages import Message, message, speak, spoken
from ..pairs import gradings
from ..programs.containment import Mode
from ..programs.folder import remove_all
from ..programs.place import Runner
from ..reports.formats import missing, renderer
from ..reports.json_report import to_document, whole
from ..results import Outcome, Result, Scorecard
from ..targets import BadTarget, Target, find
from ..ungraded import ungraded

_version = functools.cache(version)

END_LIMIT = 30.0
"""Seconds in which what is being graded is ended in order when the grader is gone."""


@dataclass(frozen=True)
class PartTask:
    """One part of a submission to grade: its program, or why there is none.

    ``exercise`` is a name, or the path of the file that defines it. ``problem`` says what
    is lacking; ``unclear`` when that is for the instructor to mend.
    """

    exercise: str
    role: Role
    program: str = ""
    problem: str = ""
    unclear: bool = False


Answer = Callable[[Mapping[str, Any], Runner], dict[str, Any]]
"""Makes a document of a task, which is one, too."""


def work(
    connection: Connection,
    python: str,
    language: str,
    *,
    portable: bool,
    containment: Mode = "auto",
    answer: Answer | None = None,
) -> None:
    """Grade what comes through ``connection`` until it ends or something empty comes.

    What is told is in ``language``: en or zh. ``answer`` does something else than to
    grade a submission.
    """
    speak(translator(language))
    signal.signal(signal.SIGTERM, _leave)
    # Ctrl-C is for the grader to see to. Ignored, it would be ignored by the programs, too.
    signal.signal(signal.SIGINT, lambda *_: None)
    _end_with_the_grader()
    runner = Runner(python, portable=portable, private=True, containment=containment)
    try:
        while task := connection.recv_bytes():
            connection.send_bytes(_answered(json.loads(task), runner, answer or graded))
    except (EOFError, OSError):
        return
    finally:
        runner.close()
        remove_all()


def _end_with_the_grader() -> None:
    """Let this process end as soon as the grader has, which may be killed at any moment.

    Waiting for the next task would show it, but only once this one is done.
    """
    grader = multiprocessing.parent_process()

    def watch() -> None:
        assert grader is not None
        wait([grader.sentinel])
        tell_main_thread(signal.SIGTERM)
        threading.main_thread().join(END_LIMIT)
        os._exit(1)

    if grader is not None:
        threading.Thread(target=watch, daemon=True).start()


def _answered(task: Mapping[str, Any], runner: Runner, answer: Answer) -> bytes:
    try:
        return _line(answer(task, runner))
    except Exception:  # noqa: BLE001 - whatever it was, it was ours and is shown
        return _line({"result": None, "error": traceback.format_exc()})


def _line(document: Mapping[str, Any]) -> bytes:
    return whole(json.dumps(document, ensure_ascii=False, allow_nan=False)).encode()


def _leave(*_: object) -> None:
    signal.signal(signal.SIGTERM, lambda *_: None)
    raise SystemExit(0)


def graded(task: Mapping[str, Any], runner: Runner) -> dict[str, Any]:
    """Return the document of a submission.

    ``result`` is of the form "pytest-sockets/1", ``page`` what the student is shown, in
    HTML, and empty without Jinja2. ``seconds`` is what it took. ``lost`` is why something
    is not judged that should have been, also when all was asked once more; else empty.
    """
    began = time.monotonic()
    started = datetime.now(timezone.utc)
    cards = _scorecards(task, runner)
    if _lost(cards):
        cards = _scorecards(task, runner)
    run: dict[str, Any] = {
        "version": _version("pytest-sockets"),
        "started": started,
        "seed": task["seed"],
        "containment": str(next((card.containment for card in cards if card.containment), "")),
        "platform": platform.platform(),
        "translate": spoken,
    }
    return {
        "result": to_document(cards, **run),
        "page": "" if missing("html") else renderer("html")(list(map(_to_mend, cards)), **run),
        "seconds": round(time.monotonic() - began, 6),
        "lost": _lost(cards),
    }


def _to_mend(card: Scorecard) -> Scorecard:
    """Return what a page draws: of what passed no exchange; the JSON result has them all."""
    return replace(card, results=[
        replace(each, transcript=[]) if each.outcome is Outcome.PASSED else each
        for each in card.results
    ])  # fmt: skip


def _lost(cards: Sequence[Scorecard]) -> str:
    """Return the reason of the first behaviour that we could not judge, "" when there is none."""
    ours = (result for card in cards for result in card.results if result.ours)
    return str(next((result.reason for result in ours), ""))


def _scorecards(task: Mapping[str, Any], runner: Runner) -> list[Scorecard]:
    parts = [PartTask(**part) for part in task["parts"]]
    assigned = {(each.exercise, each.role): _assigned(each, task) for each in parts}
    for part in parts:
        if part.role == "pair":
            together = [assigned[part.exercise, role] for role in ("server", "client")]
            assigned[part.exercise, "pair"] = _pair(part, together, task)
    ready = [each for each in assigned.values() if isinstance(each, Assignment)]
    made = {id(each): grading for each, grading in
            zip(ready, gradings(ready, runner, task["seed"]), strict=True)}  # fmt: skip
    return [
        _scorecard(made[id(each)]) if isinstance(each, Assignment) else each.scorecard(task["seed"])
        for each in assigned.values()
    ]


def _scorecard(grading: Grading) -> Scorecard:
    asked = grading.assignment.profile.behaviours
    return grading.scorecard([grading.result(weighed) for weighed in asked])


@dataclass(frozen=True)
class _Nothing:
    """A part without a program; ``by`` is the behaviour of another part that is to be mended."""

    assignment: Assignment
    problem: Message
    unclear: bool
    by: str | None = None

    @property
    def first(self) -> str:
        """The behaviour to mend first."""
        return self.by or self.assignment.id(self.assignment.profile.behaviours[0])

    def scorecard(self, seed: int) -> Scorecard:
        """Return the results: all points are lost, or nothing is judged where it is unclear."""
        asked = self.assignment
        card = ungraded(asked.exercise, asked.role, asked.target.spec, self.problem, seed=seed)
        if self.unclear:
            return card
        return replace(card, results=[self._lost(result) for result in card.results])

    def _lost(self, result: Result) -> Result:
        if result.id != self.first:
            return replace(result, outcome=Outcome.BLOCKED, blocked_by=self.first, reason=None)
        return replace(
            result,
            outcome=Outcome.FAILED,
            expected=message("a program to grade"),
            observed=self.problem,
            reason=None,
        )


@functools.cache
def exercise_of(name: str) -> Exercise:
    """Return the exercise that a task names; a file that defines one is run once in a worker."""
    return catalogue.exercise(name, Path())


def _assigned(part: PartTask, task: Mapping[str, Any]) -> Assignment | _Nothing:
    exercise = exercise_of(part.exercise)
    spec = f"{task['origin']}/{part.program}" if part.program else task["origin"]
    target = Target(spec=spec, kind="script", name="")
    if part.problem or part.role == "pair":
        without = Assignment(target, exercise, part.role)
        return _Nothing(without, message("{problem}", problem=part.problem), part.unclear)
    try:
        target = program_at(Path(task["folder"], part.program), spec)
    except BadTarget as error:
        return _Nothing(Assignment(target, exercise, part.role), error.problem, unclear=False)
    return Assignment(target, exercise, part.role)


def program_at(path: Path, spec: str) -> Target:
    """Return the program that lies at ``path`` and is called ``spec``.

    Raises:
        BadTarget: it is none.
    """
    try:
        # Behind ./ no name can be taken for a command or an address.
        (target,) = find(f"./{path.name}", folder=path.parent)
    except BadTarget as error:
        problem = error.problem
        raise BadTarget(problem.of(**{**problem.values, "spec": path.name})) from error
    return replace(target, spec=spec)


def _pair(
    part: PartTask, together: Sequence[Assignment | _Nothing], task: Mapping[str, Any]
) -> Assignment | _Nothing:
    exercise = exercise_of(part.exercise)
    targets = tuple(each.target for each in together if isinstance(each, Assignment))
    target = Target(spec=task["origin"], kind="pair", name="", root=Path(task["folder"]),
                    parts=targets)  # fmt: skip
    pair = Assignment(target, exercise, "pair")
    for each in together:
        if isinstance(each, _Nothing):
            return _Nothing(pair, each.problem, each.unclear, by=each.first)
    return pair
