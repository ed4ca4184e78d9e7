"""Every Markdown page: links lead somewhere, code can be read, commands and options exist."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import click
import pytest
from markdown_pages import PAGES, ROOT, anchors, blocks, links, named, typed

import pytest_sockets
from pytest_sockets import catalogue
from pytest_sockets.cli import main

TOML: Any = pytest.importorskip("tomllib" if sys.version_info >= (3, 11) else "tomli")
YAML: Any = pytest.importorskip("yaml")
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

CHINESE = ROOT / "docs" / "zh"
TWINS = {
    **{
        path.with_name(path.name.replace(".zh.", ".")): path
        for path in PAGES
        if path.match("*.zh.md")
    },
    **{ROOT / "docs" / path.relative_to(CHINESE): path for path in CHINESE.rglob("*.md")},
}
"""Pages in Chinese by the English ones that say the same."""

READERS: Mapping[str, Callable[[str], object]] = {
    "python": lambda text: compile(text, "page", "exec"),
    "toml": TOML.loads,
    "yaml": YAML.safe_load,
    "json": json.loads,
}
OTHERS = {"", "console", "dockerfile", "{toctree}"}
"""Kinds of blocks that no reader is for; those of MyST are read when the site is built."""

FOREIGN = {"cat", "dask", "docker", "helm", "kubectl", "pre-commit", "sudo"}
"""Commands of others, with options that only they know."""
FOREIGN_OPTIONS = {"--nworkers", "--nthreads"}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([\w-]+):", MAKEFILE, re.M))
FOLDERS = {"benchmarks", "conformance", "docs", "examples", "pytest_sockets", "reference", "tests"}
PACKAGE = Path(str(pytest_sockets.__file__)).parent
PROJECT = TOML.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    """Within the project to a file and to a heading that exist, outside of it by https."""
    for link in links(page):
        url = urlsplit(link)
        if url.scheme or url.netloc:
            assert (url.scheme, "." in url.netloc, url.username) == ("https", True, None), link
            continue
        target = (page.parent / unquote(url.path)).resolve() if url.path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not url.fragment or unquote(url.fragment) in anchors(target), link


@pytest.mark.parametrize("english", TWINS, ids=lambda page: page.stem)
def test_a_chinese_page_links_to_chinese_pages(english: Path) -> None:
    """Where there is one; only the way to the page's own twin leads to English."""
    page = TWINS[english]
    for link in links(page):
        target = (page.parent / unquote(urlsplit(link).path)).resolve()
        assert target == english or target not in TWINS, link


@each_page
def test_every_block_of_code_can_be_read(page: Path) -> None:
    """Python compiles, and data is what its block says that it is."""
    for kind, content in blocks(page):
        assert kind in READERS or kind in OTHERS, kind
        if kind in READERS:
            READERS[kind](content)


@each_page
def test_every_command_and_option_exists(page: Path, options: Mapping[str, set[str]]) -> None:
    """What a reader is let type, and what a sentence names, is there to be typed."""
    for words in typed(page):
        assert _known(words, options), " ".join(words)
    for words in named(page):
        assert _known(words, options) is not False, " ".join(words)


@each_page
def test_every_path_that_is_named_exists(page: Path) -> None:
    """What a sentence or a command calls by a path of the repository is there."""
    for words in itertools.chain(named(page), typed(page)):
        for word in words:
            folder, *inner = word.split("/")
            if inner and folder in FOLDERS and not set("<*{…") & set(word):
                where = PACKAGE if folder == PACKAGE.name else ROOT / folder
                assert where.joinpath(*inner).exists(), word


@pytest.fixture(scope="module")
def options() -> Mapping[str, set[str]]:
    """Return the options of pytest, with those of this plugin and of its tests, and of ours."""
    words = [sys.executable, "-m", "pytest", "--help", "tests"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = {name: _of(command) for name, command in main.commands.items()}
    return {"pytest": set(re.findall(r"(?<![\w-])--?[\w-]+", told)), "": _of(main), **commands}


def _of(command: click.Command) -> set[str]:
    given = {each for param in command.params for each in (*param.opts, *param.secondary_opts)}
    return given | {"--help"}


def _known(words: list[str], options: Mapping[str, set[str]]) -> bool | None:
    """Tell whether a command and its options exist; None where it is no command of ours."""
    first, *rest = words
    if first.startswith("--"):
        return _one(first) in {*FOREIGN_OPTIONS, *(o for every in options.values() for o in every)}
    if first in {"python", "python3"} and rest:
        return _python(rest, options)
    if first == "pytest":
        return _asked(rest) <= options["pytest"] and _exercise(rest)
    if first == "pytest-sockets":
        name = next((word for word in rest if not word.startswith(("-", "…"))), "")
        return name in options and _asked(rest) <= options[name] | options[""]
    if first == "make":
        return {word for word in rest if "=" not in word} <= TARGETS
    return True if first in FOREIGN else None


def _python(rest: list[str], options: Mapping[str, set[str]]) -> bool | None:
    """Tell the same of ``python`` with these words: a module with ``-m``, or a script."""
    if rest[0] != "-m":
        return (ROOT / rest[0]).exists() if rest[0].endswith(".py") else None
    if rest[1] == "pytest":
        return _known(rest[1:], options)
    if rest[1] == "pip":
        extras = re.findall(r"\[([\w,]+)\]", " ".join(rest))
        known = PROJECT["optional-dependencies"]
        return all(extra in known for found in extras for extra in found.split(","))
    return rest[1] == "venv" or (ROOT / f"{rest[1].replace('.', '/')}.py").exists()


def _asked(words: Iterable[str]) -> set[str]:
    return {_one(word) for word in words if word.startswith("-") and word != "-"}


def _one(word: str) -> str:
    """Return an option without its value."""
    return word.partition("=")[0]


def _exercise(words: list[str]) -> bool:
    """Tell whether the exercise that is named is one of ours, or a file of the reader's."""
    name = dict(itertools.pairwise(words)).get("--exercise", "url")
    return name in catalogue.exercises() or name.endswith(".py")


@pytest.mark.parametrize(
    "words",
    ["make docks", "pytest --target x.py --sockets-langs zh", "pytest --exercise tcp-ecko",
     "pytest-sockets grad x", "pytest-sockets grade x --outputs y", "--sockets-seeds 1",
     "python docs/generates.py", "python -m pip install '.[htm]'", "python -m benchmarks.nothing"],
)  # fmt: skip
def test_a_command_that_does_not_exist_is_noticed(
    words: str, options: Mapping[str, set[str]]
) -> None:
    """A page can't tell of it without a test that fails."""
    assert not _known([word.strip("'") for word in words.split()], options)
