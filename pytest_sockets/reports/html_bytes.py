"""Expected and observed bytes as the HTML report shows them beside each other.

Knows where they part. Does not know HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pytest_sockets.messages import Message, message
from pytest_sockets.results import Result

from .difference import place_of, windows
from .readings import reading
from .wording import EXPECTED, OBSERVED, TEXT

WINDOW = 56
"""Columns of the bytes that are shown around the first difference."""
HEX_BYTES = 8
_ONE_BYTE = re.compile(r"\\x..|\\.|.")


@dataclass(frozen=True)
class Bytes:
    """Bytes as Python writes them and as hex, in three parts: the middle one is where they differ.

    It is empty where the bytes end before that place. ``read`` is the text that
    they are in UTF-8, where Python writes escapes.
    """

    label: Message
    text: tuple[str, str, str]
    hexed: tuple[str, str, str]
    count: Message
    read: str = ""


def compared(result: Result) -> list[Bytes]:
    """Return expected and observed bytes; none where nothing differs, or nothing was observed."""
    if result.difference is None or not _parts(*result.difference):
        return []
    shown = windows(*result.difference, WINDOW)
    read = reading(*result.difference, WINDOW)
    texts = read.texts if read is not None and read.label == TEXT else ("", "")
    counts = (message("{count} expected", count=len(result.difference[0])),
              message("{count} observed", count=len(result.difference[1])))  # fmt: skip
    return [
        Bytes(
            label,
            _parted(text, shown.caret, ended=shown.place == len(data)),
            _hex(data, shown.place),
            count,
            read,
        )
        for label, text, data, count, read in zip(
            (EXPECTED, OBSERVED), shown.texts, result.difference, counts, texts, strict=True
        )
    ]


def _parted(text: str, caret: int, *, ended: bool) -> tuple[str, str, str]:
    found = None if ended else _ONE_BYTE.match(text, caret)
    end = found.end() if found else caret
    return text[:caret], text[caret:end], text[end:]


def _hex(data: bytes, place: int) -> tuple[str, str, str]:
    start = max(0, place - HEX_BYTES // 2)
    parts = data[start:place], data[place : place + 1], data[place + 1 : start + HEX_BYTES]
    before, here, after = (part.hex(" ") for part in parts)
    return f"{before} " if before else "", here, f" {after}" if after else ""


def first_difference(result: Result) -> Message | None:
    """Say where the bytes part; None where there is no place to point at."""
    if result.difference is None or not _parts(*result.difference):
        return None
    return message("first difference at byte {place}", place=place_of(*result.difference))


def _parts(expected: bytes, observed: bytes) -> bool:
    return bool(observed) and expected != observed
