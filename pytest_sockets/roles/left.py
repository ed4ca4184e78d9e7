"""What a program has left: in its output, and in its folder.

Knows bytes and how Python shows them. Does not know which program it was.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path


def shows(printed: bytes, text: bytes) -> bool:
    """Tell whether ``text`` is in what was printed, as text or as Python shows bytes."""
    plain, text = re.sub(rb"\x1b\[[0-9;]*m", b"", printed), text.strip() or text
    if text in plain or repr(text)[2:-1].encode() in plain:
        return True
    # Two programs may agree on another encoding than UTF-8.
    with suppress(UnicodeError):
        return text.decode("gb18030").encode() in plain
    return False


def holds(folder: Path, content: bytes) -> bool:
    """Tell whether a file in ``folder``, or below it, is exactly ``content``."""
    files = (path for path in folder.rglob("*") if path.is_file())
    try:
        return any(
            path.read_bytes() == content for path in files if path.stat().st_size == len(content)
        )
    except OSError:  # it was renamed or removed meanwhile
        return False
