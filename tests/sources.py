"""Where the code lies that is tested: in this repository, or where it was installed.

An installed package holds the suite and the reference programs, which lie beside it here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest_sockets

PACKAGE = Path(pytest_sockets.__file__).parent
BESIDE = ("conformance", "reference")
FOLDERS = {
    **{
        name: Path(importlib.import_module(f"pytest_sockets.{name}").__path__[0]) for name in BESIDE
    },
    "pytest_sockets": PACKAGE,
}
IN_PLACE = FOLDERS["conformance"].parent == PACKAGE.parent
"""Whether it is the repository's code that is tested."""


def named(path: Path) -> str:
    """Return the path of a module as the repository has it.

    Raises:
        ValueError: it is no module of the project.
    """
    for name, folder in FOLDERS.items():
        if path.is_relative_to(folder):
            return f"{name}/{path.relative_to(folder).as_posix()}"
    raise ValueError(f"{path} is none of ours")


def modules(name: str) -> Iterator[Path]:
    """Yield the modules of a folder of the repository."""
    for path in sorted(FOLDERS[name].rglob("*.py")):
        if named(path).startswith(f"{name}/"):
            yield path
