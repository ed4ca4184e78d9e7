"""Two byte strings below each other, and a caret under the first byte that differs.

Knows how Python writes bytes. Does not know which of the two was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from os.path import commonprefix

NARROWEST = 24
"""Columns below which no window can be cut."""


@dataclass(frozen=True)
class Windows:
    """Two byte strings as they are shown.

    ``place`` is the index of the first byte that differs, or that is missing
    where one is the beginning of the other; ``caret`` is its column in ``texts``.
    """

    texts: tuple[str, str]
    place: int
    caret: int


def place_of(one: bytes, other: bytes) -> int:
    """Return the index of the first byte that differs, or that only one of both has."""
    return len(commonprefix([one, other]))  # noqa: RUF071 - byte by byte is meant


def windows(one: bytes, other: bytes, room: int, ellipsis: str = "…") -> Windows:
    r"""Return both as Python writes them, each in ``room`` columns, 24 or more.

    Bytes far from the first difference are left out.

    >>> windows(b"kq7 0413", b"kq7", 40)
    Windows(texts=("b'kq7 0413'", "b'kq7'"), place=3, caret=5)
    """
    place = place_of(one, other)
    room = max(room, NARROWEST) - len("b''") - 2 * len(f"{ellipsis} ")
    whole = all(len(_escape(data[: room + 1])) <= room for data in (one, other))
    start = 0 if whole else place - _fitting(one[max(0, place - room) : place][::-1], room // 3)
    before = f"{ellipsis} " if start else ""
    return Windows(
        texts=(
            before + _window(one[start:], room, ellipsis),
            before + _window(other[start:], room, ellipsis),
        ),
        place=place,
        caret=len(before) + len("b'") + len(_escape(one[start:place])),
    )


def _window(data: bytes, room: int, ellipsis: str) -> str:
    shown = _fitting(data[:room], room)
    return f"b'{_escape(data[:shown])}'" + (f" {ellipsis}" if shown < len(data) else "")


def _fitting(data: bytes, room: int) -> int:
    """Return how many bytes from the start of ``data`` are written in ``room`` columns."""
    for index in range(len(data)):
        room -= len(_escape(data[index : index + 1]))
        if room < 0:
            return index
    return len(data)


def _escape(data: bytes) -> str:
    """Return ``data`` as it is written between single quotes."""
    return repr(b'"' + data)[3:-1]
