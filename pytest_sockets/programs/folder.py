"""The throw-away folder in which a program runs, with copies of its files.

Knows files and bounds. The program works two levels deep, so that ``../`` in a
name it is sent stays inside what is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import untrusted

MOST_FILES = 200
MOST_BYTES = 16 << 20
DEEPEST = 3
MOST_ADDED = 10
MOST_ADDED_BYTES = 1 << 20
LEFT_OUT = frozenset(
    {"__pycache__", "node_modules", "venv", "env", "site-packages", "build", "dist"}
)


class ThrowAway:
    """A folder that is gone after ``close``; ``work`` is where the program runs.

    It holds copies of the files ``first`` and of the others below ``root``.
    ``outer`` is the whole of what is thrown away, made ``within`` another folder
    or where temporary files are made.
    """

    def __init__(
        self, root: Path | None = None, first: Sequence[Path] = (), *, within: Path | None = None
    ) -> None:
        self.outer = Path(tempfile.mkdtemp(prefix="", dir=within)) if within else made()
        self.work = self.outer / "homework" / "folder"
        self.work.mkdir(parents=True)
        try:
            self._copied = _copied(root, self.work, first) if root is not None else {}
        except OSError:
            self.close()
            raise

    def added(self) -> tuple[tuple[str, bytes], ...]:
        """Return names and contents of the files that were put here beside the copies.

        Only plain files; none once they are more or larger than a person would look at.
        """
        found = {n: s for n, s in _seen(self.work).items() if self._copied.get(n) != s}
        if len(found) > MOST_ADDED or sum(size for _, size in found.values()) > MOST_ADDED_BYTES:
            return ()
        read = ((name, untrusted.read(self.work, name)) for name in sorted(found))
        return tuple((name, content) for name, content in read if content is not None)

    def close(self) -> None:
        """Remove the folder with all that was left in it."""
        remove(self.outer)


Seen = tuple[int, int]
"""When a file was changed, in ns, and its size in bytes."""

_made: set[Path] = set()
"""The folders that this process has made and not yet removed."""


def made() -> Path:
    """Return a new folder where temporary files are made, for ``remove`` or ``remove_all``."""
    path = named()
    _made.add(path)
    path.mkdir(mode=0o700)
    return path


def named() -> Path:
    """Return a name that nobody has where temporary files are made."""
    return Path(os.path.realpath(tempfile.gettempdir()), f"pytest-sockets-{uuid.uuid4().hex[:8]}")


def lead(path: Path, descriptor: int) -> bool:
    """Have ``path`` lead to the folder of ``descriptor``, for ``remove`` or ``remove_all``.

    False where this system can't: the name of an open descriptor is Linux's (proc(5)).
    """
    try:
        path.symlink_to(f"/proc/{os.getpid()}/fd/{descriptor}")
        _made.add(path)
        if os.path.samestat(path.stat(), os.fstat(descriptor)):
            return True
    except OSError:
        pass
    remove(path)
    return False


def remove(path: Path) -> None:
    """Remove a folder, whatever is in it, or a name that leads to one."""
    if path.is_symlink():
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        untrusted.remove(path)
    _made.discard(path)


def remove_all() -> None:
    """Remove what this process has made and was kept from removing, as by a signal."""
    for path in list(_made):
        remove(path)


def _seen(folder: Path) -> dict[str, Seen]:
    """Return what is seen of each plain file below ``folder``."""
    return {name: (seen.st_mtime_ns, seen.st_size) for name, seen in _files(folder)}


def _copied(root: Path, work: Path, first: Sequence[Path]) -> dict[str, Seen]:
    """Copy ``first`` and their neighbours: plain files, within bounds, the nearest first.

    Returns what ``_seen`` tells of the copies.
    """
    found = {}
    for path in first:
        name = path.relative_to(root).as_posix()
        found[name] = _copy(path, work / name)
    left_files, left_bytes = MOST_FILES, MOST_BYTES
    for name, seen in _files(root):
        if not left_files:
            break
        if seen.st_size > left_bytes:
            continue
        left_files, left_bytes = left_files - 1, left_bytes - seen.st_size
        if name not in found:
            with contextlib.suppress(OSError):
                found[name] = _copy(root / name, work / name)
    return found


def _copy(path: Path, copy: Path) -> Seen:
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, copy)
    seen = copy.stat()
    return seen.st_mtime_ns, seen.st_size


def _files(root: Path) -> Iterator[untrusted.Found]:
    return untrusted.plain_files(root, DEEPEST, LEFT_OUT)
