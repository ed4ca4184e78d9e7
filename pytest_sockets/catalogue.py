"""Finds exercises: those of the conformance suite, or one in a file of the user's own.

Knows where exercises are kept and by which names they go. Does not run anything
but the modules that define exercises.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import sys
import traceback
from collections.abc import Collection, Mapping
from pathlib import Path

from .behaviours import Role
from .exercises import Exercise, plain_name
from .messages import Message, message

SUITE = "pytest_sockets.conformance"


class NoSuchExercise(ValueError):  # noqa: N818 - it says what is missing
    """An exercise that can't be found, and what to do about it."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@functools.cache
def exercises() -> Mapping[str, Exercise]:
    """Return the exercises of the conformance suite by name, in alphabetical order."""
    suite = importlib.import_module(SUITE)
    found = [
        importlib.import_module(f"{SUITE}.{module.name}").exercise
        for module in pkgutil.iter_modules(suite.__path__)
        if module.name.startswith("test_")
    ]
    return {exercise.name: exercise for exercise in sorted(found, key=lambda e: str(e.name))}


def exercise(name: str, folder: Path) -> Exercise:
    """Return the exercise ``name``: one of ours, or the ``exercise`` of a Python file.

    Raises:
        NoSuchExercise: there is none.
    """
    if name.endswith(".py"):
        return _from_file(folder / name)
    try:
        return exercises()[name]
    except KeyError:
        raise NoSuchExercise(
            message(
                "there is no exercise {name}; there are {names}",
                name=name,
                names=", ".join(exercises()),
            )
        ) from None


def _from_file(path: Path) -> Exercise:
    spec = importlib.util.spec_from_file_location(f"exercise_{path.stem}", path)
    if spec is None or spec.loader is None or not _is_file(path):
        raise NoSuchExercise(message("there is no file {path}", path=str(path)))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise NoSuchExercise(
            message("{path} can't be loaded: {kind}: {error}{place}", path=str(path),
                    kind=type(error).__name__, error=str(error), place=_place(error, path))
        ) from error  # fmt: skip
    found = getattr(module, "exercise", None)
    if not isinstance(found, Exercise):
        raise NoSuchExercise(
            message("{path} defines no exercise: it needs a variable `exercise`", path=str(path))
        )
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def _place(error: BaseException, path: Path) -> str:
    """Return where in the file the error arose, as far as that is known."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f" (line {lines[-1]})" if lines else ""


def names_of(exercise: Exercise) -> Mapping[str, Role]:
    """Return what the naming rule makes of the roles of ``exercise``.

    ``tcp_echo_server`` stands for the server of tcp-echo, ``address_bits`` for
    the function of address-bits.
    """
    name = plain_name(exercise.name)
    return {
        name if role == "function" else f"{name}_{role}": role
        for role in exercise.profiles
        if role != "pair"
    }


def names() -> Mapping[str, tuple[str, Role]]:
    """Return what the naming rule makes of every exercise and role of the suite."""
    return {
        name: (found.name, role)
        for found in exercises().values()
        for name, role in names_of(found).items()
    }


def called(spec: str, chosen: Exercise | None) -> list[str]:
    """Return the names of functions that are called with values, not to run a program.

    Where the ``chosen`` exercise has no other role, the function that ``spec``
    names, as in ``mymodule:parse``, is one of them.
    """
    if chosen is None:
        return [name for name, (_, role) in names().items() if role == "function"]
    found = [name for name, role in names_of(chosen).items() if role == "function"]
    return [*found, spec.rpartition(":")[2]] if list(chosen.profiles) == ["function"] else found


def by_name(name: str) -> tuple[str, Role] | None:
    """Return exercise and role that ``name`` follows the naming rule for, the longest match."""
    rule = rule_of(name, names())
    if rule is None or (names()[rule][1] == "function" and role_by_name(name)):
        return None  # url_server.py is no function, whatever its server has to do with URLs
    return names()[rule]


def rule_of(name: str, rules: Collection[str]) -> str | None:
    """Return which of ``rules`` the ``name`` follows, the longest; None when it follows none.

    What comes behind, as in ``tcp_echo_server_threads``, tells several programs apart.
    """
    plain = plain_name(name)
    for rule in sorted(rules, key=len, reverse=True):
        if plain == rule or plain.startswith(rule + "_"):
            return rule
    return None


def role_by_name(name: str) -> Role | None:
    """Return the role that a name speaks of, in English or Chinese; None when in doubt."""
    words: dict[Role, tuple[str, ...]] = {
        "server": ("server", "服务", "serve"),
        "client": ("client", "客户"),
    }
    found = [role for role, marks in words.items() if any(m in name.lower() for m in marks)]
    return found[0] if len(found) == 1 else None
