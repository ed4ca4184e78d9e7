"""The store: every finished submission is on disk before the next one counts as finished.

SQLite, and not a log of lines: a record is there as a whole or not at all without
code of ours, whatever moment the machine or the grader dies at; the last record
of a student is found without reading the others; and the lock that keeps a
second grader out is the file's own, so that it ends with the process that holds
it. Each record is a transaction in the write-ahead log, synchronous=FULL: when
``keep`` returns, it has survived a loss of power. The store is held exclusively
while it is open (locking_mode=EXCLUSIVE), which also makes the log work where
memory can't be shared, as on network file systems.

A record's document is JSON, compressed by zlib: transcripts repeat themselves.
Nothing is ever overwritten: a submission that is graded again has several records,
of which the last one counts. Which records a run found when it began, and what
marks it made of them, is kept with the run. Of a client and a server that met the
last meeting is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from .database import Database
from .documents import compressed, packed, text_of, unpacked

Status = Literal["graded", "not-judged"]

VERSION = 3

TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    student TEXT NOT NULL,
    basis TEXT NOT NULL,
    status TEXT NOT NULL,
    finished TEXT NOT NULL,
    document BLOB NOT NULL,
    page BLOB NOT NULL
);
CREATE INDEX record_of_student ON record (student, number);
CREATE TABLE run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    began TEXT NOT NULL,
    before INTEGER NOT NULL,
    terms BLOB NOT NULL
);
CREATE TABLE meeting (
    exercise TEXT NOT NULL,
    client TEXT NOT NULL,
    server TEXT NOT NULL,
    basis TEXT NOT NULL,
    outcome TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (exercise, client, server)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What came of one submission, with everything that is needed to reach it again.

    ``student`` is the submission's key. ``basis`` is a digest of all that decides
    the result: a record of another basis is out of date. ``result`` is the document
    "pytest-sockets/1"; ``reason`` says why there is none. ``files`` are those
    handed in, with their SHA-256; ``homework`` is the digest of what was asked.
    ``finished`` is ISO 8601. ``attempts`` counts the workers that it took.
    ``conditions`` are those of the grader: ``portable``, ``limit`` (seconds),
    ``workers`` and ``processors``.
    """

    student: str
    basis: str
    status: Status
    finished: str
    seed: int
    homework: str
    files: Mapping[str, str]
    versions: Mapping[str, str]
    platform: str
    result: Mapping[str, Any] | None = None
    reason: str = ""
    notices: tuple[str, ...] = field(default=())
    seconds: float = 0.0
    attempts: int = 1
    conditions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One grading of the class, the first of which has the number 1.

    ``began`` is ISO 8601. ``before`` is the number of the last record that was there
    already. ``terms`` say what its marks are made by; see ``runs``.
    """

    number: int
    began: str
    before: int
    terms: Mapping[str, Any]


@dataclass(frozen=True)
class Meeting:
    """What came of a client and a server that met; each is a submission's key, "" the reference.

    ``basis`` is a digest of all that decides the ``outcome``; ``told`` is what was observed.
    """

    client: str
    server: str
    basis: str
    outcome: str
    told: str


class Store:
    """Records on disk; one process has it at a time, until ``close``."""

    def __init__(self, path: Path) -> None:
        """Open the store ``path``, or make it.

        Raises:
            BadCourse: another grader has it, or it is no store, or can't be written.
        """
        self.path = path
        self._base = Database(path, TABLES, VERSION)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._base.close()

    @property
    def empty(self) -> bool:
        """True as long as nothing was kept."""
        return not self._base.rows("SELECT 1 FROM record LIMIT 1")

    @property
    def newest(self) -> int:
        """The number of the last record; 0 as long as nothing was kept."""
        return int(self._base.rows("SELECT ifnull(max(number), 0) FROM record")[0][0])

    def begin(self, began: str, terms: Mapping[str, Any]) -> Run:
        """Note that a run began, and on which ``terms``."""
        into = "INSERT INTO run (began, before, terms) VALUES (?, ?, ?)"
        self._base.write(into, (began, self.newest, packed(terms)))
        return self.runs()[-1]

    def runs(self) -> list[Run]:
        """Return all runs, the first one first."""
        rows = self._base.rows("SELECT number, began, before, terms FROM run ORDER BY number")
        with self._base.sound():
            return [Run(number, began, before, unpacked(terms))
                    for number, began, before, terms in rows]  # fmt: skip

    def facts(self) -> dict[str, str]:
        """Return what was noted of the whole class, such as its seed."""
        return dict(self._base.rows("SELECT name, value FROM fact"))

    def note(self, **facts: str) -> None:
        """Note ``facts`` of the whole class; what was noted before under a name is replaced."""
        self._base.write("INSERT OR REPLACE INTO fact VALUES (?, ?)", *facts.items())

    def keep(self, record: Record, page: str = "") -> None:
        """Write ``record``, and what its student is shown: when this returns, it is on disk.

        Raises:
            BadCourse: the disk is full or broken; what was kept before is still there.
        """
        document = {name: value for name, value in vars(record).items() if name not in COLUMNS}
        kept = (packed(document), compressed(page))
        row = (*(getattr(record, name) for name in COLUMNS), *kept)
        self._base.write("INSERT INTO record (student, basis, status, finished, document, page) "
                         "VALUES (?, ?, ?, ?, ?, ?)", row)  # fmt: skip

    def is_finished(self, student: str, basis: str, after: int = 0) -> bool:
        """Tell whether the last record of ``student`` rests on ``basis`` and is a verdict.

        Records up to the number ``after`` don't count.
        """
        last = ("SELECT basis, status FROM record WHERE student = ? AND number > ? "
                "ORDER BY number DESC LIMIT 1")  # fmt: skip
        return self._base.rows(last, student, after) == [(basis, "graded")]

    def page(self, student: str) -> str:
        """Return the HTML page that belongs to the last record of ``student``; "" without one."""
        last = "SELECT page FROM record WHERE student = ? ORDER BY number DESC LIMIT 1"
        rows = self._base.rows(last, student)
        with self._base.sound():
            return text_of(rows[0][0]) if rows else ""

    def statuses(self) -> dict[str, str]:
        """Return of each student what the last record is: ``graded`` or ``not-judged``."""
        # Of columns beside max() SQLite takes the row that has it.
        newest = "SELECT student, status, max(number) FROM record GROUP BY student"
        return {student: status for student, status, _ in self._base.rows(newest)}

    def last(self, student: str, until: int | None = None) -> Record | None:
        """Return the last record of ``student``, None when there is none.

        With ``until`` it is the last up to that number.
        """
        last = ("SELECT student, basis, status, finished, document FROM record "
                "WHERE student = ? AND number <= ? ORDER BY number DESC LIMIT 1")  # fmt: skip
        rows = self._base.rows(last, student, self.newest if until is None else until)
        with self._base.sound():
            return _record(*rows[0]) if rows else None

    def meet(self, exercise: str, meeting: Meeting) -> None:
        """Write what came of a meeting: when this returns, it is on disk.

        Raises:
            BadCourse: the disk is full or broken; what was kept before is still there.
        """
        row = (exercise, *(getattr(meeting, each.name) for each in fields(meeting)))
        self._base.write("INSERT OR REPLACE INTO meeting VALUES (?, ?, ?, ?, ?, ?)", row)

    def meetings(self, exercise: str) -> list[Meeting]:
        """Return the last meeting of every client and server."""
        every = "SELECT client, server, basis, outcome, told FROM meeting WHERE exercise = ?"
        return [Meeting(*row) for row in self._base.rows(every, exercise)]


def _record(*row: Any) -> Record:
    *searched, document = row
    read = unpacked(document)
    read["notices"] = tuple(read["notices"])
    return Record(**dict(zip(COLUMNS, searched, strict=True)), **read)


COLUMNS = ("student", "basis", "status", "finished")
"""The fields of a record that can be searched; the others are in its document."""
