"""Functions that students might write, each ready to be called in a process of its own."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_sockets import Function, behaviour, profile
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find, to_call

NAME = "twice"


@behaviour("ABC-01", source="")
def test_nothing(function: Function) -> None:
    """Title.

    Why.

    Hint: how.
    """


PROFILE = profile(basic={test_nothing: 100}, one_shot=False, parameters="value")

PATIENT = 4
"""As patient as a second attempt: there is none here."""


class Files:
    """A folder for the student's files, and what starts them."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self.folder = folder
        self.runner = runner

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    @contextlib.contextmanager
    def function(self, spec: str = "hw.py") -> Iterator[Function]:
        """Yield the function ``twice`` of what ``spec`` names."""
        target = to_call(find(spec, folder=self.folder, called=[NAME])[0], NAME)
        with contextlib.closing(self.runner.place(target)) as place:
            chance = random.Random(0)
            with Function(place, PROFILE, chance, PATIENT * self.runner.quiet) as function:
                yield function

    @contextlib.contextmanager
    def text(self, text: str) -> Iterator[Function]:
        """Yield the function that ``text`` defines."""
        self.write("hw.py", text)
        with self.function() as function:
            yield function

    @contextlib.contextmanager
    def returning(self, expression: str) -> Iterator[Function]:
        """Yield a function that returns what ``expression`` makes of ``value``."""
        with self.text(f"def twice(value):\n    return {expression}\n") as function:
            yield function


@pytest.fixture(params=["forked", "spawned"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Return an empty folder, for each way of starting programs."""
    way = {"forked": "runner", "spawned": "portable_runner"}[request.param]
    return Files(tmp_path, request.getfixturevalue(way))
