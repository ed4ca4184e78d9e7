"""Where the AF_UNIX sockets of a place lie: in its throw-away folder.

Knows which path a program is told, which one our own server has, and where the
paths that a program wrote down are mapped to. Does not know sockets in use.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..findings import NotJudged
from ..kernel.families import NO_UNIX
from ..messages import Message, message
from .child.paths import LONGEST, LONGEST_NAME
from .request import Request

FOLDER = "s"
"""As short as can be: the path of a socket has at most 107 bytes (unix(7))."""

LONGEST_MAPPED = LONGEST_NAME + len("-00000000")

TOO_LONG = message(
    "the folder for temporary files has too long a name for a socket in it: "
    "set TMPDIR to a shorter one"
)


class SocketFiles:
    """The AF_UNIX paths of one place.

    They lie in ``folder``, within ``outer``, its throw-away folder. ``path`` is
    what a program is told, and where our own server listens for a client.
    ``needed`` is true once the conversation is known to take place through such
    a path.
    """

    def __init__(self, outer: Path) -> None:
        self._outer = outer
        self.folder = outer / FOLDER
        self.needed = False
        self.path = str(self.folder / "server.sock")

    def need(self) -> None:
        """See to it that sockets can lie here.

        Raises:
            NotJudged: this system has no such sockets, or the folder's name is too long.
        """
        if not hasattr(socket, "AF_UNIX"):
            raise NotJudged(NO_UNIX)
        if len(os.fsencode(self.folder)) + 1 + LONGEST_MAPPED > LONGEST:
            raise NotJudged(TOO_LONG)
        self.needed = True

    def description(self, *, told: bool) -> Message:
        """Say how the program's path relates to the real one, for the report."""
        if told:
            return message("told to use {path}", path=self.path)
        return message("its socket file in its throw-away folder")

    def placed(self, request: Request, *, client: bool) -> Request:
        """Return ``request`` with its socket paths; a ``client`` reaches our server by any."""
        self.prepare()
        return replace(
            request,
            sockets=str(self.folder),
            socket_path=self.path,
            peer_path=self.path if client else "",
            files=self.needed,
            arguments=tuple(word.replace("{path}", self.path) for word in request.arguments),
            takes=("path",) if self.needed and request.takes else request.takes,
        )

    def prepare(self) -> None:
        """Make the folder for what is mapped."""
        self.folder.mkdir(exist_ok=True)

    def clear(self) -> None:
        """Remove what programs and our own server left here, as in a new place."""
        for path in self._files():
            with contextlib.suppress(OSError):
                path.unlink()

    def _files(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self._outer):
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(OSError):
                    if stat.S_ISSOCK(path.lstat().st_mode):
                        yield path
