"""The stories in examples/ pass as they stand, in a pytest process of their own."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from facilities import LINUX
from running import Folder

EXAMPLES = Path(__file__).parent.parent / "examples"
STORIES = sorted(path.parent for path in EXAMPLES.glob("*/test_*.py"))
PACKAGES = {"http_client": "urllib3", "redis_client": "redis"}
PROGRAMS = {"redis_client": "redis-server"}
QUIETLY = ("-p", "no:cacheprovider", "-W", "error", "-rs")

each = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


def missing(story: Path) -> str | None:
    """Return what a story needs and is not installed here."""
    package, program = PACKAGES.get(story.name), PROGRAMS.get(story.name)
    if package and importlib.util.find_spec(package) is None:
        return package
    return program if program and shutil.which(program) is None else None


def named_in(story: Path) -> Iterator[str]:
    """Yield the names of the tests of a story."""
    for path in story.glob("test_*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name


def told(story: Path, folder: Folder) -> Folder:
    """Return ``folder`` with the files of a story in it."""
    for path in story.glob("*.py"):
        folder.write(path.name, path.read_bytes())
    return folder


@pytest.mark.parametrize("arguments", [(), ("-n", "2")], ids=["plain", "xdist"])
@each
def test_a_story_passes(story: Path, arguments: tuple[str, ...], folder: Folder) -> None:
    """Every test of it, without a warning, and no file is left behind.

    Only what this system can't tell is skipped.
    """
    if missing(story):
        pytest.skip(f"{missing(story)} is not installed")
    told(story, folder)
    before = sorted(folder.path.iterdir())

    run = folder.pytest(*QUIETLY, *arguments, env={"PYTHONDONTWRITEBYTECODE": "1"})

    assert run.status == 0, run.said
    assert " passed" in run.out
    assert not (LINUX and "skipped" in run.out)
    assert sorted(folder.path.iterdir()) == before


@pytest.mark.skipif(importlib.util.find_spec("redis") is None, reason="redis is not installed")
def test_without_a_redis_server_the_story_says_so(folder: Folder) -> None:
    """It is skipped with the reason, and no test passes by chance."""
    run = told(EXAMPLES / "redis_client", folder).pytest(*QUIETLY, env={"PATH": ""})

    assert run.status == 0, run.said
    assert "redis-server is not installed" in run.out
    assert " passed" not in run.out


@each
def test_a_readme_tells_of_every_test(story: Path) -> None:
    """One row for each, in their order, and no other."""
    rows = re.findall(r"^\| `(test_\w+)` \| .+ \|$", (story / "README.md").read_text("utf-8"), re.M)
    assert rows == list(named_in(story))


def test_the_list_has_every_story() -> None:
    """The README of examples/ links to each."""
    links = re.findall(r"\]\((\w+)/README\.md\)", (EXAMPLES / "README.md").read_text("utf-8"))
    assert sorted(links) == [story.name for story in STORIES]
    assert len(STORIES) >= 4
