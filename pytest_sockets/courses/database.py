"""A database that one process has at a time: SQLite, with tables of its owner's.

Knows how a file is opened without touching what is somebody else's, that a write is on
disk when it returns, and what is said when the disk is full or the file is damaged.
Does not know what the tables mean.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..messages import message
from .notices import BadCourse, shown

APPLICATION = 0x50795331
SMALLEST = 512
"""Bytes of the smallest page of a database, as the format has it."""


class Database:
    """The file ``path`` with ``tables``, which are made, of ``version``."""

    def __init__(self, path: Path, tables: str, version: int) -> None:
        """Open the file, or make it.

        Raises:
            BadCourse: another process has it, or it is no such file, or can't be written.
        """
        self.path = path
        self._tables, self._version = tables, version
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

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def rows(self, question: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Return what the tables hold.

        Raises:
            BadCourse: they are damaged.
        """
        with self.sound():
            return self._base.execute(question, values).fetchall()

    def write(self, change: str, *rows: Sequence[Any]) -> None:
        """Do a ``change`` for each of ``rows``: when this returns, it is on disk.

        Raises:
            BadCourse: the disk is full or broken; what was written before is still there.
        """
        try:
            self._base.executemany(change, rows)
        except sqlite3.Error as error:
            text = "nothing can be written to the store {path}: {why}"
            raise BadCourse(message(text, path=shown(self.path), why=str(error))) from error

    @contextmanager
    def sound(self) -> Iterator[None]:
        """Say of what is read, when it is not what was written, that the store is damaged."""
        try:
            yield
        except (sqlite3.Error, zlib.error, ValueError, TypeError, KeyError) as error:
            text = "the store {path} is damaged ({why}): take a copy of it, or name another one"
            raise BadCourse(message(text, path=shown(self.path), why=str(error))) from error

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
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, BadCourse):
                raise
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
        if version != self._version:
            text = "the store {path} was written by another version of pytest-sockets ({theirs})"
            raise BadCourse(message(text, path=shown(self.path), theirs=version))
        return False

    def _prepare(self) -> None:
        for statement in self._tables.split(";"):
            self._base.execute(statement)
        self._base.execute(f"PRAGMA application_id={APPLICATION}")
        self._base.execute(f"PRAGMA user_version={self._version}")

    def _foreign(self) -> BadCourse:
        text = "{path} is no store of pytest-sockets: name another file"
        return BadCourse(message(text, path=shown(self.path)))
