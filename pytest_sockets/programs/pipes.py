"""The streams between a child and us: its keyboard, its two outputs, its trace.

Knows pipes and pseudo-terminals. A program in another language keeps what it
prints to a pipe to itself until it ends or has much of it; on a terminal it
prints line by line, so its standard output is one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys

if sys.platform != "win32":
    import termios

NOBODY_READS = (errno.EPIPE, errno.EINVAL)
"""What a write to a pipe fails with that has no reader: EINVAL on Windows, at times."""


class Pipes:
    """Four streams; ``theirs`` are the child's ends, ``ours`` the others, in the same order.

    The order is standard input, standard output, standard error, trace. With
    ``terminal`` standard output is a terminal where the system has them.
    """

    def __init__(self, *, terminal: bool = False) -> None:
        stdin, stderr, trace = os.pipe(), os.pipe(), os.pipe()
        stdout = _terminal() if terminal and sys.platform != "win32" else os.pipe()
        self.ours = (stdin[1], stdout[0], stderr[0], trace[0])
        self.theirs = (stdin[0], stdout[1], stderr[1], trace[1])

    def close_theirs(self) -> None:
        """Close the child's ends, once the child has copies of them."""
        _close(self.theirs)

    def close(self) -> None:
        """Close our ends, when no child came of it."""
        _close(self.ours)


def write(descriptor: int, data: bytes) -> None:
    """Write ``data`` into a pipe; it is lost when nobody reads any more.

    Raises:
        OSError: it can't be written for another reason.
    """
    try:
        os.write(descriptor, data)
    except OSError as error:
        if error.errno not in NOBODY_READS:
            raise


def _close(descriptors: tuple[int, ...]) -> None:
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _terminal() -> tuple[int, int]:
    """Return both ends of a terminal that passes on what is written without changing it."""
    if sys.platform == "win32":
        raise OSError("Windows has no pseudo-terminals of this kind")
    ours, theirs = os.openpty()
    output_flags, local_flags = 1, 3
    attributes = termios.tcgetattr(theirs)
    attributes[output_flags] &= ~termios.OPOST
    attributes[local_flags] &= ~termios.ECHO
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    return ours, theirs
