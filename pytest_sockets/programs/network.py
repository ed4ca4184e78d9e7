"""The network in which a program runs: the machine's own, or one behind a site.

Knows the sockets that are made there, the kernel's table of them, and free ports. Does
not know programs.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable

from ..findings import NotJudged
from ..kernel import ports, unix_diag
from ..kernel.loopback import Barrier
from ..kernel.sock_diag import SockDiag
from ..kernel.unix_diag import UnixDiag
from .child_process import Launcher
from .request import write_placeholders
from .warm import Site

TRIES = 200
"""Sets of ports that are tried."""


def isolated(launcher: Launcher) -> Site:
    """Return a site like ``launcher`` with a network of its own, in which every address is local.

    Raises:
        NotJudged: programs are given no such networks here.
    """
    try:
        if not isinstance(launcher, Site):
            raise OSError("programs are spawned")
        return launcher.isolated()
    except OSError as error:
        raise NotJudged(write_placeholders(str(error))) from error


def _unknown(_: int) -> bool:
    """Let any number do: whether it is free is asked of all that are needed, at once."""
    return True


class Network:
    """Sockets and ports of the network of ``site``, or of the machine's own, until ``close``.

    ``diag`` and ``unix`` are the kernel's tables, None without ``kernel`` and where
    they can't be asked.
    """

    def __init__(self, site: Site | None, *, kernel: bool) -> None:
        self._site = site
        self._closing = contextlib.ExitStack()
        self._barrier: Barrier | None = None
        self.diag = self._look_into() if kernel else None
        self.unix = UnixDiag(self.diag) if self.diag and unix_diag.available() else None

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket of ours in this network.

        Raises:
            OSError: the system refuses one.
        """
        if self._site is not None:
            return self._site.socket(family, kind, protocol)
        return socket.socket(family, kind, protocol)

    def claim(self, count: int) -> tuple[int, ...]:
        """Return ports that nobody else is given until ``close``.

        Nothing lingers on any address of them: a program may bind all of them.

        Raises:
            LauncherGone: the site was ended.
            OSError: no port is free.
        """
        if self._site is None:
            return tuple(self._claimed(None) for _ in range(count))
        for _ in range(TRIES):
            found = tuple(self._claimed(_unknown) for _ in range(count))
            if not self._site.taken(found):
                return found
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))

    def is_free(self, port: int, kind: ports.Kind) -> bool:
        """Tell whether a program may bind the number now.

        Raises:
            LauncherGone: the site was ended.
        """
        if self._site is None:
            return ports.is_free(port, kind)
        return not self._site.taken([port])

    def _claimed(self, free: Callable[[int], bool] | None) -> int:
        return self._closing.enter_context(ports.claim(hosts=ports.WILDCARDS, free=free)).port

    def settle(self) -> None:
        """Wait until all packets under way on loopback have arrived."""
        if self._barrier is None:
            self._barrier = Barrier(self.socket(socket.AF_INET, socket.SOCK_DGRAM))
            self._closing.callback(self._barrier.close)
        self._barrier.wait()

    def close(self) -> None:
        """Give back the ports, and close what was opened to look into the network."""
        self._closing.close()

    def _look_into(self) -> SockDiag:
        if self._site is not None:
            return self._site.diag
        return self._closing.enter_context(SockDiag())
