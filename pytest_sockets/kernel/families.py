"""The family of sockets without a port, which Python does not have everywhere.

Knows AF_UNIX. Python on Windows has none (documented, not run).
"""

from __future__ import annotations

import errno
import socket

from pytest_sockets.messages import message

NO_UNIX = message("Python on this system has no AF_UNIX: sockets without a port")


def unix() -> int:
    """Return AF_UNIX.

    Raises:
        OSError: EAFNOSUPPORT, Python has no such family on this system.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise OSError(errno.EAFNOSUPPORT, str(NO_UNIX))
    return int(socket.AF_UNIX)
