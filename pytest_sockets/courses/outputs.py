"""What a graded class is told in: gradebooks, files for Canvas and Moodle, pages to be read.

Knows which entry of a gradebook a submission and its record make, and how the
files are called. Reads programs as text, to compare them; runs nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
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
from ..reports.files import make_ready, write_atomically
from ..reports.formats import missing
from ..reports.gradebook import of_class
from ..reports.json_reader import scorecards
from ..reports.matrix import Matrix, from_document
from ..reports.matrix_table import to_matrix, to_meetings, to_verdicts
from ..reports.moodle import to_gradebook_import, to_worksheet
from .homework import Homework
from .marks import marks, total
from .notices import BadCourse, last_line
from .store import Record, Store
from .submissions import Class, Submission

MISTAKES = {known.slug: known.does for known in KNOWN}
MOST_BYTES = 200_000
SYSTEMS: Mapping[str, Id] = {"Canvas": "canvas", "Moodle": "moodle"}
STUDENTS = "students"
OURS = re.compile(r"\d{4,}\.(json|html)")
"""What we call a student's files."""

MATRIX = "crossplay/"
"""The fact of a store, with an exercise behind it, that holds who understands whom."""


def prepare(folder: Path) -> None:
    """Make ``folder`` and see that files can be made there, before a class is graded for it.

    Raises:
        BadCourse: they can't.
    """
    try:
        make_ready(folder)
    except OSError as error:
        raise BadCourse(
            message(
                "--output: {path} can't be written ({why}): name a folder that is yours to write "
                "to, or one that can be made",
                path=str(folder),
                why=error.strerror,
            )
        ) from error


def write_outputs(
    folder: Path, found: Class, store: Store, homework: Homework, translate: Translate
) -> list[Path]:
    """Write all files into ``folder``, which is made; return their paths.

    The page of the class, and those of the students, need Jinja2, the latter while
    a submission is graded. Moodle's worksheet is for submissions that it named.

    Raises:
        OSError: a file can't be written.
        Misuse: the homework's title is none that Canvas takes, see ``check_title``.
    """
    students = folder / STUDENTS
    students.mkdir(parents=True, exist_ok=True)
    _remove_older(folder)
    told = list(_entries(students, found, store, homework, translate))
    texts = {
        "gradebook.csv": of_class(told, translate=translate),
        "canvas.csv": canvas.to_canvas(told, assignment=homework.title, max_score=homework.points),
        "junit.xml": to_junit(told, translate),
        "moodle.csv": to_gradebook_import(told, assignment=homework.title, translate=translate),
    }
    if any("moodle" in entry.ids for entry in told):
        worksheet = to_worksheet(told, max_score=homework.points, translate=translate)
        texts["moodle-worksheet.csv"] = worksheet
    if missing("html") is None:
        from ..reports.class_page import to_class_page  # noqa: PLC0415 - needs Jinja2

        texts["class.html"] = to_class_page(
            told,
            title=homework.title,
            version=version("pytest-sockets"),
            started=datetime.now(timezone.utc),
            deadline=homework.deadline,
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
    names = dict.fromkeys(MATRIX + part.exercise.name for part in homework.parts)
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


def _remove_older(folder: Path) -> None:
    """Remove what is about a student and what a killed run has left half.

    Whoever has a number in this class may have had another one in an earlier one.
    """
    pages = [path for path in (folder / STUDENTS).iterdir() if OURS.fullmatch(path.name)]
    for path in [*pages, *folder.glob(".*.tmp"), *(folder / STUDENTS).glob(".*.tmp")]:
        path.unlink()


def _entries(
    folder: Path, found: Class, store: Store, homework: Homework, translate: Translate
) -> Iterator[Entry]:
    """Yield an entry for each submission, in their order; write its page and result to ``folder``.

    One record at a time is in memory: entries leave the exchanges behind.
    """
    sources = {part.id(each): each.behaviour.source
               for part in homework.parts for each in part.profile.behaviours}  # fmt: skip
    names = display_names(found)
    for place, each in enumerate(found.submissions, 1):
        record, page = store.last(each.key), store.page(each.key)
        if record is not None and record.result is not None:
            text = json.dumps(record.result, ensure_ascii=False, allow_nan=False, indent=1)
            write_atomically(folder / f"{place:04}.json", text + "\n")
        if page:
            page = _with_mark(page, each, record, homework, translate)
            write_atomically(folder / f"{place:04}.html", page)
        entry = _entry(each, names[each.key], record, homework, sources)
        yield replace(entry, page=f"{STUDENTS}/{place:04}.html" if page else "")


def _with_mark(
    page: str, submission: Submission, record: Record | None, homework: Homework,
    translate: Translate,
) -> str:  # fmt: skip
    """Return a student's page with what the programs count for in the homework.

    The page was made when they were graded: weights and waivers may be newer.
    """
    if record is None or record.result is None or missing("html") is not None:
        return page
    from ..reports.html import with_facts  # noqa: PLC0415 - needs Jinja2

    student = submission.student
    facts = [(message("counted"), total(marks(record, homework, student)).told)]
    waivers = _waivers(homework, {student.name, student.id})
    return with_facts(page, facts + [(message("waived"), each) for each in waivers], translate)


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
    if submission.system in SYSTEMS:
        ids[SYSTEMS[submission.system]] = submission.number
    notices = list(submission.notices)
    if record is None or record.result is None:
        if record is not None:
            notices.append(message("not judged: {reason}", reason=last_line(record.reason)))
        status: Status = "missing" if submission.folder is None else "not-judged"
        return Entry(student=name, ids=ids, status=status, notices=notices,
                     max_score=homework.points)  # fmt: skip
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
    waived = homework.weighing.waived(names)
    return [message(text, behaviour=each, reason=reason) for each, reason in waived.items()]


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
