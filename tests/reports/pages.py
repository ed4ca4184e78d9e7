"""HTML reports for the tests, and what a browser would make of them, without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from pytest_sockets.reports.html import to_html
from pytest_sockets.results import Scorecard

STARTED = datetime(2025, 9, 1, 8, 30, tzinfo=timezone.utc)
VOID = {"wbr", "meta", "link", "br", "img", "hr"}


def page(*cards: Scorecard, **more: Any) -> str:
    """Return the report of ``cards``."""
    values: dict[str, Any] = {"version": "1.0", "started": STARTED, "seed": 4711,
                              "containment": "full", "platform": "Linux", **more}  # fmt: skip
    return to_html(cards, **values)


@dataclass
class Element:
    """An element with its attributes, and texts and elements in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """Yield this element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def find(self, name: str, kind: str = "") -> list[Element]:
        """Return the elements called ``name``, of the class ``kind`` where one is given."""
        named = [each for each in self.all() if each.name == name]
        return [each for each in named if not kind or kind in each.classes]

    @property
    def classes(self) -> Sequence[str]:
        """The classes."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it, in order."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def by_id(self, name: str) -> Element:
        """Return the only element with the id ``name``."""
        (found,) = [each for each in self.all() if each.attributes.get("id") == name]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> ends <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(text: str) -> Element:
    """Return the document; every element must be closed in its turn."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert [element.name for element in reader.open] == ["document"]
    return reader.open[0]


def links(document: Element) -> list[str]:
    """Return the ids that links within the page lead to."""
    found = [each.attributes.get("href", "") for each in document.find("a")]
    assert all(href.startswith("#") for href in found), found
    return [unquote(href[1:]) for href in found]
