"""A file system of a few KiB, made for one test and gone with it. Linux, where it is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PIECE = 4096
HOLD = 'mount -t tmpfs -o "$1" tmpfs "$2" && chmod 777 "$2" && echo ready && read end'


@dataclass(frozen=True)
class Disk:
    """A file system mounted at ``path`` for those alone who are started by ``within``.

    ``here`` is how it is reached from outside.
    """

    path: Path
    here: Path
    within: tuple[str, ...]

    def fill(self, leave: int = 0) -> None:
        """Fill it, but for about ``leave`` bytes."""
        with (self.here / "filled").open("ab", buffering=0) as file:
            while (free := os.statvfs(self.here).f_bavail * PIECE) > leave:
                file.write(bytes(min(free - leave, 1 << 20)))

    def clear(self) -> None:
        """Give back what was filled."""
        (self.here / "filled").unlink()


@contextmanager
def small_disk(folder: Path, size: int = 8 << 20, files: int = 10_000) -> Iterator[Disk]:
    """Mount a file system of ``size`` bytes over ``folder``; skip where that is forbidden.

    It has room for that many ``files``.
    """
    if sys.platform != "linux" or not shutil.which("unshare") or not shutil.which("nsenter"):
        pytest.skip("file systems of a test's own are mounted on Linux only, by util-linux")
    user = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
    options = f"size={size},nr_inodes={files}"
    command = ["unshare", *user, "--mount", "sh", "-c", HOLD, "sh", options, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as holder:  # fmt: skip
        assert holder.stdin is not None
        assert holder.stdout is not None
        if holder.stdout.readline() != b"ready\n":
            pytest.skip("file systems of a test's own are not allowed here")
        enter = ["nsenter", "--target", str(holder.pid), *user[:1], "--mount"]
        keep = ["--preserve-credentials"] if user else []
        here = Path(f"/proc/{holder.pid}/root{folder}")
        yield Disk(folder, here, (*enter, *keep, "--wd=.", "--"))
        holder.stdin.close()
