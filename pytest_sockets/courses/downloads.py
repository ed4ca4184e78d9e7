"""The names that Moodle and Canvas give to the submissions they hand out for download.

Moodle, assignment, "Download all submissions", with folders and without:
``Full Name_12345_assignsubmission_file_``, ``Full Name_12345_assignsubmission_file_server.py``;
the number is that of the participant. Canvas, "Download submissions" (in its source
``lib/content_zipper.rb``): ``doejane_LATE_12345_67890_server-1.py``: the student, late or
not, the student's number, the file's number, the file. Canvas writes ``-1`` behind the
name of a file that the student has handed in before. Anonymous: ``anon_8rXzq_67890_server.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MOODLE = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<file>.*)",
    re.DOTALL,
)
CANVAS = (
    re.compile(
        r"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[^_]+)_(?P<number>\d+)_(?P<file>.+)", re.DOTALL
    ),
    re.compile(
        r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<number>\d+)_(?P<file>.+)", re.DOTALL
    ),
    re.compile(
        r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+)(?P<number>)_(?P<file>(text|link)\.html)",
        re.DOTALL,
    ),
)
VERSION = re.compile(r"(?P<stem>.+?)-\d{1,3}(?P<ending>(\.tar)?\.[^.]+)?", re.DOTALL)


@dataclass(frozen=True)
class Download:
    """What the name of a downloaded file or folder tells.

    ``number`` is the system's own for the student, ``file`` the name of the file as
    handed in, empty for a folder. ``text`` is true for what was typed online.
    ``attempt`` is greater for a later file of the same name.
    """

    system: Literal["Moodle", "Canvas"]
    student: str
    number: str
    file: str = ""
    late: bool = False
    text: bool = False
    attempt: int = 0

    @property
    def owner(self) -> str:
        """The student in one word, the same for all that is theirs."""
        return f"{self.student}_{self.number}"


def told(name: str, *, folder: bool = False) -> Download | None:
    """Return what the name of a file or folder tells, None when it is neither system's.

    >>> told("doejane_LATE_12_345_server-1.py").file
    'server.py'
    >>> told("Jane Doe_12_assignsubmission_file_", folder=True).student
    'Jane Doe'
    """
    moodle = MOODLE.fullmatch(name)
    if moodle:
        return Download("Moodle", moodle["name"], moodle["number"], moodle["file"],
                        text=moodle["kind"] == "onlinetext")  # fmt: skip
    found = None if folder else next(filter(None, (each.fullmatch(name) for each in CANVAS)), None)
    return None if found is None else _canvas(found)


def _canvas(found: re.Match[str]) -> Download:
    version = VERSION.fullmatch(found["file"])
    return Download(
        "Canvas",
        found["name"],
        found["user"],
        found["file"] if version is None else version["stem"] + (version["ending"] or ""),
        late=found["late"] is not None,
        text=not found["number"],
        attempt=int(found["number"] or 0),
    )
