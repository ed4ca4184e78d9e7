"""Finds exercises: those of the conformance suite, or one in a file of the user's own.

Knows where exercises are kept and by which names they go. Does not run anything
but the modules that define exercises.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Mapping
from pathlib import Path

from .behaviours import Role
from .exercises import Exercise
from .messages import Message, message

SUITE = "pytest_sockets.conformance"


class NoSuchExercise(ValueError):
    """An exercise that can't be found, and what to do about it."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@functools.cache
def exercises() -> Mapping[str, Exercise]:
    """Return the exercises of the conformance suite by name, in alphabetical order."""
    suite = importlib.import_module(SUITE)
    found = []
    for module in pkgutil.iter_modules(suite.__path__):
        if module.name.startswith("test_"):
            found.append(importlib.import_module(f"{SUITE}.{module.name}").exercise)
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
    if spec is None or spec.loader is None or not path.is_file():
        raise NoSuchExercise(message("there is no file {path}", path=str(path)))
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a file of the user's own raises
        raise NoSuchExercise(
            message("{path} can't be loaded: {kind}: {error}",
                    path=str(path), kind=type(error).__name__, error=str(error))
        ) from error  # fmt: skip
    found = getattr(module, "exercise", None)
    if not isinstance(found, Exercise):
        raise NoSuchExercise(
            message("{path} defines no exercise: it needs a variable `exercise`", path=str(path))
        )
    return found


def names() -> Mapping[str, tuple[str, Role]]:
    """Return what the naming rule makes of every exercise and role.

    ``tcp_echo_server`` stands for the server of tcp-echo.
    """
    return {
        f"{name.replace('-', '_')}_{role}": (name, role)
        for name, found in exercises().items()
        for role in found.profiles
    }


def by_name(name: str) -> tuple[str, Role] | None:
    """Return exercise and role that ``name`` follows the naming rule for, the longest match."""
    plain = re.sub(r"[\W_]+", "_", name).strip("_").lower()
    for rule in sorted(names(), key=len, reverse=True):
        if plain == rule or plain.startswith(rule + "_"):
            return names()[rule]
    return None


def role_by_name(name: str) -> Role | None:
    """Return the role that a name speaks of, in English or Chinese; None when in doubt."""
    words: dict[Role, tuple[str, ...]] = {
        "server": ("server", "服务", "serve"),
        "client": ("client", "客户"),
    }
    found = [role for role, marks in words.items() if any(m in name.lower() for m in marks)]
    return found[0] if len(found) == 1 else None
