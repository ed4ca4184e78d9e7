"""A class as a table for the terminal, and the list of what is missing or odd.

Knows marks and records. Does not know where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..messages import Message, message
from ..reports.wording import cut, pad, plain, width
from .homework import Homework
from .marks import marks, total
from .notices import last_line
from .store import Record
from .submissions import Class, Submission

WIDEST_NAME = 32


def status(submission: Submission, record: Record | None, homework: Homework) -> Message:
    """Return in a few words what came of a submission."""
    if record is None:
        return message("not graded yet")
    if record.status == "not-judged":
        return message("not judged: {reason}", reason=last_line(record.reason))
    mark = total(marks(record, homework, submission.student))
    if submission.folder is None:
        return message("nothing handed in")
    if not mark.complete:
        return message("not everything was judged")
    if homework.pass_mark is None:
        return message("graded")
    return message("passed") if mark.percent >= homework.pass_mark else message("below the mark")


def points(submission: Submission, record: Record | None, homework: Homework) -> str:
    """Return the points of a submission, such as ``81 of 100``."""
    if record is None or record.result is None:
        return "–"
    return str(total(marks(record, homework, submission.student)).told)


def table(
    found: Class, last: Callable[[str], Record | None], homework: Homework, columns: int
) -> Iterator[str]:
    """Yield a line for each submission: who, points, what came of it.

    ``last`` gives a submission's record by its key; no more than one is held at a time.
    """
    rows = [_row(each, last(each.key), homework) for each in found.submissions]
    first = max((width(name) for name, _, _ in rows), default=0)
    second = max((width(reached) for _, reached, _ in rows), default=0)
    for name, reached, told in rows:
        blanks = " " * (second - width(reached))
        yield cut(f"{pad(name, first)}  {blanks}{reached}  {told}", columns)


def _row(submission: Submission, record: Record | None, homework: Homework) -> tuple[str, str, str]:
    name = cut(plain(_name(submission)), WIDEST_NAME)
    told = plain(str(status(submission, record, homework)))
    return name, points(submission, record, homework), told


def odd(found: Class) -> Iterator[str]:
    """Yield what is missing or odd: of the class, then of each submission."""
    yield from (plain(str(notice)) for notice in found.notices)
    for each in found.submissions:
        for notice in each.notices:
            yield plain(f"{_name(each)}: {notice}")


def _name(submission: Submission) -> str:
    student = submission.student
    return f"{student.name} ({student.id})" if student.id else student.name
