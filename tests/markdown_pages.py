"""The Markdown pages of the project, read as CommonMark: links, anchors, code and commands.

Knows which pages there are and what stands in them. Does not know whether it is right.
"""

from __future__ import annotations

import functools
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

ROOT = Path(__file__).parent.parent
WHERE = (
    "*.md",
    ".github/**/*.md",
    "benchmarks/results/*.md",
    "changelog.d/*.md",
    "docs/**/*.md",
    "examples/**/*.md",
    "tests/**/*.md",
)
PAGES = sorted({path for pattern in WHERE for path in ROOT.glob(pattern)})
READER = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=6)
"""It gives headings the anchors that GitHub gives them."""


class Attributes(HTMLParser):
    """Collects what HTML in a page says by the attributes ``id``, ``href`` and ``src``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element says."""
        del tag
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in {"href", "src"}:
                self.links.append(value or "")


@functools.cache
def tokens(path: Path) -> list[Token]:
    """Return what a page consists of, from its beginning to its end, each in a row."""
    found = []
    for token in READER.parse(path.read_text("utf-8")):
        found.append(token)
        found.extend(token.children or ())
    return found


@functools.cache
def anchors(path: Path) -> set[str]:
    """Return what a link into a page may name: its headings, and elements with an id."""
    html = "".join(token.content for token in tokens(path) if token.type.startswith("html"))
    heads = {str(each.attrs["id"]) for each in tokens(path) if each.type == "heading_open"}
    return heads | Attributes(html).ids


def links(path: Path) -> Iterator[str]:
    """Yield where the links and pictures of a page lead."""
    for token in tokens(path):
        if token.type == "link_open":
            yield str(token.attrs["href"])
        elif token.type == "image":
            yield str(token.attrs["src"])
        elif token.type.startswith("html"):
            yield from Attributes(token.content).links


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the kind and the content of each block of code; an indented one has no kind."""
    for token in tokens(path):
        if token.type in {"fence", "code_block"}:
            yield token.info.partition(" ")[0], token.content


def typed(path: Path) -> Iterator[list[str]]:
    """Yield the words of each command that a page lets its reader type into a console."""
    for kind, content in blocks(path):
        for line in content.splitlines():
            if kind == "console" and line.startswith("$ "):
                yield shlex.split(line[2:], comments=True)


def named(path: Path) -> Iterator[list[str]]:
    """Yield the words of what stands in a page as code within a sentence, or indented."""
    for token in tokens(path):
        lines = token.content.splitlines() if token.type == "code_block" else [token.content]
        for line in lines if token.type in {"code_block", "code_inline"} else ():
            try:
                words = shlex.split(line)
            except ValueError:  # a piece of a program, with a quote in it
                words = line.split()
            if words:
                yield words
