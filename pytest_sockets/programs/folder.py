"""The throw-away folder in which a program runs, with copies of its files.

Knows files and bounds. The program works two levels deep, so that ``../`` in a
name it is sent stays inside what is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST_FILES = 200
MOST_BYTES = 16 << 20
DEEPEST = 3
MOST_ADDED = 10
MOST_ADDED_BYTES = 1 << 20
LEFT_OUT = {"__pycache__", "node_modules", "venv", "env", "site-packages", "build", "dist"}


class ThrowAway:
    """A folder that is gone after ``close``; ``work`` is where the program runs.

    It holds copies of the files ``first`` and of the others below ``root``.
    ``outer`` is the whole of what is thrown away, made ``within`` another folder
    or where temporary files are made.
    """

    def __init__(
        self, root: Path | None = None, first: Sequence[Path] = (), *, within: Path | None = None
    ) -> None:
        made = tempfile.mkdtemp(prefix="" if within else "pytest-sockets-", dir=within)
        self.outer = Path(os.path.realpath(made))
        self.work = self.outer / "homework" / "folder"
        self.work.mkdir(parents=True)
        if root is not None:
            _copy(root, self.work, first)
        self._copied = _seen(self.work)

    def added(self) -> tuple[tuple[str, bytes], ...]:
        """Return names and contents of the files that were put here beside the copies.

        Only plain files; none once they are more or larger than a person would look at.
        """
        found = {n: s for n, s in _seen(self.work).items() if self._copied.get(n) != s}
        if len(found) > MOST_ADDED or sum(size for _, size in found.values()) > MOST_ADDED_BYTES:
            return ()
        return tuple((name, (self.work / name).read_bytes()) for name in sorted(found))

    def close(self) -> None:
        """Remove the folder with all that was left in it, readable and writable or not."""
        _allow_all(self.outer)
        for folder, folders, names in os.walk(self.outer):
            for name in folders + (names if os.name == "nt" else []):
                _allow_all(Path(folder, name))
        shutil.rmtree(self.outer, ignore_errors=True)


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Return when each plain file below ``folder`` was changed, in ns, and its size in bytes."""
    return {
        (path.relative_to(folder)).as_posix(): (path.stat().st_mtime_ns, size)
        for path, size in _files(folder)
    }


def _allow_all(path: Path) -> None:
    with contextlib.suppress(OSError):
        if not path.is_symlink():
            path.chmod(0o700)


def _copy(root: Path, work: Path, first: Sequence[Path]) -> None:
    """Copy ``first`` and their neighbours: plain files, within bounds, the nearest first."""
    for path in first:
        (work / path.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, work / path.relative_to(root))
    left_files, left_bytes = MOST_FILES, MOST_BYTES
    for path, size in _files(root):
        if not left_files:
            break
        if size > left_bytes:
            continue
        left_files, left_bytes = left_files - 1, left_bytes - size
        copy = work / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            shutil.copy(path, copy)


def _files(root: Path) -> Iterator[tuple[Path, int]]:
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        deep = len(here.relative_to(root).parts)
        folders[:] = sorted(
            name
            for name in folders
            if deep < DEEPEST and name not in LEFT_OUT and not name.startswith(".")
        )
        # The program itself and what it imports come before any other file.
        for name in sorted(names, key=lambda name: (not name.endswith(".py"), name)):
            with contextlib.suppress(OSError):
                found = (here / name).lstat()
                if stat.S_ISREG(found.st_mode):
                    yield here / name, found.st_size
