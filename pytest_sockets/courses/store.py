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
marks it made of them, is kept with the run.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from ..messages import message
from .notices import BadCourse, shown

Status = Literal["graded", "not-judged"]

APPLICATION = 0x50795331
VERSION = 2
FAST = 1
"""Level of compression: the next ones take eight times as long for a tenth less."""

SMALLEST = 512
"""Bytes of the smallest page of a database, as the format has it."""

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


class Store:
    """Records on disk; one process has it at a time, until ``close``."""

    def __init__(self, path: Path) -> None:
        """Open the store ``path``, or make it.

        Raises:
            BadCourse: another grader has it, or it is no store, or can't be written.
        """
        self.path = path
        if path.is_file() and 0 < path.stat().st_size < SMALLEST:
            raise self._foreign()  # SQLite would take it for an empty one
        try:
            self._base = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            text = "the store {path} can't be opened: {why}"
            raise BadCourse(message(text, path=shown(path), why=str(error))) from error
        try:
            self._open()
        except BaseException:
            self._base.close()
            raise

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
        return self._base.execute("SELECT 1 FROM record LIMIT 1").fetchone() is None

    @property
    def newest(self) -> int:
        """The number of the last record; 0 as long as nothing was kept."""
        return int(self._base.execute("SELECT ifnull(max(number), 0) FROM record").fetchone()[0])

    def begin(self, began: str, terms: Mapping[str, Any]) -> Run:
        """Note that a run began, and on which ``terms``."""
        row = (began, self.newest, _packed(terms))
        self._base.execute("INSERT INTO run (began, before, terms) VALUES (?, ?, ?)", row)
        return self.runs()[-1]

    def runs(self) -> list[Run]:
        """Return all runs, the first one first."""
        rows = self._base.execute("SELECT number, began, before, terms FROM run ORDER BY number")
        return [Run(number, began, before, json.loads(zlib.decompress(terms)))
                for number, began, before, terms in rows]  # fmt: skip

    def facts(self) -> dict[str, str]:
        """Return what was noted of the whole class, such as its seed."""
        return dict(self._base.execute("SELECT name, value FROM fact"))

    def note(self, **facts: str) -> None:
        """Note ``facts`` of the whole class; what was noted before under a name is replaced."""
        self._base.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def keep(self, record: Record, page: str = "") -> None:
        """Write ``record``, and what its student is shown: when this returns, it is on disk.

        Raises:
            BadCourse: the disk is full or broken; what was kept before is still there.
        """
        document = {name: value for name, value in vars(record).items() if name not in COLUMNS}
        shown_to = zlib.compress(page.encode("utf-8", "replace"), FAST)
        row = (*(getattr(record, name) for name in COLUMNS), _packed(document), shown_to)
        try:
            self._base.execute(
                "INSERT INTO record (student, basis, status, finished, document, page) "
                "VALUES (?, ?, ?, ?, ?, ?)", row)  # fmt: skip
        except sqlite3.Error as error:
            text = "nothing can be written to the store {path}: {why}"
            raise BadCourse(message(text, path=shown(self.path), why=str(error))) from error

    def is_finished(self, student: str, basis: str, after: int = 0) -> bool:
        """Tell whether the last record of ``student`` rests on ``basis`` and is a verdict.

        Records up to the number ``after`` don't count.
        """
        last = ("SELECT basis, status FROM record WHERE student = ? AND number > ? "
                "ORDER BY number DESC LIMIT 1")  # fmt: skip
        row = self._base.execute(last, (student, after)).fetchone()
        return row is not None and row == (basis, "graded")

    def page(self, student: str) -> str:
        """Return the HTML page that belongs to the last record of ``student``; "" without one."""
        last = "SELECT page FROM record WHERE student = ? ORDER BY number DESC LIMIT 1"
        row = self._base.execute(last, (student,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else ""

    def statuses(self) -> dict[str, str]:
        """Return of each student what the last record is: ``graded`` or ``not-judged``."""
        # Of columns beside max() SQLite takes the row that has it.
        newest = "SELECT student, status, max(number) FROM record GROUP BY student"
        return {student: status for student, status, _ in self._base.execute(newest)}

    def last(self, student: str, until: int | None = None) -> Record | None:
        """Return the last record of ``student``, None when there is none.

        With ``until`` it is the last up to that number.
        """
        where = "WHERE student = ? AND number <= ? ORDER BY number DESC LIMIT 1"
        number = self.newest if until is None else until
        return next(iter(self._read(where, student, number)), None)

    def history(self, student: str) -> list[Record]:
        """Return all records of ``student``, the oldest first."""
        return list(self._read("WHERE student = ? ORDER BY number", student))

    def records(self) -> Iterator[Record]:
        """Yield the last record of each student, in the order of their keys, one at a time."""
        newest = "WHERE number IN (SELECT max(number) FROM record GROUP BY student)"
        yield from self._read(f"{newest} ORDER BY student")

    def _read(self, where: str, *values: str | int) -> Iterator[Record]:
        columns = ", ".join([*COLUMNS, "document"])
        with closing(self._base.cursor()) as cursor:
            for *row, document in cursor.execute(f"SELECT {columns} FROM record {where}", values):  # noqa: S608 - no text of others is in it
                read = json.loads(zlib.decompress(document))
                read["notices"] = tuple(read["notices"])
                yield Record(**dict(zip(COLUMNS, row, strict=True)), **read)

    def _open(self) -> None:
        try:
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            is_new = self._check()
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")
            # A lock is taken with the first write, and from then on kept.
            self._base.execute("BEGIN EXCLUSIVE")
            if is_new:
                self._prepare()
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                text = "another grader works on the store {path}: wait for it, or name another one"
                raise BadCourse(message(text, path=shown(self.path))) from error
            text = "the store {path} can't be used: {why}"
            raise BadCourse(message(text, path=shown(self.path), why=str(error))) from error
        except sqlite3.DatabaseError as error:
            raise self._foreign() from error

    def _check(self) -> bool:
        """Return whether the store is still to be made; what is somebody else's is not touched."""
        (application,) = self._base.execute("PRAGMA application_id").fetchone()
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        (tables,) = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and not application:
            return True
        if application != APPLICATION:
            raise self._foreign()
        if version != VERSION:
            text = "the store {path} was written by another version of pytest-sockets ({theirs})"
            raise BadCourse(message(text, path=shown(self.path), theirs=version))
        return False

    def _prepare(self) -> None:
        for statement in TABLES.split(";"):
            self._base.execute(statement)
        self._base.execute(f"PRAGMA application_id={APPLICATION}")
        self._base.execute(f"PRAGMA user_version={VERSION}")

    def _foreign(self) -> BadCourse:
        text = "{path} is no store of pytest-sockets: name another file"
        return BadCourse(message(text, path=shown(self.path)))


COLUMNS = ("student", "basis", "status", "finished")
"""The fields of a record that can be searched; the others are in its document."""


def _packed(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "replace"), FAST)
