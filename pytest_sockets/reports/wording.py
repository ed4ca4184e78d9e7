"""The fixed words of reports, and how text is made fit to be shown.

Knows which characters can harm a terminal and how many columns text takes.
Does not know results. Characters whose width depends on the font ("ambiguous"
in Unicode's East Asian Width, such as box characters) count as one column.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

from pytest_sockets.messages import Message, Translate, apart, message, same

EXPECTED = message("expected")
OBSERVED = message("observed")
BYTES = message("bytes")
TEXT = message("text")
HEX = message("hex")
LIMIT = message("limit")
BECAUSE = message("because")
LIKELY = message("likely")
MEANS = message("means")
STDOUT = message("stdout")
STDERR = message("stderr")
WHY = message("why")
TRY = message("try")
TUTORIAL = message("tutorial")
SEE = message("see")
NOTE = message("note")
AGAIN = message("again")
LINES = message("lines")
NOT_JUDGED = message("not judged")
INCOMPLETE = message("incomplete")
PEER = message("peer")
PROGRAM = message("program")
CLIENT = message("client")
SERVER = message("server")
HERE = message("here")
CODE = message("code")

BLOCK_LABELS = (
    EXPECTED, OBSERVED, BYTES, TEXT, HEX, LIMIT, BECAUSE, MEANS, LIKELY, STDOUT, STDERR, LINES,
    WHY, TRY, TUTORIAL, SEE, NOTE, AGAIN,
)  # fmt: skip

_HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories: controls, formats (bidi, zero width), surrogates, separators."""

_OPENING = "([{（「『《【“‘"
_CLOSING = ",.:;!?)]}，。、：；！？）」』》】”’…"
_TO_ASCII = str.maketrans(
    {
        "→": "->", "…": "...", "–": "-", "—": "-", "×": "x", "✓": "+", "✗": "x", "·": ".",
        "│": "|", "─": "-", "▶": ">", "◀": "<", "‘": "'", "’": "'", "“": '"', "”": '"',
        "§": "section ", "≤": "<=", "≥": ">=",
    }
)  # fmt: skip


def plain(text: str) -> str:
    r"""Return ``text`` with every character that could harm a terminal made visible.

    Controls (escape sequences begin with one), bidi overrides, zero-width
    characters, line separators and lone surrogates become Python escapes.

    >>> plain("\x1b[31mred")
    '\\x1b[31mred'
    """
    if text.isascii() and text.isprintable():
        return text  # most of it is, and there may be much
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _HARMFUL
        else char
        for char in text
    )


def typewritten(text: str) -> str:
    """Return ``text`` with typographic and box characters written in ASCII.

    Letters stay what they are: a Chinese sentence stays Chinese.
    """
    return text.translate(_TO_ASCII)


def lines_of(data: bytes, limit: int, translate: Translate = same) -> list[str]:
    """Return the last ``limit`` lines of a program's output, plain.

    Bytes that are not UTF-8 become U+FFFD. When lines are left out, a remark
    that says how many comes first.
    """
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n") if text else []
    left_out = max(0, len(lines) - limit)
    kept = [plain(line.expandtabs()) for line in lines[left_out:]]
    if not left_out:
        return kept
    remark = message("… {count} lines before these are left out", count=left_out)
    return [remark.render(translate), *kept]


def say(what: Message | str, translate: Translate = same) -> str:
    """Return a sentence, or a title, translated and plain."""
    if isinstance(what, Message):
        return plain(what.render(translate))
    return plain(translate(what)) if what else ""  # gettext answers "" with its own header


def width(text: str) -> int:
    """Return how many columns ``text`` takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(_columns(char) for char in text)


def pad(text: str, columns: int) -> str:
    """Return ``text`` filled with blanks up to ``columns``; longer text stays as it is."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int, end: str = "…") -> str:
    """Return ``text`` in at most ``columns``, with ``end`` where something was cut off."""
    if width(text) <= columns:
        return text
    return (
        _head(text, columns - width(end)) + end if columns > width(end) else end[: max(0, columns)]
    )


def wrap(text: str, columns: int) -> list[str]:
    """Return ``text`` in lines of at most ``columns``.

    Lines break at blanks and beside wide characters, but not before closing
    punctuation; a word that is longer than a line begins where there is room,
    and is broken anywhere.
    """
    lines = [""]
    for chunk in _chunks(text):
        if width(lines[-1]) + width(chunk.rstrip()) <= columns:
            lines[-1] += chunk
        elif width(chunk.rstrip()) > columns:
            lines[-1:] = _pieces(lines[-1] + chunk, columns)
        else:
            lines.append(chunk)
    stripped = [line.strip() for line in lines]
    return [line for line in stripped if line] or [""]


def cited(source: str, translate: Translate = same) -> Message:
    """Return where something is told: the places of ``source``, each translated."""
    return apart(map(translate, source.split("; ")))


def unwrapped(paragraph: str) -> str:
    """Return the lines of ``paragraph`` as one: wide characters are joined without a blank."""
    first, *others = [" ".join(line.split()) for line in paragraph.strip().splitlines()] or [""]
    for line in others:
        wide = 2 in (_columns(first[-1:] or " "), _columns(line[:1] or " "))
        first += line if wide else f" {line}"
    return first


def chop(text: str, columns: int) -> list[str]:
    """Return ``text`` in lines of at most ``columns``, broken anywhere, every blank kept."""
    return list(_pieces(text, columns)) or [""]


@functools.lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _head(text: str, columns: int) -> str:
    taken = 0
    for place, char in enumerate(text):
        taken += _columns(char)
        if taken > columns:
            return text[:place]
    return text


def _pieces(text: str, columns: int) -> Iterator[str]:
    while text:
        head = _head(text, columns) or text[0]
        yield head
        text = text[len(head) :]


def _chunks(text: str) -> Iterator[str]:
    """Yield the parts of ``text`` between which a line may break."""
    chunk = ""
    for char in text:
        if chunk and char not in _CLOSING and _may_break(chunk[-1], char):
            yield chunk
            chunk = ""
        chunk += char
    if chunk:
        yield chunk


def _may_break(before: str, after: str) -> bool:
    if after == " " or before in _OPENING:
        return False
    return before == " " or 2 in (_columns(before), _columns(after))
