"""The harness's end of a site: a warm interpreter that forks programs for us.

Knows the requests that ``child/site.py`` answers. Linux and macOS; elsewhere
and when it can't start, programs are spawned.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
import sys
import threading
from typing import Any

from .child import channel
from .child_process import Child
from .request import Request
from .spawn import CHILD_SIDE

START_LIMIT = 60.0


class Site:
    """A network in which programs run, with the process that forks them.

    The first site is made by ``Site.start``; ``isolated`` gives others.
    """

    def __init__(self, control: socket.socket, abilities: dict[str, bool], network: bool) -> None:
        self.abilities = abilities
        self.network = network
        self._control = control
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, python: str) -> Site:
        """Start the warm interpreter ``python``; its network is the machine's own.

        Raises:
            OSError: it can't be started here.
        """
        if sys.platform == "win32":
            raise OSError("there is no fork on Windows")
        ours, theirs = socket.socketpair()
        ours.settimeout(START_LIMIT)
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [python, "-I", CHILD_SIDE, "site", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            ready, _ = _answer(ours)
        except OSError:
            process.kill()
            process.wait()
            ours.close()
            raise
        site = cls(ours, ready["abilities"], network=False)
        site._process = process  # noqa: SLF001 - our own object
        return site

    @property
    def containment(self) -> str:
        """How programs are kept from doing harm, for the report."""
        layers = ["throw-away folder"]
        if self.abilities["processes"] or self.abilities["users"]:
            layers.append("own process namespace")
        if self.network:
            layers.append("own network namespace")
        return ", ".join(layers)

    def isolated(self) -> Site:
        """Return a new site with a network of its own, where every address is local.

        Raises:
            OSError: network namespaces are not allowed here.
        """
        if not self.abilities["network"]:
            raise OSError("network namespaces are not allowed here")
        ours, theirs = socket.socketpair()
        ours.settimeout(START_LIMIT)
        with theirs, self._lock:
            channel.send(self._control, {"do": "site", "network": True}, [theirs.fileno()])
        _answer(ours)
        return Site(ours, self.abilities, network=True)

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket that lives in this site's network.

        Raises:
            OSError: the site is gone or the system refused.
        """
        if not self.network:
            return socket.socket(family, kind, protocol)
        with self._lock:
            channel.send(
                self._control,
                {"do": "socket", "family": family, "type": kind, "protocol": protocol},
            )
            _, fds = _answer(self._control)
        return socket.socket(fileno=fds[0])

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher."""
        status, theirs = socket.socketpair()
        status.settimeout(START_LIMIT)
        if sys.platform == "linux":
            status.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        pipes = [os.pipe() for _ in range(4)]
        # The child reads the first pipe and writes the others.
        given = [pipes[0][0], *(pipe[1] for pipe in pipes[1:]), theirs.fileno()]
        kept = [pipes[0][1], *(pipe[0] for pipe in pipes[1:])]
        try:
            with self._lock:
                channel.send(self._control, {"do": "run", **request.document()}, given)
            pid = _introduced(status)
        except OSError:
            for fd in kept:
                os.close(fd)
            status.close()
            raise
        finally:
            for fd in given[:4]:
                os.close(fd)
            theirs.close()
        status.settimeout(None)
        return Child(
            pid, *kept, wait=lambda: _exit_status(status), end=lambda: _end(status)
        )

    def close(self) -> None:
        """End the site; programs that still run are ended by their own guardians."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        if self._process:
            self._process.wait()


def _answer(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    received = channel.receive(control)
    if received is None:
        raise ConnectionResetError("the warm interpreter ended")
    document, fds = received
    if "error" in document:
        raise OSError(document["error"])
    return document, fds


def _introduced(status: socket.socket) -> int:
    """Return the program's process id: the kernel's word where it gives one."""
    credentials = struct.Struct("iii")
    text, ancillary, _, _ = status.recvmsg(64, socket.CMSG_SPACE(credentials.size))
    if not text:
        raise ConnectionResetError("the program's guardian ended before it started the program")
    for level, kind, data in ancillary:
        if sys.platform == "linux" and (level, kind) == (
            socket.SOL_SOCKET,
            socket.SCM_CREDENTIALS,
        ):
            return int(credentials.unpack(data[: credentials.size])[0])
    return int(text)


def _exit_status(status: socket.socket) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int(status.recv(64))
    return -9


def _end(status: socket.socket) -> None:
    """Tell the guardian to take the program down, and wait until it is gone."""
    with contextlib.suppress(OSError):
        status.shutdown(socket.SHUT_WR)
        while status.recv(64):
            pass
    status.close()
