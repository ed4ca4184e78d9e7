"""What is said of a class before it is graded: mistakes of the instructor's, oddities of files.

Knows sentences only.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from ..messages import Message, message

Notice = Message
"""One thing that is missing or odd in a submission, for whoever answers for the marks."""

MOST_NOTICES = 20


class BadCourse(ValueError):  # noqa: N818 - whose mistake it is says more
    """An assignment file, roster, folder or store that can't be used, and what to do about it."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class Notices:
    """A bounded list of notices: an archive of a million odd names makes no million sentences."""

    kept: list[Notice]
    more: int = 0

    def add(self, notice: Notice) -> None:
        """Keep ``notice``, or count it."""
        if notice in self.kept:
            return
        if len(self.kept) < MOST_NOTICES:
            self.kept.append(notice)
        else:
            self.more += 1

    def all(self) -> tuple[Notice, ...]:
        """Return what was kept, and how many were not."""
        rest = [message("and {number} more notices like these", number=self.more)]
        return (*self.kept, *(rest if self.more else []))


def shown(name: object) -> str:
    r"""Return a name that somebody else chose so that it can't break a line or a terminal.

    >>> shown("server.py")
    'server.py'
    >>> shown("a" + chr(10) + "b")
    "'a\\nb'"
    """
    text = str(name)
    short = text if len(text) <= 120 else text[:119] + "…"
    return short if short.isprintable() else ascii(short)


def last_line(text: str) -> str:
    """Return the line of a reason that names it: of a traceback that is the last."""
    return text.strip().rpartition("\n")[2]


def meant(word: str, known: Iterable[str]) -> Message:
    """Return what is allowed instead of ``word``: the nearest, and all when they are few."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1)
    if close:
        return message("did you mean {close}?", close=close[0])
    if len(names) <= 40:
        return message("there are {names}", names=", ".join(names))
    return message("there are {number} others, such as {names}", number=len(names),
                   names=", ".join(names[:3]))  # fmt: skip
