"""Whether the machine has what a conversation may need: room on disk above all.

Knows the file system of throw-away folders, and how the system says that there is no
more of something. Does not know who has taken it, but for the program itself: what
lies in its folder is its own doing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path

from ..findings import NotJudged
from ..messages import Message, message

LEAST = 16 << 20
"""Bytes that have to be free before a program starts: many times what it is asked to keep."""

SCARCE = 1 << 20
"""Bytes free below which a program that runs may have had none."""

LEAST_FILES = 100

BLOCK = 512
"""Bytes in which the system counts what a file takes (stat(2))."""

LACKS = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "ENOMEM", "EMFILE", "ENFILE", "EAGAIN", "ENOBUFS")
    if hasattr(errno, name)
}
"""What the system says when there is no more of something (errno(3))."""


def check_before(folder: Path) -> None:
    """Check that a program that starts in ``folder`` will have room for what it is sent.

    Raises:
        NotJudged: there are fewer than ``LEAST`` bytes, or ``LEAST_FILES`` files, left.
    """
    if _free(folder) < LEAST:
        raise _full(folder)


def check_after(folder: Path) -> None:
    """Check that the program in ``folder`` did not run out of room that others have taken.

    Raises:
        NotJudged: the room is gone, and the program itself has not used what it had.
    """
    if _free(folder) < SCARCE and _used(folder) < LEAST - SCARCE:
        raise _full(folder)


def lack_of(error: Exception) -> Message | None:
    """Return what is said of an ``error`` that speaks of the machine alone, None of another."""
    if not isinstance(error, OSError) or error.errno not in LACKS:
        return None
    return message("this machine had no more of what it takes to run a program: {why}",
                   why=str(error))  # fmt: skip


def _free(folder: Path) -> int:
    """Return the bytes that are free; none when no more files can be made."""
    if hasattr(os, "statvfs"):
        found = os.statvfs(folder)
        # Some file systems make files as they are needed, and count none.
        if found.f_files and found.f_favail < LEAST_FILES:
            return 0
    return shutil.disk_usage(folder).free


def _used(folder: Path) -> int:
    total = 0
    for below, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                found = Path(below, name).lstat()
                total += getattr(found, "st_blocks", -(-found.st_size // BLOCK)) * BLOCK
    return total


def _full(folder: Path) -> NotJudged:
    text = (
        "only {free} KiB are left where temporary files are made, in {folder}: "
        "free some, or name another folder by TMPDIR"
    )
    return NotJudged(message(text, free=_free(folder) >> 10, folder=str(folder.parent)), ours=True)
