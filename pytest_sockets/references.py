"""The reference programs: where they lie, what their function takes, at which address they are.

Reads their source and never imports them. Does not run anything.
"""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .behaviours import Role
from .exercises import Exercise, plain_name

PACKAGE = "pytest_sockets.reference"


@dataclass(frozen=True)
class Reference:
    """A program that does what an exercise asks of ``role``; ``function`` is its main one."""

    path: Path
    role: Role
    function: str

    @property
    def module(self) -> str:
        """The name to import it by."""
        return f"{PACKAGE}.{self.path.stem}"

    @property
    def parameters(self) -> list[str]:
        """The names of what its function takes: host and port, path, or values."""
        for node in self._tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == self.function:
                return [each.arg for each in node.args.args]
        return []

    @property
    def address(self) -> tuple[Any, ...]:
        """What its main guard calls the function with, as in the tutorial: nothing when it varies.

        ``("127.0.0.1", 8000)``, or ``("echo.sock",)``.
        """
        for node in ast.walk(self._tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == self.function
                and all(isinstance(each, ast.Constant) for each in node.args)
            ):
                return tuple(each.value for each in node.args if isinstance(each, ast.Constant))
        return ()

    @cached_property
    def _tree(self) -> ast.Module:
        return ast.parse(self.path.read_bytes())


def reference(exercise: Exercise, role: Role) -> Reference | None:
    """Return the reference program for ``role``, None where there is none."""
    name = plain_name(exercise.name)
    function = name if role == "function" else f"{name}_{role}"
    folder = Path(importlib.import_module(PACKAGE).__path__[0])
    path = folder / f"{name}_{role}.py"
    return Reference(path, role, function) if path.is_file() else None
