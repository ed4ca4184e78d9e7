r"""Two byte strings read as what they stand for, where Python's way of writing them does not tell.

Text in UTF-8 is shown as text, other bytes that no keyboard has as hexadecimal
numbers. Does not know which of the two was right.
"""

from __future__ import annotations

from dataclasses import dataclass

from pytest_sockets.messages import Message

from .difference import place_of
from .wording import HEX, TEXT, cut, plain, width

BEFORE = 8
"""Characters, or bytes, that are shown before the first one that differs."""


@dataclass(frozen=True)
class Reading:
    """Both as they are read; ``caret`` is the column of the first difference, in both."""

    label: Message
    texts: tuple[str, str]
    caret: int


def reading(one: bytes, other: bytes, room: int, ellipsis: str = "…") -> Reading | None:
    r"""Return how both are read, each in ``room`` columns; None where they tell by themselves.

    >>> reading(b"\x2c\x01", b"\x01\x2c", 40).texts
    ('2c 01', '01 2c')
    """
    if all(_tells(data) for data in (one, other)):
        return None
    wanted = _as_text(one)
    if wanted is None or (one.isascii() and other.isascii()):
        return _hex(one, other, room, ellipsis)
    return _text(wanted, _as_text(other) or _in_part(other), room, ellipsis)


def _tells(data: bytes) -> bool:
    """Tell whether all bytes are what a keyboard has: printable ASCII and white space."""
    return all(0x20 <= byte < 0x7F or byte in b"\t\r\n" for byte in data)


def _as_text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(char.isprintable() or char in "\t\r\n" for char in text) else None


def _in_part(data: bytes) -> str:
    """Return ``data`` as text up to where it is no longer UTF-8, and as escapes from there."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        end = error.start
    return data[:end].decode("utf-8") + "".join(f"\\x{byte:02x}" for byte in data[end:])


def _text(one: str, other: str, room: int, ellipsis: str) -> Reading:
    place = len(_common(one, other))
    start = max(0, place - BEFORE)
    before = f"{ellipsis} '" if start else "'"
    shown = (cut(before + _quoted(text[start:]) + "'", room, ellipsis) for text in (one, other))
    caret = width(before + _quoted(one[start:place]))
    return Reading(TEXT, (next(shown), next(shown)), caret)


def _common(one: str, other: str) -> str:
    place = 0
    while place < min(len(one), len(other)) and one[place] == other[place]:
        place += 1
    return one[:place]


def _quoted(text: str) -> str:
    return plain(text).replace("'", "\\'")


def _hex(one: bytes, other: bytes, room: int, ellipsis: str) -> Reading:
    place = place_of(one, other)
    count = max(1, (room - 2 * width(f"{ellipsis} ")) // 3)
    start = max(0, place - min(BEFORE, count - 1))
    before = f"{ellipsis} " if start else ""
    shown = tuple(
        before + data[start : start + count].hex(" ")
        + (f" {ellipsis}" if len(data) > start + count else "")
        for data in (one, other)
    )  # fmt: skip
    return Reading(HEX, (shown[0], shown[1]), width(before) + 3 * (place - start))
