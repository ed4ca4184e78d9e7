"""The generated pages of the documentation in Chinese, paragraph by paragraph.

Knows the package's catalogue, and beside it one of the documentation's own for each
generator: what no program shows is not shipped. Does not know any page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from transcripts import DOCS
from translations import Found, collected, translations, written

from pytest_sockets.languages import CATALOGUE, language
from pytest_sockets.messages import Translate
from pytest_sockets.reports.wording import unwrapped

FOLDER = DOCS / "locale" / CATALOGUE / "LC_MESSAGES"

FENCED = re.compile(r"(^```.*?^```$)", re.M | re.S)
BORDER = re.compile(r"(\n{2,}|\n(?=- |\|)|\n$)")
"""What lies between two paragraphs, items of a list, or rows of a table."""

BLANK = re.compile(r"(?<=[一-鿿])\n(?=[!-~])|(?<=[!-~])\n(?=[一-鿿])")
"""A line break that stands for a blank: between a Chinese character and a Latin one."""

FIELD = re.compile(r"\{\w+\}")
WORD = re.compile("[a-z]{3}")


class Chinese:
    """Translates what ``docs/<name>.py`` writes, and remembers what it was asked.

    What the package's catalogue holds is not asked of the documentation's own.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = FOLDER / f"{name}.po"
        self.asked: dict[str, str] = {}
        self._known = translations(self.path)
        self._shipped = translations()
        self._translate = language("zh")

    def __call__(self, text: str) -> str:
        """Return ``text`` in Chinese, a paragraph a line; as it is where nobody translated it."""
        if text in self._shipped:
            told = self._translate(text)
            paragraphs = re.split(r"\n\s*\n", BLANK.sub(" ", told))
            return "\n\n".join(map(unwrapped, paragraphs))
        if WORD.search(text) and not FIELD.fullmatch(text):
            self.asked[text] = self._known.get(text, "")
        return self.asked.get(text) or text

    @property
    def missing(self) -> list[str]:
        """What was asked so far and has no translation."""
        return [text for text, translated in self.asked.items() if not translated]

    @property
    def catalogue(self) -> Catalog:
        """What was asked so far, with its translations."""
        found = {text: [Found(text, f"docs/{self.name}.py")] for text in self.asked}
        return collected(found, self.asked, CATALOGUE, self.name)

    def write(self) -> None:
        """Write the catalogue anew, and tell what is not translated."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(written(self.catalogue))
        if self.missing:
            click.echo(f"{len(self.missing):>5} of {len(self.asked)} not translated in {self.path}")


def translated(markdown: str, translate: Translate) -> str:
    """Return ``markdown`` in the language of ``translate``; what is fenced stays as it is."""
    prose, *others = FENCED.split(markdown)
    parts = [_paragraphs(prose, translate)]
    for fenced, text in zip(others[::2], others[1::2], strict=True):
        parts += [fenced, _paragraphs(text, translate)]
    return "".join(parts)


def linked(english: Mapping[str, str], chinese: Mapping[str, str]) -> dict[Path, str]:
    """Return the pages by their paths; under its heading each has a link to its twin."""
    pages = {DOCS / name: _linked(page, f"[中文](zh/{name})") for name, page in english.items()}
    for name, page in chinese.items():
        pages[DOCS / "zh" / name] = _linked(page, f"[English](../{name})")
    return pages


def _linked(page: str, link: str) -> str:
    heading, _, rest = page.partition("\n")
    return f"{heading}\n\n{link}\n{rest}"


def _paragraphs(text: str, translate: Translate) -> str:
    parts = BORDER.split(text)
    parts[::2] = [_paragraph(part, translate) for part in parts[::2]]
    return "".join(parts)


def _paragraph(text: str, translate: Translate) -> str:
    line = unwrapped(text)
    translated = translate(line)
    return text if translated == line else translated
