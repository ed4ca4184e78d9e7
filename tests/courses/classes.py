"""Classes of submissions as tests need them: folders, archives, and who handed them in."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from hypothesis import HealthCheck, settings

from pytest_sockets import catalogue
from pytest_sockets.courses.homework import Homework, HomeworkPart, whole_exercise
from pytest_sockets.courses.notices import Notices
from pytest_sockets.courses.store import Record, Store
from pytest_sockets.courses.submissions import Class, Submission, find_submissions

ECHO = catalogue.exercises()["tcp-echo"]
WHOLE = whole_exercise(ECHO)
SERVER = Homework("Echo", (HomeworkPart(ECHO, "server", 100.0),))

Files = Mapping[str, str | bytes]

law = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
"""The same examples every time, however busy the machine is."""


def write(folder: Path, files: Files) -> Path:
    """Write files below ``folder``, which is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(path: Path, files: Files, *, links: Mapping[str, str] | None = None) -> Path:
    """Write a zip archive; ``links`` are symbolic links in it, by name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return path


def tarred(path: Path, files: Files, *special: tarfile.TarInfo, mode: str = "gz") -> Path:
    """Write a tar archive; ``special`` are entries that are no files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{mode}") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in special:
            archive.addfile(info)
    path.write_bytes(buffer.getvalue())
    return path


def found(
    source: Path, work: Path, *, homework: Homework = WHOLE, roster: Path | None = None
) -> Class:
    """Return the submissions at ``source``; copies go to the folder ``work``, which is made."""
    work.mkdir(parents=True)
    return find_submissions(source, homework, work, roster)


def by_name(of: Class) -> dict[str, Submission]:
    """Return the submissions by their students' names."""
    return {each.student.name: each for each in of.submissions}


def programs(submission: Submission) -> dict[str, str]:
    """Return the programs by part, as seen from the submission's folder."""
    folder = submission.folder
    assert folder is not None or not submission.programs
    return {part: path.relative_to(folder or path).as_posix()
            for part, path in submission.programs.items()}  # fmt: skip


def told(submission: Submission | Class | Notices) -> str:
    """Return all notices as one text, a line for each."""
    notices = submission.all() if isinstance(submission, Notices) else submission.notices
    return "\n".join(str(notice) for notice in notices)


def below(folder: Path) -> dict[str, bytes]:
    """Return all files below ``folder`` by their names, with what they hold."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


def last_records(store: Store) -> dict[str, Record]:
    """Return the last record of each student, by their keys."""
    found = {student: store.last(student) for student in store.statuses()}
    return {student: record for student, record in found.items() if record is not None}


def history(store: Store, student: str) -> list[Record]:
    """Return all records of ``student``, the oldest first."""
    found = (store.last(student, number) for number in range(1, store.newest + 1))
    return [record for record, _ in groupby(each for each in found if each is not None)]
