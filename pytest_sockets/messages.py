"""Sentences that are written once, in English, and rendered where they are read.

Knows how a value looks inside a sentence (bytes, addresses, seconds). Does not
know languages: a report passes the function that translates the template. Where
nobody can pass one, as when pytest shows an exception, ``str`` of a sentence is in
the language that this process was told to ``speak``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

Translate = Callable[[str], str]

SHOWN_BYTES = 48
SHOWN_TEXT = 60

LONGEST = 10_000
"""Characters of a text inside a sentence: whoever wrote it, nobody reads more."""


def same(text: str) -> str:
    """Translate into English: the templates are English already."""
    return text


_spoken: list[Translate] = [same]


def speak(translate: Translate) -> Translate:
    """Let ``str`` of every sentence be in the language of ``translate``; return the one before."""
    before, _spoken[0] = _spoken[0], translate
    return before


def spoken(text: str) -> str:
    """Translate into the language that this process was told to speak; English until then."""
    return _spoken[0](text)


def show_bytes(
    data: bytes, limit: int = SHOWN_BYTES, *, counted: bool = True, translate: Translate = same
) -> str:
    r"""Return bytes as Python would write them, cut after ``limit`` bytes.

    What is cut ends in the number of all bytes, in the language of ``translate``,
    unless ``counted`` is false.

    >>> show_bytes(b"hello\n")
    "b'hello\\n'"
    >>> show_bytes(b"hello", 3)
    "b'hel'… (5 bytes)"
    """
    if len(data) <= limit:
        return repr(data)
    shown = f"{data[:limit]!r}…"
    if not counted:
        return shown
    return message("{data} ({size})", data=shown, size=size_of(data)).render(translate)


class Message:
    """A sentence template with the values that belong into it.

    The template uses ``str.format`` fields; values may be bytes, numbers,
    text or other messages. Equality is by template and values. A template with
    a field ``count`` or ``size`` tells the number of bytes itself.
    """

    # No dataclass: every start of pytest would make it, in some 0.4 ms.
    __slots__ = ("text", "values")

    def __init__(self, text: str, values: Mapping[str, object] | None = None) -> None:
        self.text: Final = text
        self.values: Final[Mapping[str, object]] = {} if values is None else values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash((self.text, *sorted(self.values)))

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.values!r})"

    def of(self, **values: object) -> Message:
        """Return the same sentence with other ``values``."""
        return Message(self.text, values)

    def render(self, translate: Translate = same) -> str:
        """Return the sentence in the language of ``translate``."""
        counted = "count" not in self.values and "size" not in self.values
        shown = {
            name: show_bytes(value, counted=counted, translate=translate)
            if isinstance(value, bytes)
            else _show(value, translate)
            for name, value in self.values.items()
        }
        return translate(self.text).format(**shown)

    def __str__(self) -> str:
        return self.render(spoken)


def message(text: str, /, **values: object) -> Message:
    """Return the sentence ``text`` with its ``values``; the marker for extraction."""
    return Message(text, values)


def translatable(text: str) -> str:
    """Return ``text`` as it is: the marker of plain text that reports will translate."""
    return text


def one_of(choices: Iterable[object]) -> Message:
    """Return ``choices`` as a sentence's value.

    >>> str(one_of(["server.py", "client.py"]))
    'server.py or client.py'
    """
    return _chained(translatable("{first} or {second}"), choices)


def listed(parts: Iterable[object]) -> Message:
    """Return ``parts`` as a sentence's value.

    >>> str(listed(["1 failed", "2 passed"]))
    '1 failed, 2 passed'
    """
    return _chained(translatable("{first}, {second}"), parts)


def apart(remarks: Iterable[object]) -> Message:
    """Return ``remarks`` that have little to do with each other as one.

    >>> str(apart(["killed", "status 1"]))
    'killed; status 1'
    """
    return _chained(translatable("{first}; {second}"), remarks)


def _chained(link: str, parts: Iterable[object]) -> Message:
    told: Message | None = None
    for each in parts:
        one = Message("{part}", {"part": each})
        told = one if told is None else Message(link, {"first": told, "second": one})
    return told or Message("")


def size_of(data: bytes | int) -> Message:
    """Return how many bytes ``data`` has, or the number itself, as a sentence's value.

    >>> str(size_of(b"q"))
    '1 byte'
    """
    count = data if isinstance(data, int) else len(data)
    return message("1 byte") if count == 1 else message("{count} bytes", count=count)


def what_was_printed(data: bytes) -> Message:
    r"""Say what a program printed: the end of it as text, or as bytes where it is none.

    >>> str(what_was_printed("你好\n".encode()))
    'it printed "你好\\n"'
    """
    if not data:
        return message("it printed nothing")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return message("it printed {data}", data=data[-SHOWN_BYTES:])
    end = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[-SHOWN_TEXT:])
    return message("it printed {text}", text=f'{"…" * (len(text) > SHOWN_TEXT)}"{end}"')


def _show(value: object, translate: Translate) -> object:
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, tuple) and len(value) >= 2:
        host = f"[{value[0]}]" if ":" in str(value[0]) else value[0]
        return f"{host}:{value[1]}"
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return value
