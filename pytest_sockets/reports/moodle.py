"""Grades as Moodle imports them: into an assignment, or into the gradebook.

The worksheet is that of an assignment's "Upload grading worksheet" (MoodleDocs,
"Offline grading worksheet"; mod/assign/feedback/offline): Moodle reads Identifier,
Grade, "Last modified (grade)" and "Feedback comments". Its names of columns are those
of an English Moodle; another language's worksheet has other names.

The other is for "Import, CSV file" of the gradebook (MoodleDocs, "Grade
import"), where the columns are mapped by hand: to useremail or useridnumber,
and to the grade item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pytest_sockets.messages import Translate, same

from .cells import Cell, to_csv
from .entries import Entry
from .wording import say

WORKSHEET = (
    "Identifier",
    "Full name",
    "ID number",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)
GRADEBOOK = ("Full name", "ID number", "Email address")
NEVER = "-"
"""What Moodle writes for a time that there was none of."""


def to_worksheet(entries: Sequence[Entry], *, max_score: float, translate: Translate = same) -> str:
    """Return the worksheet of an assignment, for the entries that Moodle's download named.

    ``ids["moodle"]`` is the number in the download's names. A grade that is
    missing or incomplete is left empty: Moodle skips it.
    """
    return to_csv(_worksheet(entries, max_score, translate))


def to_gradebook_import(
    entries: Sequence[Entry], *, assignment: str, translate: Translate = same
) -> str:
    """Return the file for the gradebook: who it is, the grade, and feedback beside it.

    Moodle takes feedback without a grade for "no grade": where the grade is empty,
    the feedback is.
    """
    return to_csv(_gradebook(entries, assignment, translate))


def _worksheet(
    entries: Sequence[Entry], max_score: float, translate: Translate
) -> Iterator[list[Cell]]:
    yield list(WORKSHEET)
    for entry in entries:
        number = entry.ids.get("moodle", "")
        if not number:
            continue
        yield [
            f"Participant {number}",
            *_who(entry),
            "",
            _grade(entry),
            max_score,
            "Yes",
            NEVER,
            NEVER,
            _feedback(entry, translate),
        ]


def _gradebook(
    entries: Sequence[Entry], assignment: str, translate: Translate
) -> Iterator[list[Cell]]:
    yield [*GRADEBOOK, assignment, f"{assignment} (feedback)"]
    for entry in entries:
        grade = _grade(entry)
        yield [*_who(entry), grade, _feedback(entry, translate) if grade is not None else ""]


def _who(entry: Entry) -> tuple[Cell, ...]:
    return entry.student, entry.ids.get("id"), entry.ids.get("email")


def _grade(entry: Entry) -> float | None:
    return entry.points if entry.state == "graded" else None


def _feedback(entry: Entry, translate: Translate) -> str:
    return "; ".join(say(remark, translate) for remark in entry.remarks)
