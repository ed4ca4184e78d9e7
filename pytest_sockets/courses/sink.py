"""A folder of ours into which a stranger's files are put, within bounds.

Knows regular files only: no link, device or pipe is ever made, so that no name
can lead out of the folder. What is left out is told, with the reason.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..messages import Message, message
from .names import BadName, path_in, same_file
from .notices import Notices, shown

PIECE = 1 << 16
LEFT_OUT = {
    "__MACOSX", "__pycache__", "node_modules", "site-packages", "venv", "Thumbs.db", "desktop.ini",
}  # fmt: skip
"""What systems and tools leave in folders, and nobody handed in."""


OF_THE_NAME = {
    errno.EEXIST, errno.EILSEQ, errno.EINVAL, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOENT,
    errno.ENOTDIR,
}  # fmt: skip
"""Why a file can't be created when the fault is its name's, and not the disk's."""


class Readable(Protocol):
    """Something to read bytes from."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


@dataclass(frozen=True)
class Limits:
    """How much is taken at most: files, and bytes in all of them together.

    ``ratio`` bounds what an archive becomes, as a multiple of its own size; the first
    ``slack`` bytes are free. ``members`` counts all entries, those that are left out too.
    With ``one_case`` two names that differ in nothing but case are one.
    """

    files: int = 1_000
    members: int = 5_000
    size: int = 64 << 20
    ratio: int = 200
    slack: int = 4 << 20
    one_case: bool = True

    def of(self, size: int) -> int:
        """Return the most bytes that an archive of ``size`` bytes may become."""
        return min(self.size, self.slack + self.ratio * size)


SUBMISSION = Limits()
CLASS = Limits(files=200_000, members=500_000, size=16 << 30, one_case=False)


class Full(Exception):  # noqa: N818 - it says what the folder is
    """A bound is reached: nothing more is taken; ``problem`` says which one."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Sink:
    """The folder ``folder``, which exists and is empty; ``notices`` tell what was left out.

    ``most`` are the bytes that are taken in all, at most those of ``limits``.
    """

    def __init__(
        self, folder: Path, limits: Limits, notices: Notices, most: int | None = None
    ) -> None:
        self.folder = folder
        self.limits = limits
        self.notices = notices
        self._most = limits.size if most is None else min(most, limits.size)
        self._left = self._most
        self._taken: dict[str, str] = {}
        self._members = 0

    def count(self) -> None:
        """Count one more entry of whatever is being unpacked.

        Raises:
            Full: there were enough.
        """
        self._members += 1
        if self._members > self.limits.members:
            raise Full(message("it has more than {most} entries", most=self.limits.members))

    def leave_out(self, name: str, problem: Message) -> None:
        """Tell that ``name`` is not taken, because of ``problem``."""
        text = "{name} is left out: {problem}"
        self.notices.add(message(text, name=shown(name), problem=problem))

    def put(self, name: str, opened: Callable[[], Readable]) -> None:
        """Write what ``opened`` gives to read to the file ``name``.

        A name that can't be used, or that is taken, is told as a notice.

        Raises:
            Full: a bound is reached; nothing is left of the file at which it was.
            OSError: the disk is full or broken.
        """
        try:
            path = path_in(name)
        except BadName as error:
            self.leave_out(name, error.problem)
            return
        if any(part in LEFT_OUT or part.startswith(".") for part in path.parts):
            return
        same = same_file(path) if self.limits.one_case else str(path)
        other = self._taken.setdefault(same, str(path))
        if other != str(path):
            problem = message("its name differs from {other} in nothing but case",
                              other=shown(other))  # fmt: skip
            self.leave_out(name, problem)
        elif os.path.lexists(self.folder / path):
            self.leave_out(name, message("there is another one of this name"))
        elif len(self._taken) > self.limits.files:
            raise Full(message("it has more than {most} files", most=self.limits.files))
        else:
            self._create(name, self.folder / path, opened)

    def _create(self, name: str, target: Path, opened: Callable[[], Readable]) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(target, flags, 0o600)
        except OSError as error:
            if error.errno not in OF_THE_NAME:
                raise
            self.leave_out(name, message("it can't be written: {why}", why=error.strerror))
            return
        try:
            with os.fdopen(descriptor, "wb") as file:
                self._copy(opened(), file.write)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def _copy(self, source: Readable, write: Callable[[bytes], object]) -> None:
        while piece := source.read(PIECE):
            self._left -= len(piece)
            if self._left < 0:
                raise Full(message("unpacked it is larger than {most} KiB", most=self._most >> 10))
            write(piece)
