"""The assignment file (TOML) in which an instructor says what is graded.

    title = "Echo"
    deadline = "Friday 12:00"                  # shown; nothing is decided by it
    pass_mark = 60                             # percent

    [[part]]
    exercise = "tcp-echo"                      # or a file of your own: "my_exercise.py"
    role = "server"
    files = ["server.py", "*server*.py"]       # the most wanted first; else the naming rule
    points = 60

    [visibility]                               # in Gradescope, by "pytest-sockets autograder"
    others = "visible"
    "tcp-echo-server/restarts-at-once" = "after_due_date"

    [[waiver]]
    behaviour = "PRT-03"                       # or "tcp-echo-server/restarts-at-once"
    reason = "not taught this term"
    students = ["alice"]                       # without it: everybody

Knows the keys. What it makes of them is a ``Homework``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from .. import catalogue
from ..behaviours import Role
from ..catalogue import NoSuchExercise
from ..exercises import Exercise
from ..messages import message
from ..reports.gradescope import VISIBILITIES, Visibility
from .checked import Table
from .homework import Homework, HomeworkPart, Waiver
from .notices import BadCourse, meant, shown

MOST_POINTS = 1_000_000.0
MOST_BYTES = 1 << 16
KEYS = ("title", "deadline", "pass_mark", "part", "visibility", "waiver")
PART = ("exercise", "role", "files", "points")
WAIVER = ("behaviour", "reason", "students")


def read_homework(path: Path) -> Homework:
    """Return what the file ``path`` asks for.

    Raises:
        BadCourse: the file can't be read, or something in it is not as described.
    """
    table = Table(path.name, _document(path), KEYS)
    parts = _parts(table, path.parent)
    ids = _ids(parts)
    visibility = _visibility(table, ids)
    return Homework(
        title=table.text("title", required=True),
        parts=parts,
        pass_mark=table.number("pass_mark", 100.0, None),
        deadline=table.text("deadline"),
        visibility={id_: word for id_, word in visibility.items() if id_ != "others"},
        others=visibility.get("others", "visible"),
        waivers=_waivers(table, ids),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadCourse(message("{file} is too large for an assignment file: {bytes} bytes",
                                    file=shown(path), bytes=path.stat().st_size))  # fmt: skip
        document: dict[str, Any] = _toml().loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        text = "{file} can't be read: {why}"
        raise BadCourse(message(text, file=shown(path), why=error.strerror)) from error
    except UnicodeDecodeError as error:
        text = "{file} is not written in UTF-8 (byte {at}): save it as UTF-8"
        raise BadCourse(message(text, file=shown(path), at=error.start)) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadCourse):
            raise
        text = "{file} is no TOML: {why}"
        raise BadCourse(message(text, file=shown(path), why=str(error))) from error
    return document


def _toml() -> Any:
    name = "tomllib" if sys.version_info >= (3, 11) else "tomli"
    try:
        return import_module(name)
    except ImportError as error:
        text = "an assignment file needs {name}: pip install 'pytest-sockets[class]'"
        raise BadCourse(message(text, name=name)) from error


def _parts(table: Table, folder: Path) -> tuple[HomeworkPart, ...]:
    parts: dict[str, HomeworkPart] = {}
    for number, values in enumerate(table.tables("part"), 1):
        part = _part(Table(table.file, values, PART, f"part {number}"), folder)
        if part.name in parts:
            problem = message("{name} is asked for twice", name=part.name)
            raise table.error(f"part {number}", problem)
        parts[part.name] = part
    if not parts:
        raise table.error("part", message("nothing is asked for: write at least one [[part]]"))
    for part in parts.values():
        _check_pair(table, part, parts)
    return tuple(parts.values())


def _part(table: Table, folder: Path) -> HomeworkPart:
    name = table.text("exercise", required=True)
    exercise = _exercise(table, name, folder)
    roles = list(exercise.profiles)
    role = cast(Role, table.one_of("role", roles, roles[0] if len(roles) == 1 else ""))
    points = table.number("points", MOST_POINTS, 100.0)
    files = table.texts("files")
    for each in files:
        if "/" in each or "\\" in each:
            problem = message("{name} has to be a file's name or a pattern, without folders",
                              name=repr(each))  # fmt: skip
            raise table.error("files", problem)
    source = folder / name if name.endswith(".py") else None
    return HomeworkPart(exercise, role, points or 0.0, files, source)


def _exercise(table: Table, name: str, folder: Path) -> Exercise:
    try:
        return catalogue.exercise(name, folder)
    except NoSuchExercise as error:
        if name.endswith(".py"):
            raise table.error("exercise", error.problem) from error
        problem = message("there is no exercise {name}; {meant}", name=repr(name),
                          meant=meant(name, catalogue.exercises()))  # fmt: skip
        raise table.error("exercise", problem) from error


def _check_pair(table: Table, part: HomeworkPart, parts: dict[str, HomeworkPart]) -> None:
    """Refuse a pair whose two programs are not asked for."""
    for role in ("server", "client") if part.role == "pair" else ():
        if f"{part.exercise.name}-{role}" not in parts:
            problem = message(
                "the pair of {exercise} needs its server and its client as parts; there is no "
                "{role}", exercise=part.exercise.name, role=role)  # fmt: skip
            raise table.error("part", problem)


def _ids(parts: tuple[HomeworkPart, ...]) -> dict[str, list[str]]:
    """Return the behaviours that each name stands for: an id for itself, or the catalogue's."""
    found: dict[str, list[str]] = {}
    for part in parts:
        for weighed in part.profile.behaviours:
            found[part.id(weighed)] = [part.id(weighed)]
            found.setdefault(weighed.behaviour.catalogue, []).append(part.id(weighed))
    return found


def _visibility(table: Table, ids: dict[str, list[str]]) -> dict[str, Visibility]:
    values = table.table("visibility")
    inner = Table(table.file, values, list(values), "visibility")
    found: dict[str, Visibility] = {}
    for key in values:
        word = cast(Visibility, inner.one_of(key, VISIBILITIES, "visible"))
        if key != "others" and key not in ids:
            problem = message("no part asks for it; {meant}", meant=meant(key, ids))
            raise inner.error(key, problem)
        found |= dict.fromkeys(ids.get(key, [key]), word)
    return found


def _waivers(table: Table, ids: dict[str, list[str]]) -> tuple[Waiver, ...]:
    found = []
    for number, values in enumerate(table.tables("waiver"), 1):
        inner = Table(table.file, values, WAIVER, f"waiver {number}")
        name = inner.text("behaviour", required=True)
        reason, students = inner.text("reason", required=True), inner.texts("students")
        if name not in ids:
            problem = message("no part asks for {name}; {meant}", name=repr(name),
                              meant=meant(name, ids))  # fmt: skip
            raise inner.error("behaviour", problem)
        found += [Waiver(id_, reason, students) for id_ in ids[name]]
    return tuple(found)
