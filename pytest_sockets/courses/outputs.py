"""What a graded class is told in: gradebooks, files for Canvas and Moodle, pages to be read.

Knows which entry of a gradebook a submission and its record make, and how the
files are called. Reads programs as text, to compare them; runs nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from ..diagnosis import KNOWN
from ..findings import Misuse
from ..likeness import Likeness, likenesses
from ..messages import Message, Translate, message
from ..reports import canvas
from ..reports.class_junit import to_junit
from ..reports.entries import Entry, Id, Status
from ..reports.files import write_atomically
from ..reports.formats import missing
from ..reports.gradebook import of_class
from ..reports.json_reader import scorecards
from ..reports.matrix import Matrix, from_document
from ..reports.matrix_table import to_matrix, to_meetings, to_verdicts
from ..reports.moodle import to_gradebook_import
from .homework import Homework
from .marks import marks, total
from .notices import BadCourse
from .store import Record, Store
from .submissions import Class, Submission

MISTAKES = {known.slug: known.does for known in KNOWN}
MOST_BYTES = 200_000
STUDENTS = "students"


def entries(found: Class, last: Callable[[str], Record | None], homework: Homework) -> list[Entry]:
    """Return an entry for each submission, in their order; ``last`` returns its record.

    One record at a time is in memory: entries leave the exchanges behind.
    """
    sources = {part.id(each): each.behaviour.source
               for part in homework.parts for each in part.profile.behaviours}  # fmt: skip
    names = display_names(found)
    return [
        _entry(each, names[each.key], last(each.key), homework, sources)
        for each in found.submissions
    ]


def write_outputs(
    folder: Path, found: Class, store: Store, homework: Homework, translate: Translate
) -> list[Path]:
    """Write all files into ``folder``, which is made; return their paths.

    The page of the class, and those of the students, need Jinja2, the latter while
    a submission is graded.

    Raises:
        OSError: a file can't be written.
        Misuse: the homework's title is none that Canvas takes, see ``check_title``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STUDENTS).mkdir(exist_ok=True)
    told = [
        replace(entry, page=_write_student(folder, f"{STUDENTS}/{number:04}", each.key, store))
        for number, (entry, each) in enumerate(
            zip(entries(found, store.last, homework), found.submissions, strict=True), 1
        )
    ]
    texts = {
        "gradebook.csv": of_class(told, translate=translate),
        "canvas.csv": canvas.to_canvas(told, assignment=homework.title, max_score=homework.points),
        "junit.xml": to_junit(told, translate),
        "moodle.csv": to_gradebook_import(told, assignment=homework.title, translate=translate),
    }
    if missing("html") is None:
        from ..reports.class_page import to_class_page  # noqa: PLC0415 - needs Jinja2

        texts["class.html"] = to_class_page(
            told,
            title=homework.title,
            version=version("pytest-sockets"),
            started=datetime.now(timezone.utc),
            alike=_alike(found, homework),
            matrices=_matrices(store, homework),
            translate=translate,
        )
    return _written(folder, texts)


def write_matrix(folder: Path, matrix: Matrix, translate: Translate) -> list[Path]:
    """Write who understands whom into ``folder``, which is made; return the paths.

    Raises:
        OSError: a file can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "crossplay.csv": to_matrix(matrix, translate),
        "crossplay-meetings.csv": to_meetings(matrix, translate),
        "crossplay-verdicts.csv": to_verdicts(matrix, translate),
    }
    if missing("html") is None:
        from ..reports.matrix_page import to_page  # noqa: PLC0415 - needs Jinja2

        texts["crossplay.html"] = to_page(matrix, translate)
    return _written(folder, texts)


def _written(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    for name, text in texts.items():
        write_atomically(folder / name, text)
    return [folder / name for name in texts]


def _matrices(store: Store, homework: Homework) -> list[Matrix]:
    """Return who understands whom in the exercises of ``homework``, where the store knows it."""
    facts = store.facts()
    names = dict.fromkeys(f"crossplay/{part.exercise.name}" for part in homework.parts)
    return [from_document(json.loads(facts[name])) for name in names if name in facts]


def check_title(title: str) -> None:
    """Check that Canvas takes ``title`` for an assignment's, before hours of grading.

    Raises:
        BadCourse: it does not.
    """
    try:
        canvas.check_title(title)
    except Misuse as misuse:
        raise BadCourse(misuse.problem) from misuse


def _write_student(folder: Path, name: str, key: str, store: Store) -> str:
    """Write a student's page and JSON result as ``name``; return the page's path, "" without."""
    record = store.last(key)
    if record is not None and record.result is not None:
        text = json.dumps(record.result, ensure_ascii=False, allow_nan=False, indent=1)
        write_atomically(folder / f"{name}.json", text + "\n")
    page = store.page(key)
    if page:
        write_atomically(folder / f"{name}.html", page)
    return f"{name}.html" if page else ""


def display_names(found: Class) -> dict[str, str]:
    """Return what each student is called, by the key and in the order of the class.

    That is the name, and the id where two have one name.
    """
    counts = Counter(each.student.name for each in found.submissions)
    return {
        each.key: each.student.name if counts[each.student.name] == 1
        else f"{each.student.name} ({each.key})"
        for each in found.submissions
    }  # fmt: skip


def _entry(
    submission: Submission,
    name: str,
    record: Record | None,
    homework: Homework,
    sources: Mapping[str, str],
) -> Entry:
    student = submission.student
    ids: dict[Id, str] = {"id": student.id, "email": student.email}
    notices = list(submission.notices)
    if record is None or record.result is None:
        if record is not None:
            notices.append(message("not judged: {reason}", reason=_last_line(record.reason)))
        status: Status = "missing" if submission.folder is None else "not-judged"
        return Entry(student=name, ids=ids, status=status, notices=notices)
    mark = total(marks(record, homework, student))
    return Entry(
        student=name,
        ids=ids,
        scorecards=scorecards(record.result, sources, MISTAKES),
        status=_status(submission, complete=mark.complete),
        notices=[*notices, *_waivers(homework, {student.name, student.id})],
        score=round(mark.points, 2),
        max_score=homework.points,
    )


def _status(submission: Submission, *, complete: bool) -> Status:
    if submission.folder is None:
        return "missing"
    return "graded" if complete else "incomplete"


def _waivers(homework: Homework, names: set[str]) -> list[Message]:
    text = "{behaviour} is not counted: {reason}"
    return [
        message(text, behaviour=each.behaviour, reason=each.reason)
        for each in homework.waivers
        if not each.students or names & set(each.students)
    ]


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def _alike(found: Class, homework: Homework) -> list[Likeness]:
    """Return whose programs are nearly the same, part by part."""
    names = display_names(found)
    pairs: dict[tuple[str, str], Likeness] = {}
    for part in homework.parts:
        programs = {names[each.key]: _text(each.programs[part.name])
                    for each in found.submissions if part.name in each.programs}  # fmt: skip
        for each in likenesses(programs):
            known = pairs.get((each.first, each.second))
            if known is None or known.share < each.share:
                pairs[each.first, each.second] = each
    return sorted(pairs.values(), key=lambda each: (not each.identical, -each.share))


def _text(path: Path) -> str:
    """Return the beginning of a program; what can't be read is empty."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
