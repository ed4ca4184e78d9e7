"""Files in a folder in which a program may have put anything: links, pipes, devices, depths.

No link is followed, nothing is waited for, and what is read is bounded, even while the
program runs and exchanges one for the other. Where a system can't open files beside an
open folder (Windows), names have to do.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

MOST = 80 << 20
"""Bytes that are read of a file: more than a program may write into one."""

BY_FOLDER = {os.open, os.unlink, os.mkdir, os.rename, os.rmdir, os.stat} <= os.supports_dir_fd
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _PLAIN

Found = tuple[str, os.stat_result]
"""The name of a plain file, seen from the folder and with slashes, and what is known of it."""


def read(folder: Path, name: str, most: int = MOST) -> bytes | None:
    """Return what the plain file ``name`` holds, at most ``most`` bytes; None if there is none."""
    with contextlib.suppress(OSError, ValueError), _parent(folder, name) as (parent, last):
        descriptor = os.open(last, os.O_RDONLY | _PLAIN | getattr(os, "O_BINARY", 0),
                             dir_fd=parent)  # fmt: skip
        with open(descriptor, "rb") as file:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return file.read(most)
    return None


def write(folder: Path, name: str, content: bytes) -> None:
    """Put a new file ``name`` there, in the place of whatever has that name.

    Raises:
        OSError: a folder has that name, or the way there leads through a link.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN | getattr(os, "O_BINARY", 0)
    with _parent(folder, name) as (parent, last):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(last, dir_fd=parent)
        with open(os.open(last, flags, 0o644, dir_fd=parent), "wb") as file:
            file.write(content)


@contextlib.contextmanager
def _parent(folder: Path, name: str) -> Iterator[tuple[int | None, str]]:
    """Open the folder in which ``name`` lies; yield its descriptor and the last part of the name.

    Without descriptors of folders yield None and the whole path.
    """
    *parts, last = Path(name).parts
    if not BY_FOLDER:
        yield None, str(Path(folder, name))
        return
    here = os.open(folder, _FOLDER)
    try:
        for part in parts:
            below = os.open(part, _FOLDER, dir_fd=here)
            os.close(here)
            here = below
        yield here, last
    finally:
        os.close(here)


def plain_files(
    folder: Path, deepest: int, skipped: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """Yield the plain files at most ``deepest`` folders below ``folder``, outer ones first.

    With names to be ``skipped``, folders of these names are left out, and hidden ones;
    Python's files come before others.
    """
    for here, folders, names in os.walk(folder):
        below = Path(here).relative_to(folder)
        folders[:] = sorted(
            name
            for name in folders
            if len(below.parts) < deepest
            and not (skipped and (name in skipped or name.startswith(".")))
        )
        for name in sorted(names, key=lambda name: (not name.endswith(".py"), name)):
            with contextlib.suppress(OSError):
                found = os.lstat(Path(here, name))
                if stat.S_ISREG(found.st_mode):
                    yield (below / name).as_posix(), found


def remove(path: Path) -> None:
    """Remove a folder, whatever in it is readable and writable or not, and however deep."""
    with contextlib.suppress(OSError):
        if BY_FOLDER:
            os.chmod(path, 0o700)
            top = os.open(path, _FOLDER)
            try:
                _empty(top)
            finally:
                os.close(top)
            os.rmdir(path)
            return
    _allow_all(path)
    shutil.rmtree(path, ignore_errors=True)


def _empty(top: int) -> None:
    """Remove what is in the folder ``top``.

    What lies in a folder below is moved up and then removed, so nothing is ever deep.
    """
    while names := os.listdir(top):
        for name in names:
            if stat.S_ISDIR(os.stat(name, dir_fd=top, follow_symlinks=False).st_mode):
                _dissolve(name, top)
            else:
                os.unlink(name, dir_fd=top)


def _dissolve(name: str, top: int) -> None:
    """Move the folders that are in ``name`` to ``top``, and remove it with its files."""
    os.chmod(name, 0o700, dir_fd=top)
    here = os.open(name, _FOLDER, dir_fd=top)
    try:
        for each in os.listdir(here):
            if stat.S_ISDIR(os.stat(each, dir_fd=here, follow_symlinks=False).st_mode):
                os.chmod(each, 0o700, dir_fd=here)
                os.rename(each, uuid.uuid4().hex, src_dir_fd=here, dst_dir_fd=top)
            else:
                os.unlink(each, dir_fd=here)
    finally:
        os.close(here)
    os.rmdir(name, dir_fd=top)


def _allow_all(path: Path) -> None:
    for folder, folders, names in os.walk(path):
        for name in [".", *folders, *names]:
            with contextlib.suppress(OSError):
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o700)
