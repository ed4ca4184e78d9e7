"""Values drawn from bytes, so that what is saved, mutated and tried again is always bytes.

Knows how text, numbers and choices are taken from bytes. When they run out all that
comes is empty, 0 or the first choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """The values that ``data`` stands for, in turn."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def data(self, most: int = 40) -> bytes:
        """Return at most ``most`` bytes."""
        size = self.number(most)
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def number(self, most: int) -> int:
        """Return a number from 0 to ``most``."""
        size = (most.bit_length() + 7) // 8
        taken = self._data[self._at : self._at + size]
        self._at += size
        return int.from_bytes(taken, "big") % (most + 1)

    def text(self, most: int = 40) -> str:
        """Return text: what is no UTF-8 becomes lone surrogates."""
        return as_text(self.data(most))

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[self.number(len(choices) - 1)]

    def made(self, *ways: Callable[[], T]) -> T:
        """Return what one of ``ways`` draws."""
        return self.one_of(ways)()

    def some(self, one: Callable[[], T], most: int = 6) -> list[T]:
        """Return as many as are told of what ``one`` draws."""
        return [one() for _ in range(self.number(most))]


def as_text(data: bytes) -> str:
    """Return any bytes as text."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def can_be_written(text: str) -> bool:
    """Tell whether UTF-8 can hold ``text``."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
