"""A class's submissions: each student's files, copied to a folder of ours, and the programs in it.

Knows folders and digests. Nothing that was handed in is run, imported or even
parsed here. What is missing or odd is listed with the submission, and never
guessed in silence.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ..messages import message
from .archives import is_archive, is_unread_archive, stem, unpack
from .choosing import Lacking, choose
from .handed_in import Entry, HandedIn, handed_in
from .homework import Homework
from .notices import BadCourse, Notice, Notices, shown
from .roster import Student, matches, read_roster
from .sink import LEFT_OUT, PIECE, SUBMISSION, Full, Sink

ROUNDS = 2
"""How deep archives may lie in each other."""

MOST_ARCHIVES = 8


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    ``folder`` holds a copy of it, None when there is nothing. ``programs`` are the
    programs to grade, by the name of the part (``tcp-echo-server``); ``lacking`` says why
    a part has none. ``files`` are all files with their SHA-256 (hex). ``origin`` is
    what it is called where it was found. ``number`` is what ``system`` (Moodle or
    Canvas) has for the student, where its names of files tell that.
    """

    student: Student
    folder: Path | None
    programs: Mapping[str, Path] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    lacking: Mapping[str, Lacking] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    system: str = ""
    number: str = ""

    @property
    def key(self) -> str:
        """What tells this submission from all others of the class."""
        return self.student.key


@dataclass(frozen=True)
class Class:
    """All submissions, in a fixed order, and what is to be said of none of them alone."""

    submissions: tuple[Submission, ...]
    notices: tuple[Notice, ...]


def find_submissions(
    source: Path, homework: Homework, work: Path, roster: Path | None = None
) -> Class:
    """Return what was handed in at ``source``: a folder, an archive or a roster with folders.

    Copies go into the empty folder ``work``. With a ``roster`` submissions are given to
    its students, and every student has one, if only an empty one.

    Raises:
        BadCourse: nothing can be found there, or the roster can't be used.
    """
    if source.suffix.lower() == ".csv" and source.is_file():
        if roster is not None:
            text = "{source} is a roster itself: leave {roster} out"
            raise BadCourse(message(text, source=shown(source), roster=shown(roster)))
        students, said = read_roster(source)
        notices = Notices(said)
        theirs = _named_by_roster(source, students)
    else:
        notices = Notices([])
        (work / "class").mkdir()
        theirs = [(None, each) for each in handed_in(source, work / "class", notices)]
        if roster is not None:
            theirs = _given_to_students(theirs, roster, notices)
    found = [_submission(student, each, homework, work / f"{number:05}")
             for number, (student, each) in enumerate(theirs, 1)]  # fmt: skip
    every = tuple(_with_own_keys(found))
    for name in _waived_for_nobody(homework, every):
        text = "a waiver is for {name}, and nobody in the class has that name or id"
        notices.add(message(text, name=shown(name)))
    return Class(every, notices.all())


_Theirs = list[tuple[Student | None, HandedIn | None]]


def _named_by_roster(source: Path, students: Sequence[Student]) -> _Theirs:
    if not any(student.folder for student in students):
        text = "{file} has no column folder that says where each submission is"
        raise BadCourse(message(text, file=shown(source)))
    found: _Theirs = []
    for student in students:
        path = source.parent / student.folder
        handed = HandedIn(student.folder, student.name)
        if student.folder and "\0" not in student.folder and (path.is_dir() or path.is_file()):
            handed.entries.append(Entry(path, path.name if path.is_file() else ""))
        found.append((student, handed if handed.entries else None))
    return found


def _given_to_students(theirs: _Theirs, roster: Path, notices: Notices) -> _Theirs:
    students, said = read_roster(roster)
    for notice in said:
        notices.add(notice)
    handed = [each for _, each in theirs if each is not None]
    chosen = matches(students, {each.owner: each.called for each in handed})
    for each in handed:
        if each.owner not in chosen:
            text = "{name} is not in {roster}, or fits several students there"
            each.notices.add(message(text, name=shown(each.name), roster=shown(roster.name)))
    with_one = {student.key for student in chosen.values()}
    without: _Theirs = [(student, None) for student in students if student.key not in with_one]
    return [*((chosen.get(each.owner), each) for each in handed), *without]


def _submission(
    student: Student | None, handed: HandedIn | None, homework: Homework, folder: Path
) -> Submission:
    if handed is None:
        assert student is not None
        nothing = message("nothing was handed in")
        names = [part.name for part in homework.parts if part.role != "pair"]
        return Submission(student, None, {}, (nothing,), dict.fromkeys(names, Lacking(nothing)))
    folder.mkdir()
    _copy(handed, folder)
    digests = {path.as_posix(): _digest(folder / path) for path in sorted(_files(folder))}
    files = [PurePosixPath(name) for name in digests]
    chosen, lacking = choose(homework, files, handed.notices)
    return Submission(
        student or Student(handed.name, handed.number),
        folder,
        {name: folder / path for name, path in chosen.items()},
        handed.notices.all(),
        lacking,
        digests,
        handed.owner,
        handed.system,
        handed.number,
    )


def _copy(handed: HandedIn, folder: Path) -> None:
    """Put all that was handed in into ``folder``, archives unpacked."""
    sink = Sink(folder, SUBMISSION, handed.notices)
    left = MOST_ARCHIVES
    try:
        for entry in handed.entries:
            if not entry.is_folder and entry.download is None and is_archive(entry.path.name):
                unpack(entry.path, folder, SUBMISSION, handed.notices)
                left -= 1
            else:
                _put(entry, sink)
    except Full as full:
        handed.notices.add(message("{problem}; the rest is left out", problem=full.problem))
    for _ in range(ROUNDS):
        left = _unpack_inside(folder, handed.notices, left)
    for path in sorted(_files(folder)):
        if is_archive(path.name) or is_unread_archive(path.name):
            text = "{name} is an archive that is not unpacked here"
            handed.notices.add(message(text, name=shown(path.as_posix())))


def _put(entry: Entry, sink: Sink) -> None:
    if not entry.is_folder:
        _put_file(entry.path, entry.name or entry.path.name, sink)
        return

    def tell(error: OSError) -> None:
        name = os.path.relpath(error.filename, entry.path)
        name = entry.path.name if name == os.curdir else name
        sink.leave_out(name, message("it can't be read: {why}", why=error.strerror))

    for folder, folders, names in os.walk(entry.path, onerror=tell):
        folders[:] = sorted(
            name
            for name in folders
            if name not in LEFT_OUT
            and not name.startswith(".")
            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        )
        for name in sorted(names):
            path = Path(folder, name)
            _put_file(path, path.relative_to(entry.path).as_posix(), sink)


def _put_file(path: Path, name: str, sink: Sink) -> None:
    sink.count()
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0)) if regular else None
    except OSError as error:
        sink.leave_out(name, message("it can't be read: {why}", why=error.strerror))
        return
    if descriptor is None:
        sink.leave_out(name, message("it is a link or a device"))
        return
    with os.fdopen(descriptor, "rb") as file:
        sink.put(name, lambda: file)


def _unpack_inside(folder: Path, notices: Notices, left: int) -> int:
    """Unpack the archives in ``folder``, each into a folder of its name; at most ``left``."""
    for path in [folder / each for each in sorted(_files(folder)) if is_archive(each.name)]:
        beside = path.with_name(stem(path.name) or "archive")
        if left == 0 or os.path.lexists(beside):
            continue
        beside.mkdir()
        unpack(path, beside, SUBMISSION, notices)
        path.unlink()
        left -= 1
    return left


def _files(folder: Path) -> Iterator[PurePosixPath]:
    for where, _, names in os.walk(folder):
        for name in names:
            yield PurePosixPath(Path(where, name).relative_to(folder).as_posix())


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _waived_for_nobody(homework: Homework, found: Sequence[Submission]) -> list[str]:
    """Return whom waivers name and nobody is: a slip there would cost a student points."""
    known = {name for each in found for name in (each.student.name, each.student.id)}
    named = dict.fromkeys(name for waiver in homework.waivers for name in waiver.students)
    return [name for name in named if name not in known]


def _with_own_keys(found: Sequence[Submission]) -> Iterator[Submission]:
    """Yield the submissions, so named that no two have one key."""
    seen: set[str] = set()
    for each in found:
        student = each.student
        while student.key in seen:
            student = replace(student, name=f"{student.name} ({each.origin})", id="")
        seen.add(student.key)
        yield replace(each, student=student)
