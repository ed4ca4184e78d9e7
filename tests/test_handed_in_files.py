"""What was handed in beside a program may have any name, and be in any Python."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from corpus import HERE, Homework, grade

from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

REFERENCE = HERE.parent / "reference"
FRIENDS = "friends = {'egg': ('127.0.0.1', 8081), 'yuan': ('127.0.0.1', 8082)}\n"


@pytest.mark.parametrize("in_the_way", ["music", "music/Refrain.mp3/x", "Refrain.mp3/x"])
def test_a_file_to_be_sent_is_there_whatever_has_its_name(
    in_the_way: str, tmp_path: Path, runner: Runner
) -> None:
    """A file where a folder is needed, or a folder where a file is, makes room in the copy."""
    path = Path(shutil.copy(REFERENCE / "tcp_upload_client.py", tmp_path))
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_text("handed in")

    results = grade(Homework(path, "tcp-upload", "client", frozenset()), runner)

    assert {result.outcome for result in results} == {Outcome.PASSED}, results
    assert (tmp_path / in_the_way).read_text() == "handed in"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FRIENDS, True),
        (FRIENDS.replace("8082", "8081"), False),
        (FRIENDS + "text = = 1\n", False),
        (FRIENDS + "\0", False),
    ],
)
def test_a_later_python_than_ours_tells_nothing_of_its_friends(
    text: str, told: bool, tmp_path: Path
) -> None:
    """What can't be read here may run all the same, so it is no error of anybody's."""
    friends = importlib.import_module("pytest_sockets.conformance.shared.friends")
    path = tmp_path / "client.py"
    path.write_text(text)
    target = SimpleNamespace(path=path, told=False)

    assert friends.differ(SimpleNamespace(place=SimpleNamespace(target=target))) is told
