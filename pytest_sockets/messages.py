"""Sentences that are written once, in English, and rendered where they are read.

Knows how a value looks inside a sentence (bytes, addresses, seconds). Does not
know languages: a report passes the function that translates the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]

SHOWN_BYTES = 48


def same(text: str) -> str:
    """Translate into English: the templates are English already."""
    return text


def show_bytes(data: bytes, limit: int = SHOWN_BYTES, *, counted: bool = True) -> str:
    r"""Return bytes as Python would write them, cut after ``limit`` bytes.

    What is cut ends in the number of all bytes, unless ``counted`` is false.

    >>> show_bytes(b"hello\n")
    "b'hello\\n'"
    >>> show_bytes(b"hello", 3)
    "b'hel'… (5 bytes)"
    """
    if len(data) <= limit:
        return repr(data)
    return f"{data[:limit]!r}… ({len(data)} bytes)" if counted else f"{data[:limit]!r}…"


@dataclass(frozen=True)
class Message:
    """A sentence template with the values that belong into it.

    The template uses ``str.format`` fields; values may be bytes, numbers,
    text or other messages. Equality is by template and values. A template with
    a field ``count`` or ``size`` tells the number of bytes itself.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Translate = same) -> str:
        """Return the sentence in the language of ``translate``."""
        counted = not {"count", "size"} & self.values.keys()
        shown = {
            name: show_bytes(value, counted=counted)
            if isinstance(value, bytes)
            else _show(value, translate)
            for name, value in self.values.items()
        }
        return translate(self.text).format(**shown)

    def __str__(self) -> str:
        return self.render()


def message(text: str, /, **values: object) -> Message:
    """Return the sentence ``text`` with its ``values``; the marker for extraction."""
    return Message(text, values)


def size_of(data: bytes | int) -> Message:
    """Return how many bytes ``data`` has, or the number itself, as a sentence's value.

    >>> str(size_of(b"q"))
    '1 byte'
    """
    count = data if isinstance(data, int) else len(data)
    return message("1 byte") if count == 1 else message("{count} bytes", count=count)


def _show(value: object, translate: Translate) -> object:
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, tuple) and len(value) >= 2:
        host = f"[{value[0]}]" if ":" in str(value[0]) else value[0]
        return f"{host}:{value[1]}"
    return value
