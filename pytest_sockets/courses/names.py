r"""What a file inside an archive may be called, and what it is called on disk.

Names come from strangers. ``path_in`` lets through only what stays below the
folder that it is unpacked into, on every system, and can be shown and compared:
no absolute path, no ``..``, no NUL, newline or other control character, nothing
too long or too deep. Text is brought to one form of Unicode (NFC), since macOS
writes another; a backslash separates folders, as Windows's archives have it.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from pathlib import PurePosixPath

from ..messages import Message, message

LONGEST = 200
"""Bytes of UTF-8 in one part of a name; most file systems end at 255."""

DEEPEST = 12
DRIVE = re.compile(r"[A-Za-z]:/")
ON_WINDOWS = re.compile(r'[<>:"|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)


class BadName(ValueError):  # noqa: N818 - it names what it is about
    """A name that is not used; ``problem`` says why."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


def path_in(name: str) -> PurePosixPath:
    """Return where the file ``name`` of an archive is put, as seen from its folder.

    Raises:
        BadName: it is put nowhere.
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    if plain.startswith("/") or DRIVE.match(plain):
        raise BadName(message("its path is absolute"))
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if not parts:
        raise BadName(message("it has no name"))
    if ".." in parts:
        raise BadName(message("its path leaves the folder (..)"))
    if len(parts) > DEEPEST:
        raise BadName(message("it lies more than {most} folders deep", most=DEEPEST))
    for part in parts:
        _check(part)
    return PurePosixPath(*parts)


def _check(part: str) -> None:
    if any(unicodedata.category(character)[0] == "C" for character in part):
        raise BadName(message("its name holds a control character or another invisible one"))
    if len(part.encode()) > LONGEST:
        raise BadName(message("its name is longer than {most} bytes", most=LONGEST))
    if os.name == "nt" and ON_WINDOWS.search(part):
        raise BadName(message("Windows does not allow its name"))


def same_file(path: PurePosixPath) -> str:
    """Return what two names share that are one file where upper and lower case are the same."""
    return unicodedata.normalize("NFC", str(path).casefold())


def told_by_windows(name: str) -> str:
    """Return the real name behind one that was read as code page 437, as zip files have it.

    Older programs write names in the encoding of their system and say nothing of
    it: UTF-8, or GBK on a Chinese Windows.
    """
    try:
        return _decoded(name.encode("cp437"), name)
    except UnicodeEncodeError:
        return name


def told_by_linux(name: str) -> str:
    """Return the real name behind one with lone surrogates, as tar files in GBK have it."""
    try:
        return _decoded(name.encode("utf-8", "surrogateescape"), name)
    except UnicodeEncodeError:
        return name


def _decoded(raw: bytes, otherwise: str) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode("gb18030")
    return otherwise
