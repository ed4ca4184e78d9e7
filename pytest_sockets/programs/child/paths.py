r"""Which file stands for an AF_UNIX path that the program wrote down.

A path in the program's throw-away folder is used as it is, relative ones among
them. Any other, and a name in Linux's abstract space (``\0name``), stands for a
name in a folder of ours, always the same for the same path: there a program that
is started again finds the file that the one before has left. Knows no sockets.
"""

import os
import re
import stat
import sys
import zlib
from typing import Any, Dict, Optional

LONGEST = 107 if sys.platform == "linux" else 103
"""Bytes of a path that fit into an address beside the zero behind it (unix(7), unix(4) of BSD)."""

LONGEST_NAME = 24
"""Bytes of a written name that are kept, so that a person knows the file."""

SERVER = re.compile(r"sock|uds|unix|\.s$", re.IGNORECASE)
"""How the file of a server is called that a client asks for before it connects."""

_lstat = os.lstat


class Paths:
    """The map between written and real paths of one program.

    ``folder`` is where mapped files lie and ``inside`` the throw-away folder.
    ``peer`` is the path of the server that the program may reach, empty for a
    server. The methods have the signatures of those of ``Addresses``.
    """

    def __init__(self, folder: str, inside: str, peer: str = "") -> None:
        self._folder = folder
        self._inside = inside.rstrip(os.sep) + os.sep
        self._peer = peer
        self._own: Dict[str, str] = {}
        self._others: Dict[str, str] = {}

    def to_bind(self, _: str, address: Any) -> Any:
        """Return the real path to bind; what is no path is left for the system to refuse."""
        written = _text(address)
        if written is None:
            return address
        real = self._real(written)
        self._own[real] = written
        return real

    def to_reach(self, _: str, address: Any) -> Any:
        """Return the real path to connect or send to: its own, or that of the server."""
        written = _text(address)
        if written is None:
            return address
        real = self._real(written)
        if self._peer and real not in self._own:
            real = self._peer
        self._others[real] = written
        return real

    def own(self, _: str, address: Any) -> Any:
        """Return what the program wrote for its own real ``address``."""
        return _back(self._own, address)

    def other(self, _: str, address: Any) -> Any:
        """Return what the program wrote for the real ``address`` of its peer."""
        return _back(self._others, address)

    def seen(self, address: Any) -> None:
        """Addresses that come from the network are real, and no path is changed twice."""

    def file(self, path: Any) -> Any:
        """Return the file that stands for ``path`` in a call that is about files.

        It is another one where the program, or the one before it, has bound that
        path, and where a socket of others lies there: of that nothing is seen.
        """
        written = None if isinstance(path, int) else _text(_plain(path))
        if written is None or written.startswith("\0"):
            return path
        real = self._real(written)
        if self._peer and real != self._peer and self._is_server(real, written):
            return self._peer
        if real == written or not (_mode(real) or stat.S_ISSOCK(_mode(written))):
            return path
        return real

    def _is_server(self, real: str, written: str) -> bool:
        unknown = not _mode(real) and (not _mode(written) or stat.S_ISSOCK(_mode(written)))
        return unknown and SERVER.search(os.path.basename(written)) is not None

    def _real(self, written: str) -> str:
        end = os.fsencode(os.path.basename(written.lstrip("\0")))[-LONGEST_NAME:]
        name = "%s-%08x" % (end.decode("utf-8", "ignore"), zlib.crc32(os.fsencode(written)))
        if written.startswith("\0"):
            return "\0" + os.path.join(self._folder, name)
        if not os.path.isabs(written) or os.path.abspath(written).startswith(self._inside):
            return written
        return os.path.join(self._folder, name)


def _plain(path: Any) -> Any:
    try:
        return os.fspath(path)
    except TypeError:
        return None


def _text(path: Any) -> Optional[str]:
    """Return a path as text; None for what bind would refuse, and for the empty one."""
    if isinstance(path, (bytearray, memoryview)):
        path = bytes(path)
    if not path or not isinstance(path, (str, bytes)) or len(os.fsencode(path)) > LONGEST:
        return None
    return os.fsdecode(path)


def _back(table: Dict[str, str], address: Any) -> Any:
    """Return the written path in the form in which the system told the real one."""
    if not isinstance(address, (str, bytes)):
        return address
    written = table.get(os.fsdecode(address))
    if written is None:
        return address
    return os.fsencode(written) if isinstance(address, bytes) else written


def _mode(path: str) -> int:
    """Return the mode of a file, 0 where there is none."""
    try:
        return _lstat(path).st_mode
    except (OSError, ValueError):
        return 0
