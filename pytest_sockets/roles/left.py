"""What a program has left: in its output, and in its folder.

Knows bytes and how Python shows them. Does not know which program it was.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..programs import untrusted

DEEPEST = 10
"""Folders within folders in which a file is looked for."""


def shows(printed: bytes, text: bytes) -> bool:
    """Tell whether ``text`` is in what was printed, as text or as Python shows bytes."""
    text = text.strip() or text
    if text in printed or repr(text)[2:-1].encode() in printed:
        return True
    # Two programs may agree on another encoding than UTF-8.
    with suppress(UnicodeError):
        return text.decode("gb18030").encode() in printed
    return False


def holds(folder: Path, content: bytes) -> bool:
    """Tell whether a file in ``folder``, or below it, is exactly ``content``."""
    return any(
        untrusted.read(folder, name) == content
        for name, seen in untrusted.plain_files(folder, DEEPEST)
        if seen.st_size == len(content)
    )
