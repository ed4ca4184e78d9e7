"""The harness's end of a site: a warm interpreter that forks programs for us.

Knows the requests that ``child/site.py`` answers. Linux; elsewhere and when it
can't start, programs are spawned.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..kernel import processes
from ..kernel.sock_diag import NETLINK_SOCK_DIAG, SockDiag
from .child import channel
from .child_process import Child, Inherited, LauncherGone
from .folder import lead, named, remove
from .pipes import Pipes
from .request import Request
from .spawn import CHILD_SIDE
from .survivors import kill
from .talk import START_LIMIT, answer, hang_up, interpreter, tell, wait_for

END_LIMIT = 20.0
STARTED, END, GONE = b"started\n", b"end", b"gone\n"
CREDENTIALS = struct.Struct("iii")


class Site:
    """A network in which programs run, with the process that forks them.

    The first site is made by ``Site.start``; ``isolated`` gives others.
    ``abilities`` tells which namespaces this user may make: processes, network,
    and users when the others need one of those. ``network`` is false where programs
    share the machine's own. ``inherited`` is the environment that programs are handed down.
    ``bounded`` is the folder for throw-away folders, where one
    can be had that is bounded as a whole: by its name it leads here to what programs see,
    through the descriptor in ``folders``, which is closed with the site.
    """

    def __init__(
        self,
        control: socket.socket,
        abilities: dict[str, bool],
        inherited: Inherited,
        process: subprocess.Popen[bytes] | None = None,
        *,
        network: bool = True,
        bounded: Path | None = None,
        folders: Sequence[int] = (),
    ) -> None:
        self.abilities = abilities
        self.network = network
        self.bounded = bounded
        self._control = control
        self._inherited = inherited
        self._lock = threading.Lock()
        self._process = process
        self._folders = list(folders)
        self._copying = threading.Lock()
        self._copy: Site | None = None

    @classmethod
    def start(cls, python: str, *, private: bool = False, clean: bool = True) -> Site:
        """Start the warm interpreter ``python``; its network is the machine's own.

        Where it is to be ``private`` and this user may make one, the network has the
        loopback device and nothing else.

        Raises:
            OSError: it can't be started here.
        """
        network, path = "private" if private else "machine", named()
        command = [python, "-I", CHILD_SIDE, "site", network, str(path)]
        inherited = Inherited(clean=clean)
        control, ready, fds, process = interpreter(command, inherited.variables)
        bounded = path if fds and lead(path, fds[0]) else None
        return cls(control, ready["abilities"], inherited, process, network=ready["private"],
                   bounded=bounded, folders=fds)  # fmt: skip

    @property
    def alive(self) -> bool:
        """False once the process that forks programs has ended; True where that can't be seen."""
        return self._process is None or self._process.poll() is None

    def isolated(self) -> Site:
        """Return a new site with a network of its own, where every address is local.

        Raises:
            LauncherGone: the process that forks programs is gone.
            OSError: network namespaces are not allowed here.
        """
        if not self.abilities["network"]:
            raise OSError("network namespaces are not allowed here")
        return Site(self._forked("site"), self.abilities, self._inherited, bounded=self.bounded)

    def _forked(self, kind: str) -> socket.socket:
        """Have another site forked from this one; return where it is asked."""
        ours, theirs = socket.socketpair()
        ours.settimeout(START_LIMIT)
        try:
            with theirs:
                self._send({"do": kind}, [theirs.fileno()])
            answer(ours)
        except OSError:
            ours.close()
            raise
        return ours

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket that lives in this site's network.

        Raises:
            OSError: the site is gone or the system refused.
        """
        if not self.network:
            return socket.socket(family, kind, protocol)
        wanted = {"do": "socket", "family": family, "type": kind, "protocol": protocol}
        _, fds = self._asked(wanted)
        return socket.socket(fileno=fds[0])

    @functools.cached_property
    def diag(self) -> SockDiag:
        """The kernel's table of the sockets of this site's network, open as long as this is.

        Raises:
            OSError: the site is gone.
        """
        return SockDiag(self.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG))

    def taken(self, ports: Sequence[int]) -> list[int]:
        """Return those of ``ports`` at which something of this site's network is, or lingers.

        Raises:
            OSError: the site is gone.
        """
        said, _ = self._asked({"do": "taken", "ports": ports})
        return list(said["taken"])

    def run(self, request: Request) -> Child:
        """Start the program of ``request``; see Launcher.

        One with modules that few programs have comes from a copy that has loaded them: here
        they would make every fork dearer.
        """
        if not request.modules:
            return self._run(request)
        with self._copying:
            copy = self._copy = self._copy or self._copied()
        try:
            return copy._run(request)
        except LauncherGone:
            self._let_go_of_copy()
            raise

    def _copied(self) -> Site:
        return Site(self._forked("copy"), {}, self._inherited, network=self.network)

    def _run(self, request: Request) -> Child:
        document = {**request.document(), "do": "run", "changed": self._inherited.changes()}
        pipes = Pipes(terminal=request.kind == "command")
        status, theirs = socket.socketpair()
        status.settimeout(START_LIMIT)
        if sys.platform == "linux":
            status.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            with theirs:
                self._send(document, [*pipes.theirs, theirs.fileno()])
            pid = _introduced(status)
        except OSError:
            pipes.close()
            status.close()
            raise
        finally:
            pipes.close_theirs()
        status.settimeout(None)
        return Child(
            pid, *pipes.ours, wait=lambda: exit_status(status), end=lambda: _end(status, pid)
        )

    def _asked(self, document: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            tell(self._control, document)
            return answer(self._control)

    def _send(self, document: dict[str, Any], fds: list[int]) -> None:
        with self._lock:
            tell(self._control, document, fds)

    def _let_go_of_copy(self) -> None:
        with self._copying:
            copy, self._copy = self._copy, None
        if copy is not None:
            copy.close()

    def close(self) -> None:
        """End the site; programs that still run are killed, or ended by their own guardians."""
        self._let_go_of_copy()
        if "diag" in vars(self):
            self.diag.close()
        hang_up(self._control)
        if self._process is not None:
            wait_for(self._process)
            if self.bounded is not None:
                remove(self.bounded)
            while self._folders:
                os.close(self._folders.pop())


def _introduced(status: socket.socket) -> int:
    """Return the program's process id by the kernel's word (SCM_CREDENTIALS, unix(7))."""
    text, ancillary, _, _ = status.recvmsg(4096, socket.CMSG_SPACE(CREDENTIALS.size))
    if not text:
        raise LauncherGone("the warm interpreter was ended before it started the program")
    if text != STARTED:
        raise OSError(json.loads(text[channel.LENGTH.size :])["error"])
    return int(CREDENTIALS.unpack(ancillary[0][2][: CREDENTIALS.size])[0])


def exit_status(status: socket.socket) -> int | None:
    """Return what the guardian tells of the program's end, None when it is gone without a word.

    The word stays unread: ``_end`` needs to know all that was said.
    """
    with contextlib.suppress(OSError, ValueError):
        return int(status.recv(64, socket.MSG_PEEK).partition(b"\n")[0])
    return None


def _end(status: socket.socket, pid: int) -> bool:
    """Tell the guardian to take the program down, and wait until it is gone.

    A guardian that was killed or stopped can't do it: then what is known of
    the program's family is killed from here. Returns False when it was killed.
    """
    family, said, watched = processes.tree(pid), b"", True
    try:
        status.settimeout(END_LIMIT)
        status.sendall(END)
        while watched and not said.endswith(GONE):
            piece = status.recv(64)
            said, watched = said + piece, bool(piece)
    except TimeoutError:
        pass
    except OSError:
        watched = False
    if not said.endswith(GONE):
        kill(family)
    # Whoever waits for the program's status is told that there will be none.
    with contextlib.suppress(OSError):
        status.shutdown(socket.SHUT_RDWR)
    status.close()
    return watched
