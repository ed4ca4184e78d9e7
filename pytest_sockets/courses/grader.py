"""Grades a class: what is not finished yet is given to workers, and kept as soon as it is.

Knows which submissions a store holds already. Does not know how a program is
graded (see ``worker``), nor how progress is shown.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..kernel.portable import portable
from ..programs.containment import Mode
from ..programs.versions import version_of
from .homework import Homework, HomeworkPart
from .pool import Finished, Grades, Pool, Task
from .store import Record, Store
from .submissions import Submission
from .worker import Answer, PartTask, work

WORKERS = 2 * (os.cpu_count() or 1)
"""Submissions that are graded at a time: a grade waits for its programs now and then."""

LIMIT = 600.0
"""Seconds after which a submission that is still being graded is given up."""


@dataclass(frozen=True)
class Settings:
    """How a class is graded.

    ``workers`` processes work at a time; a submission has ``limit`` seconds. Results
    are told in ``language``: en or zh. ``containment`` is how far a machine must be able
    to contain what it runs. ``cluster`` is the address of the one that
    does the work instead of this machine.
    """

    seed: int
    python: str = sys.executable
    workers: int = WORKERS
    limit: float = LIMIT
    portable: bool = field(default_factory=portable)
    language: str = "en"
    containment: Mode = "auto"
    cluster: str = ""

    @property
    def manner(self) -> dict[str, Any]:
        """What a worker is told, wherever it works; see ``worker.work``."""
        return {
            "python": self.python,
            "language": self.language,
            "portable": self.portable,
            "containment": self.containment,
        }

    @functools.cached_property
    def versions(self) -> dict[str, str]:
        """Ours, that of the interpreter which runs the programs, and the grader's own."""
        return {
            "pytest-sockets": version("pytest-sockets"),
            "python": version_of(self.python),
            "grader": platform.python_version(),
        }

    @property
    def conditions(self) -> dict[str, Any]:
        """What else a verdict may rest on: how, how long and on how much of a machine."""
        here = {"workers": self.workers, "processors": os.cpu_count()}
        where = {"cluster": self.cluster} if self.cluster else here
        return {"portable": self.portable, "limit": self.limit, **where}


def pool_of(settings: Settings, tasks: int, answer: Answer | None = None) -> Pool:
    """Return the workers for so many ``tasks``; see ``worker.work`` for ``answer``."""
    run = functools.partial(work, **settings.manner, answer=answer)
    return Pool(run, max(1, min(settings.workers, tasks)), settings.limit)


class Grader:
    """Grades the ``submissions`` of a homework into a store.

    What is finished there is not graded again, unless its record's number is not
    above ``after``.
    """

    def __init__(
        self,
        homework: Homework,
        submissions: Sequence[Submission],
        store: Store,
        settings: Settings,
        after: int = 0,
    ) -> None:
        self.homework = homework
        self.store = store
        self.settings = settings
        self._asked = homework.digest()
        self._by_key = {each.key: each for each in submissions}
        self.left = [each for each in submissions
                     if not store.is_finished(each.key, self._basis(each), after)]  # fmt: skip

    def run(self, grades: Grades | None = None) -> Iterator[Record]:
        """Grade what is left; yield each record once it is on disk.

        ``grades`` does the work, with None workers on this machine.

        Raises:
            BadCourse: the store can't be written any more, or the cluster is gone.
        """
        does = grades or pool_of(self.settings, len(self.left))
        for finished in does.grade(self._task(each) for each in self.left):
            record = self._record(finished)
            self.store.keep(record, (finished.document or {}).get("page", ""))
            yield record

    def _task(self, submission: Submission) -> Task:
        document = {
            "folder": str(submission.folder or ""),
            "origin": submission.origin or submission.student.name,
            "seed": self.settings.seed,
            "parts": [asdict(_part(part, submission)) for part in self.homework.parts],
        }
        return Task(submission.key, json.dumps(document).encode())

    def _basis(self, submission: Submission) -> str:
        """Return a digest of all that decides the result, the program's interpreter included."""
        parts = [asdict(_part(part, submission)) for part in self.homework.parts]
        for part in parts:
            part.pop("exercise")  # what it asks is part of the homework's digest, wherever it lies
        decides = [self._asked, self.settings.seed, version_of(self.settings.python), parts,
                   dict(submission.files)]  # fmt: skip
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()

    def _record(self, finished: Finished) -> Record:
        submission, document = self._by_key[finished.key], finished.document or {}
        result, lost = document.get("result"), document.get("lost", "")
        return Record(
            student=finished.key,
            basis=self._basis(submission),
            status="not-judged" if result is None or lost else "graded",
            finished=datetime.now(timezone.utc).isoformat(),
            seed=self.settings.seed,
            homework=self._asked,
            files=dict(submission.files),
            versions=self.settings.versions,
            platform=(result or {}).get("platform") or platform.platform(),
            result=result,
            reason=str(finished.problem(whole=True)) if result is None else lost,
            notices=tuple(str(notice) for notice in submission.notices),
            seconds=document.get("seconds", 0.0),
            attempts=finished.attempts,
            conditions=self.settings.conditions,
        )


def _part(part: HomeworkPart, submission: Submission) -> PartTask:
    exercise = str(part.source.absolute()) if part.source else part.exercise.name
    program: Any = submission.programs.get(part.name)
    lacking = submission.lacking.get(part.name)
    relative = ""
    if program is not None and submission.folder is not None:
        relative = Path(program).relative_to(submission.folder).as_posix()
    return PartTask(
        exercise,
        part.role,
        relative,
        str(lacking.problem) if lacking else "",
        lacking.unclear if lacking else False,
    )
