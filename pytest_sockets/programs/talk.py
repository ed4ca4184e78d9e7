"""Starts a warm interpreter and talks with it: documents, with descriptors.

Knows the process and the framing. Does not know what a document says, but for an error.
Linux; elsewhere and when it can't start, programs are spawned.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from .child import channel
from .child_process import LauncherGone, environment

START_LIMIT = 60.0
CLOSE_LIMIT = 5.0


def interpreter(
    command: Sequence[str], variables: Mapping[str, str] | None = None
) -> tuple[socket.socket, dict[str, Any], list[int], subprocess.Popen[bytes]]:
    """Start a warm interpreter; return where it is asked, what it said first, and its process.

    What it said first is a document with descriptors. Without ``variables`` its environment
    is that of programs. Its last argument is the descriptor of where it is asked.

    Raises:
        OSError: it can't be started here.
    """
    if sys.platform != "linux":
        raise OSError("programs are forked from a warm interpreter on Linux only")
    ours, theirs = socket.socketpair()
    ours.settimeout(START_LIMIT)
    process = None
    try:
        with theirs:
            process = _start(command, theirs, variables or environment())
        ready, fds = answer(ours)
    except OSError:
        ours.close()
        if process is not None:
            process.kill()
            process.wait()
        raise
    return ours, ready, fds, process


def _start(
    command: Sequence[str], control: socket.socket, variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [*command, str(control.fileno())],
        pass_fds=(control.fileno(),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=variables,
    )


def hang_up(control: socket.socket) -> None:
    """Tell a warm interpreter that nobody will ask it any more."""
    with contextlib.suppress(OSError):
        control.shutdown(socket.SHUT_RDWR)
    control.close()


def wait_for(process: subprocess.Popen[bytes]) -> None:
    """Wait until a warm interpreter has ended; it is killed when it does not."""
    try:
        process.wait(CLOSE_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tell(control: socket.socket, document: dict[str, Any], fds: Sequence[int] = ()) -> None:
    """Send a warm interpreter a ``document``, with descriptors.

    Raises:
        LauncherGone: it has ended.
    """
    try:
        channel.send(control, document, fds)
    except OSError as error:
        raise LauncherGone("the warm interpreter was ended") from error


def answer(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return what a warm interpreter says next, with the descriptors that came along.

    Raises:
        LauncherGone: it has ended.
        OSError: it says why it can't.
    """
    try:
        received = channel.receive(control)
    except ConnectionResetError:  # it was ended with something of ours unread
        received = None
    if received is None:
        raise LauncherGone("the warm interpreter was ended")
    document, fds = received
    if "error" in document:
        raise OSError(document["error"])
    return document, fds
