"""Who is in the class: a CSV file as spreadsheets and learning management systems write it.

Knows delimiters, encodings (UTF-8 with and without a mark, UTF-16, GB 18030, as
Excel writes it in China) and headers in English and Chinese. Matches a student to
what was handed in only where there is one way to do it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..messages import message
from .notices import BadCourse, Notice, shown

MOST_BYTES = 16 << 20
DELIMITERS = ",;\t|"
HEADERS: Mapping[str, str] = {
    **dict.fromkeys(("folder", "directory", "dir", "path", "submission", "repository", "文件夹",
                     "目录"), "folder"),
    **dict.fromkeys(("id", "studentid", "idnumber", "sisuserid", "number", "studentnumber",
                     "matriculationnumber", "userid", "identifier", "学号"), "id"),
    **dict.fromkeys(("email", "emailaddress", "mail", "邮箱", "电子邮件"), "email"),
    **dict.fromkeys(("name", "fullname", "student", "studentname", "姓名", "学生"), "name"),
    **dict.fromkeys(("firstname", "givenname", "名"), "first"),
    **dict.fromkeys(("lastname", "surname", "familyname", "姓"), "last"),
}  # fmt: skip
"""What a column is for, by its header without blanks, signs and capitals."""


@dataclass(frozen=True)
class Student:
    """Who handed something in, or should have: at least a name.

    ``folder`` is where the roster says that the submission is.
    """

    name: str
    id: str = ""
    email: str = ""
    folder: str = ""

    @property
    def key(self) -> str:
        """What tells the student from all others: the id, or else the name."""
        return self.id or self.name

    def names(self) -> set[str]:
        """Return by what the student's submission may be called, in the form of ``plain``."""
        words = re.split(r"[\s,]+", self.name)
        called = {self.name, self.id, self.email, self.email.partition("@")[0], self.folder}
        called |= {"".join(words), "".join(words[::-1]), "".join(words[-1:] + words[:-1])}
        if "," in self.name:
            last, _, first = self.name.partition(",")
            called.add(f"{first} {last}")
        return {plain(name) for name in called} - {""}


def plain(name: str) -> str:
    """Return a name without accents, capitals, blanks and signs: ``Doe, Jané`` is ``doejane``."""
    split = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in split if c.isalnum() and not unicodedata.combining(c))


def read_roster(path: Path) -> tuple[list[Student], list[Notice]]:
    """Return the students of the file ``path``, and what is to be said of it.

    Raises:
        BadCourse: it can't be read, has no column for a name or an id, or names somebody twice.
    """
    text, notices = _text(path)
    rows = _rows(path, text)
    columns = _columns(path, rows)
    students = []
    for number, row in enumerate(rows[1:], 2):
        student = _student(row, columns)
        if student is None:
            problem = "{file}: row {number} names nobody and is left out"
            notices.append(message(problem, file=shown(path.name), number=number))
        else:
            students.append(student)
    _check_twice(path, students)
    return students, notices


def _text(path: Path) -> tuple[str, list[Notice]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            problem = message("{file} is too large for a roster", file=shown(path))
            raise BadCourse(problem)
        data = path.read_bytes()
    except OSError as error:
        text = "{file} can't be read: {why}"
        raise BadCourse(message(text, file=shown(path), why=error.strerror)) from error
    encoding = _encoding(data)
    if encoding is None:
        text = "{file} is written in no encoding that is known here: save it as UTF-8"
        raise BadCourse(message(text, file=shown(path)))
    text = "{file} is read as {encoding}, since it is not UTF-8: look whether the names are right"
    told = message(text, file=shown(path.name), encoding=encoding)
    return data.decode(encoding), [] if encoding.startswith("utf-") else [told]


def _encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030", "cp1252"]
    return next((each for each in candidates if _decodes(data, each)), None)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _rows(path: Path, text: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first)  # Excel's own way to name the delimiter
    body = rest if told else text
    head = body.lstrip().partition("\n")[0]
    delimiter = told[1] if told else max(DELIMITERS, key=head.count)
    try:
        read = list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True))
    except (csv.Error, ValueError) as error:  # from 3.13 on of some delimiters
        problem = message("{file} is no table: {why}", file=shown(path), why=str(error))
        raise BadCourse(problem) from error
    return [[cell.strip() for cell in row] for row in read if any(cell.strip() for cell in row)]


def _columns(path: Path, rows: list[list[str]]) -> dict[str, int]:
    """Return where each kind of column is; the first one of its kind counts."""
    header = rows[0] if rows else []
    columns: dict[str, int] = {}
    for number, name in enumerate(header):
        kind = HEADERS.get(plain(name))
        if kind is not None:
            columns.setdefault(kind, number)
    if not {"name", "id", "last", "folder"} & columns.keys():
        problem = message(
            "{file}: no column tells who a row is about: its first row has to hold name, id or "
            "folder (姓名, 学号), not {header}", file=shown(path),
            header=shown(", ".join(header)) if header else message("nothing"))  # fmt: skip
        raise BadCourse(problem)
    return columns


def _student(row: list[str], columns: dict[str, int]) -> Student | None:
    cells = {kind: row[at] if at < len(row) else "" for kind, at in columns.items()}
    both = f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    name = cells.get("name") or both or cells.get("id") or cells.get("folder") or ""
    if not name:
        return None
    return Student(
        " ".join(name.split()), cells.get("id", ""), cells.get("email", ""), cells.get("folder", "")
    )


def _check_twice(path: Path, students: Sequence[Student]) -> None:
    seen: set[str] = set()
    for student in students:
        if student.key in seen:
            text = "{file} names {student} twice: give each student an id of their own"
            raise BadCourse(message(text, file=shown(path), student=shown(student.key)))
        seen.add(student.key)


def matches(students: Iterable[Student], called: Mapping[str, set[str]]) -> dict[str, Student]:
    """Return the student of each submission, by the submission's key in ``called``.

    ``called`` holds by what names each submission goes, in the form of ``plain``.
    Where several students, or several submissions, would fit, nobody is chosen.
    A folder that the roster names, and then an id, count more than a name.
    """
    left, free = list(students), dict(called)
    found: dict[str, Student] = {}
    for names_of in (_folder, _id, Student.names):
        own = {student.key: names_of(student) for student in left}
        fitting = {key: [s for s in left if own[s.key] & names] for key, names in free.items()}
        wanted = {student.key: [k for k, fit in fitting.items() if student in fit]
                  for student in left}  # fmt: skip
        sure = {key: fit[0] for key, fit in fitting.items()
                if len(fit) == 1 and len(wanted[fit[0].key]) == 1}  # fmt: skip
        found |= sure
        left = [student for student in left if student not in sure.values()]
        free = {key: names for key, names in free.items() if key not in sure}
    return found


def _folder(student: Student) -> set[str]:
    return {plain(student.folder.replace("\\", "/").rstrip("/").rpartition("/")[2])} - {""}


def _id(student: Student) -> set[str]:
    return {plain(student.id)} - {""}
