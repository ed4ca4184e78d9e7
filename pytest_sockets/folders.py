"""Which programs of a folder are graded, told by their names.

Knows the naming rule and names such as ``server.py``. Looks at the folder
itself, not below it, and opens no file.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import catalogue
from .behaviours import Role
from .exercises import Exercise
from .messages import Message, message, one_of
from .modules import SCRIPTS
from .targets import LEFT_OUT, MODULE, BadTarget, exists, matching

MOST_NAMES = 12


@dataclass(frozen=True)
class Found:
    """A file that is graded: ``spec`` names it as seen from where the folder is named from."""

    spec: str
    exercise: Exercise
    role: Role


def expanded(spec: str, folder: Path) -> list[str]:
    """Return the folders that a pattern matches when it matches no script; else ``spec`` alone."""
    if not glob.has_magic(spec) or exists(folder / spec):
        return [spec]
    found = matching(spec, folder)
    if any(name.endswith(SCRIPTS) for name in found):
        return [spec]
    return [name for name in found if is_folder(name, folder) and _is_listed(name)] or [spec]


def is_folder(spec: str, folder: Path) -> bool:
    """Tell whether ``spec`` names a folder, and not a package by its module name."""
    path = folder / spec
    try:
        package = bool(MODULE.fullmatch(spec)) and (path / "__init__.py").exists()
        return bool(spec.strip()) and path.is_dir() and not package
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def programs(
    spec: str, folder: Path, chosen: Exercise | None, role: Role | None = None
) -> list[Found]:
    """Return the files of the folder ``spec`` that are graded, at most one for each role.

    With an exercise ``chosen``, those that follow its naming rule; for a role that
    none of them has, those whose name tells the role. Without, all that follow
    the naming rule of any exercise. Only those of ``role``, if that is given.

    Raises:
        BadTarget: there is none, or there are several for one role.
    """
    names = _scripts(spec, folder / spec)
    found = _by_rule(names) if chosen is None else _for_exercise(names, chosen)
    if role is not None:
        found = {each: files for each, files in found.items() if each[1] == role}
    if not found:
        raise BadTarget(_nothing_fits(spec, names, chosen, role))
    exercises = catalogue.exercises() if chosen is None else {chosen.name: chosen}
    return [
        Found(str(Path(spec) / _only(spec, files, *each)), exercises[each[0]], each[1])
        for each, files in found.items()
    ]


Files = Mapping[tuple[str, Role], list[str]]


def _scripts(spec: str, path: Path) -> list[str]:
    try:
        names = sorted(entry.name for entry in path.iterdir() if entry.is_file())
    except OSError as error:
        raise BadTarget(
            message("{spec} can't be read: {why}", spec=spec, why=error.strerror)
        ) from error
    found = [name for name in names if name.endswith(SCRIPTS) and _is_listed(name)]
    if not found:
        raise BadTarget(message("the folder {spec} holds no Python program", spec=spec))
    return found


def _is_listed(name: str) -> bool:
    last = Path(name).name
    return last not in LEFT_OUT and not last.startswith((".", "__pycache__"))


def _by_rule(names: list[str]) -> Files:
    found: dict[tuple[str, Role], list[str]] = {}
    for name in names:
        named = catalogue.by_name(Path(name).stem)
        if named is not None:
            found.setdefault(named, []).append(name)
    return found


def _for_exercise(names: list[str], chosen: Exercise) -> Files:
    rules = catalogue.names_of(chosen)
    found: dict[tuple[str, Role], list[str]] = {}
    for name in names:
        rule = catalogue.rule_of(Path(name).stem, rules)
        if rule is not None:
            found.setdefault((chosen.name, rules[rule]), []).append(name)
    others = [name for name in names if catalogue.by_name(Path(name).stem) is None]
    for role in chosen.profiles:
        by_role = [name for name in others if catalogue.role_by_name(Path(name).stem) == role]
        if by_role and (chosen.name, role) not in found:
            found[chosen.name, role] = by_role
    return found


def _only(spec: str, files: list[str], exercise: str, role: Role) -> str:
    if len(files) == 1:
        return files[0]
    raise BadTarget(
        message(
            "{spec} holds {count} programs for the {role} of {exercise}: {names}. Leave one of "
            "them in the folder, or name the one to grade: --target {example}",
            spec=spec,
            count=len(files),
            role=role,
            exercise=exercise,
            names=_listed(files),
            example=str(Path(spec) / files[0]),
        )
    )


def _nothing_fits(
    spec: str, names: list[str], chosen: Exercise | None, role: Role | None
) -> Message:
    if chosen is not None:
        roles = [each for each in chosen.profiles if each != "pair" and role in (None, each)]
        return message(
            "{spec} holds no program for {exercise}, only {names}: name it {fitting}",
            spec=spec,
            exercise=chosen.name,
            names=_listed(names),
            fitting=one_of(_fitting(chosen, roles)),
        )
    if any(catalogue.role_by_name(Path(name).stem) for name in names):
        return message(
            "nothing tells the exercise of {names} in {spec}: add --exercise NAME; there are "
            "{exercises}",
            spec=spec,
            names=_listed(names),
            exercises=", ".join(catalogue.exercises()),
        )
    return message(
        "no program in {spec} is named after exercise and role, such as {example}.py: there is "
        "{names}",
        spec=spec,
        example="tcp_echo_server",
        names=_listed(names),
    )


def _fitting(chosen: Exercise, roles: Sequence[Role]) -> Iterator[str]:
    rules = catalogue.names_of(chosen)
    for rule, role in rules.items():
        if role in roles:
            yield f"{role}.py"
            yield f"{rule}.py"


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}, …"
