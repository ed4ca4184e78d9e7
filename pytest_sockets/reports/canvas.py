"""Grades as Canvas imports them into its gradebook.

The columns are those of Canvas' own export: Student, ID, SIS User ID, SIS Login
ID, Section, then the assignment; the second row holds the points possible
(Instructure, "How do I import grades in the Gradebook?"; canvas-lms,
lib/gradebook_importer.rb). Canvas finds a student by ID, SIS User ID or SIS
Login ID, in this order, and at last by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pytest_sockets.findings import Misuse
from pytest_sockets.messages import message

from .cells import Cell, to_csv
from .entries import Entry

STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"

_TAKEN = re.compile(
    r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)|Points Possible"
)
"""What Canvas takes for a column of its own wherever it stands in a title."""


def to_canvas(entries: Sequence[Entry], *, assignment: str, max_score: float) -> str:
    """Return the file to import: only complete grades stand in it.

    ``assignment`` is the title in Canvas, which makes a new assignment of a title
    that it does not know. A grade that is missing or incomplete is left empty,
    which changes nothing in Canvas.

    Raises:
        Misuse: Canvas would not take ``assignment`` for the title of an assignment.
    """
    check_title(assignment)
    return to_csv(_rows(entries, assignment, max_score))


def check_title(assignment: str) -> None:
    """Check that a column of this title is taken for an assignment.

    Raises:
        Misuse: it is not.
    """
    if not assignment.strip() or _TAKEN.search(assignment):
        problem = message(
            "{title} can't be the title of an assignment in Canvas: it has to be there and "
            "must not contain the name of one of its own columns, such as Final Score",
            title=repr(assignment),
        )
        raise Misuse(problem)


def _rows(entries: Sequence[Entry], title: str, max_score: float) -> Iterator[list[Cell]]:
    yield [*STUDENT, title]
    yield [POINTS_POSSIBLE, "", "", "", "", max_score]
    for entry in entries:
        ids = entry.ids
        yield [
            entry.student,
            ids.get("canvas"),
            ids.get("sis"),
            ids.get("login") or ids.get("email"),
            ids.get("section"),
            entry.points if entry.state == "graded" else None,
        ]
