"""Lets calls about files find the AF_UNIX sockets of the program where they really are.

Knows the functions of ``os`` with which programs look for a socket file and
remove it; ``os.path``, ``pathlib`` and ``asyncio`` use these. Not mapped are
what lists a folder, and what another process does (``rm``).
"""

import errno
import functools
import os
import sys
from typing import Any

from .paths import Paths

MAPPED = ("stat", "lstat", "access", "unlink", "remove", "chmod", "chown")
ABLE = ("supports_dir_fd", "supports_effective_ids", "supports_fd", "supports_follow_symlinks")


def install(paths: Paths) -> None:
    """Replace the functions of ``os`` in this interpreter."""
    for name in MAPPED:
        real = getattr(os, name, None)
        if real is None:
            continue
        mapped = Mapped(real, paths)
        setattr(os, name, mapped)
        for able in ABLE:
            if real in getattr(os, able):
                getattr(os, able).add(mapped)
        _tell_pathlib(name, real, mapped)


def _tell_pathlib(name: str, real: Any, mapped: Any) -> None:
    """Replace what ``pathlib`` has taken from ``os`` when it was loaded (before Python 3.11)."""
    accessor = getattr(sys.modules.get("pathlib"), "_NormalAccessor", None)
    if accessor is not None and vars(accessor).get(name) is real:
        setattr(accessor, name, mapped)


class Mapped:
    """A function whose first argument is a path.

    An object, as the function itself is one: a plain function would turn into a
    method where a class has it as an attribute.
    """

    def __init__(self, real: Any, paths: Paths) -> None:
        functools.update_wrapper(self, real)
        self._real = real
        self._paths = paths

    def __call__(self, path: Any, *args: Any, **kwargs: Any) -> Any:
        """Call it with the real path; an error names the written one."""
        file = self._paths.file(path)
        try:
            return self._real(file, *args, **kwargs)
        except OSError as error:
            if error.errno == errno.EROFS and not os.path.lexists(file):
                # What is not there would be missed on a machine where one may write.
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None
            if file is not path and error.filename == file:
                error.filename = path
            raise
