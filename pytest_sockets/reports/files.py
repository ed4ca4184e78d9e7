"""Writes a report so that nobody ever reads half of one.

Knows files. Does not know what is written.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def make_ready(folder: Path) -> None:
    """Make ``folder`` where there is none, and see that files can be made in it.

    Raises:
        OSError: they can't.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``: afterwards it holds the old content or the new one.

    A symbolic link is followed. What is no regular file, such as a named pipe,
    cannot be replaced and is written to as it is. The folder must exist.

    Raises:
        OSError: the file cannot be written; an old file is untouched, and no
            temporary file stays.
        UnicodeEncodeError: ``text`` holds a lone surrogate; the same holds.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8", newline="\n")
        return
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
