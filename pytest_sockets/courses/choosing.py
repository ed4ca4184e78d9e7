"""Which file of a submission is the program that a part asks for.

Knows names and folders; opens no file. Where names leave a doubt nothing is
chosen, and where they leave none but others would fit as well, that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from .. import catalogue
from ..messages import Message, message, one_of
from ..modules import SCRIPTS
from ..targets import LEFT_OUT
from .homework import Homework, HomeworkPart
from .notices import Notices, shown

MOST_NAMES = 6


@dataclass(frozen=True)
class Lacking:
    """Why a part has no program; ``unclear`` when there are several, and somebody has to choose."""

    problem: Message
    unclear: bool = False


def choose(
    homework: Homework, files: Sequence[PurePosixPath], notices: Notices
) -> tuple[dict[str, PurePosixPath], dict[str, Lacking]]:
    """Return the program of each part, by the part's name, and what each other part lacks."""
    chosen: dict[str, PurePosixPath] = {}
    lacking: dict[str, Lacking] = {}
    single = sum(part.role != "pair" for part in homework.parts) == 1
    programs = [path for path in files
                if path.name.endswith(SCRIPTS) and path.name not in LEFT_OUT]  # fmt: skip
    for part in homework.parts:
        if part.role == "pair":
            continue
        found = _choose(part, programs, files, notices, single=single)
        if isinstance(found, Lacking):
            lacking[part.name] = found
        else:
            chosen[part.name] = found
    others = [path for path in programs if path not in chosen.values()]
    for name, each in lacking.items():
        notices.add(_told(name, each, others))
    return chosen, lacking


def _told(part: str, lacking: Lacking, others: Sequence[PurePosixPath]) -> Message:
    """Return what the instructor reads; ``others`` are programs that no part has."""
    if lacking.unclear or not others:
        return message("{part}: {problem}", part=part, problem=lacking.problem)
    text = (
        "{part}: {problem}; if one of these is the program, name it in the assignment file "
        "(--assignment): files = [...]"
    )
    return message(text, part=part, problem=lacking.problem)


def _choose(
    part: HomeworkPart,
    programs: Sequence[PurePosixPath],
    files: Sequence[PurePosixPath],
    notices: Notices,
    *,
    single: bool,
) -> PurePosixPath | Lacking:
    fitting = _by_pattern(part, programs, notices) if part.files else _by_rule(part, programs)
    if not fitting and single and len(programs) == 1:
        text = "{file} is taken for {part}, whatever its name: it is the only program"
        notices.add(message(text, file=shown(programs[0]), part=part.name))
        return programs[0]
    if not fitting:
        return Lacking(_missing(part, files))
    best = min(_rank(part, path) for path in fitting)
    first = [path for path in fitting if _rank(part, path) == best]
    if len(first) > 1:
        text = "several files fit, {names}: leave one of them, or name it in the assignment file"
        return Lacking(message(text, names=_listed(first)), unclear=True)
    others = [path for path in fitting if path != first[0]]
    if others:
        text = "{file} is taken for {part}; left out: {names}"
        told = message(text, file=shown(first[0]), part=part.name, names=_listed(others))
        notices.add(told)
    return first[0]


def _by_pattern(
    part: HomeworkPart, programs: Sequence[PurePosixPath], notices: Notices
) -> list[PurePosixPath]:
    """Return the files that the first pattern fits which fits any."""
    for pattern in part.files:
        exact = [path for path in programs if fnmatchcase(path.name, pattern)]
        folded = [path for path in programs if fnmatchcase(path.name.lower(), pattern.lower())]
        if folded and not exact:
            text = "{names}: taken for {pattern}, though upper and lower case differ"
            notices.add(message(text, names=_listed(folded), pattern=pattern))
        if exact or folded:
            return exact or folded
    return []


def _by_rule(part: HomeworkPart, programs: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """Return the files named after exercise and role, or else those whose names tell the role."""
    rules = [rule for rule, role in catalogue.names_of(part.exercise).items() if role == part.role]
    named = [path for path in programs if catalogue.rule_of(path.stem, rules) is not None]
    return named or [
        path
        for path in programs
        if catalogue.by_name(path.stem) is None and catalogue.role_by_name(path.stem) == part.role
    ]


def _rank(part: HomeworkPart, path: PurePosixPath) -> tuple[int, bool]:
    """Return what makes one file more likely than another: nearer, and named as asked for."""
    rules = [rule for rule, role in catalogue.names_of(part.exercise).items() if role == part.role]
    return len(path.parts), not part.files and path.stem.lower() not in (part.role, *rules)


def _missing(part: HomeworkPart, files: Sequence[PurePosixPath]) -> Message:
    rules = catalogue.names_of(part.exercise)
    names = [f"{rule}.py" for rule, role in rules.items() if role == part.role]
    wanted = part.files or ([f"{part.role}.py"] if part.role != "function" else []) + names
    held = message("it holds {names}", names=_listed(files)) if files else message("it is empty")
    text = "there is no program for it ({wanted}); {held}"
    return message(text, wanted=one_of(wanted), held=held)


def _listed(paths: Sequence[PurePosixPath]) -> str:
    names = ", ".join(shown(path) for path in paths[:MOST_NAMES])
    return names if len(paths) <= MOST_NAMES else f"{names}, …"
