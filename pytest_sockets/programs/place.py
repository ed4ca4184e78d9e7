"""A place where a target runs: its folder, its network, its ports.

Knows how a target becomes a running child, and what the system knows of the
sockets there. Does not know what the program is asked.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Iterator

import psutil

from ..findings import NotJudged
from ..kernel import ports, processes, sock_diag, threads
from ..kernel.loopback import Barrier
from ..kernel.sock_diag import SockDiag
from ..messages import Message, message
from ..targets import Target
from ..wire.events import Address, Started
from ..wire.transcript import Transcript
from .child_process import Launcher
from .folder import ThrowAway
from .program import Program
from .request import Request
from .spawn import Spawner
from .warm import Site

NETLINK_SOCK_DIAG = 4
PORTS = 3


class Runner:
    """Starts targets with one interpreter for a whole session.

    ``portable`` turns off everything that only some systems have: programs are
    spawned and rest is waited for instead of proved. ``kernel`` is true where
    rest is proved.
    """

    def __init__(self, python: str = sys.executable, *, portable: bool = False) -> None:
        self.python = python
        self.portable = portable
        self.kernel = not portable and sock_diag.available() and threads.available()
        self._site: Site | None = None
        self._spawner = Spawner(python)

    @property
    def launcher(self) -> Site | Spawner:
        """What starts programs in the machine's own network; made at first use."""
        if self.portable:
            return self._spawner
        if self._site is None:
            try:
                self._site = Site.start(self.python)
            except OSError:
                self.portable = True
                return self._spawner
        return self._site

    def place(self, target: Target) -> Place:
        """Return a fresh place for ``target``.

        Raises:
            NotJudged: the target needs something that this machine does not allow.
        """
        return Place(self, target)

    def close(self) -> None:
        """End the warm interpreter."""
        if self._site is not None:
            self._site.close()
            self._site = None


class Place:
    """Where one target runs, until ``close``; restarts happen in the same place.

    ``port`` is the real port of the conversation. In a network of the place's
    own, ``isolated`` is true and every address is the machine's.
    """

    def __init__(self, runner: Runner, target: Target) -> None:
        self.target = target
        self.kernel = runner.kernel
        self._closing = contextlib.ExitStack()
        self._barrier: Barrier | None = None
        try:
            self.folder = ThrowAway(target.root, target.path)
            self._closing.callback(self.folder.close)
            self.isolated = target.kind == "command" and not target.told
            self.launcher: Launcher = runner.launcher
            self._site = self._enter_network(runner)
            self.ports = tuple(self._claim() for _ in range(PORTS))
            self.diag = self._look_into_network() if runner.kernel else None
        except BaseException:
            self._closing.close()
            raise

    @property
    def port(self) -> int:
        """The real port on which the conversation takes place."""
        return self.ports[0]

    @property
    def description(self) -> Message:
        """How the program's address relates to the real one, for the report."""
        if self.target.kind == "address":
            return message("a server that already runs")
        if self.isolated:
            return message("a network of its own")
        if self.target.told:
            return message("told to use 127.0.0.1:{port}", port=self.port)
        return message("its address mapped to 127.0.0.1:{port}", port=self.port)

    @property
    def containment(self) -> str:
        """How the program is kept from doing harm."""
        return self.launcher.containment

    def socket(self, family: int, kind: int) -> socket.socket:
        """Return a socket of ours in the program's network."""
        if self._site is not None:
            return self._site.socket(family, kind)
        return socket.socket(family, kind)

    def start(self, transcript: Transcript, *, peers: tuple[int, ...] = ()) -> Program:
        """Start the target; ``peers`` are the real ports of the servers it may reach."""
        request = self._request(peers)
        command = " ".join(request.arguments) if request.kind == "command" else self.target.spec
        transcript.add(Started(at=transcript.now(), side="program", command=command))
        return Program(self.launcher.run(request), transcript)

    def _request(self, peers: tuple[int, ...]) -> Request:
        target, work = self.target, self.folder.work
        if target.kind == "command":
            words = [word.format(host="127.0.0.1", port=self.port) for word in target.command]
            return Request(kind="command", root=str(work), folder=str(work),
                           arguments=tuple(words), mapped=False)  # fmt: skip
        assert target.root is not None and target.path is not None  # noqa: S101, PT018
        path = work / target.path.relative_to(target.root)
        return Request(
            kind="function" if target.function else "script",
            root=str(work),
            folder=str(path.parent if not target.module else work),
            path=str(path),
            module=target.module,
            function=target.function,
            takes=target.takes,
            port=self.port,
            # What a client binds must not be the port that we listen on for it.
            ports=self.ports[1:] if peers else self.ports,
            peers=peers,
            mapped=not target.told,
        )

    def sockets(self, program: Program, kind: sock_diag.Protocol) -> list[Address]:
        """Return the addresses on which the program listens (tcp) or is bound (udp)."""
        return [address for _, address in self._bound(program, kind)]

    def listening_descriptors(self, program: Program) -> frozenset[int]:
        """Return the descriptors on which the program waits for new connections."""
        return frozenset(fd for fd, _ in self._bound(program, "tcp"))

    def _bound(self, program: Program, kind: sock_diag.Protocol) -> Iterator[tuple[int, Address]]:
        if self.diag is None:
            yield from ((-1, address) for address in _bound_by_psutil(program, kind))
            return
        rows = self.diag.dump(kind, ["LISTEN"] if kind == "tcp" else ["UNCONN", "ESTABLISHED"])
        by_inode = {row.inode: row for row in rows}
        for pid in program.pids():
            for fd, inode in processes.socket_inodes(pid).items():
                if inode in by_inode:
                    yield fd, by_inode[inode].local

    def settle(self) -> None:
        """Wait until all packets under way on loopback have arrived."""
        if self._barrier is None:
            self._barrier = Barrier()
            self._closing.callback(self._barrier.close)
        self._barrier.wait()

    def stop(self, program: Program) -> None:
        """Stop the program and all it started, where the system can."""
        self._signal(program, "SIGSTOP")

    def go_on(self, program: Program) -> None:
        """Let the stopped program go on."""
        self._signal(program, "SIGCONT")

    @staticmethod
    def _signal(program: Program, name: str) -> None:
        number = getattr(signal, name, None)
        for pid in program.pids() if number else []:
            with contextlib.suppress(OSError):
                os.kill(pid, number)

    def renew_ports(self) -> None:
        """Use other ports from now on."""
        self.ports = tuple(self._claim() for _ in range(PORTS))

    def close(self) -> None:
        """Give back ports and network and remove the folder."""
        self._closing.close()

    def _enter_network(self, runner: Runner) -> Site | None:
        if not self.isolated:
            return None
        launcher = runner.launcher
        try:
            if not isinstance(launcher, Site):
                raise OSError("programs are spawned")
            site = launcher.isolated()
        except OSError as error:
            raise NotJudged(
                message(
                    "this machine gives programs no network of their own ({why}): "
                    "write {host} and {port} into the command where it takes its address",
                    why=str(error),
                    host="{host}",
                    port="{port}",
                )
            ) from error
        self._closing.callback(site.close)
        self.launcher = site
        return site

    def _look_into_network(self) -> SockDiag:
        netlink = None
        if self._site is not None:
            netlink = self._site.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
        return self._closing.enter_context(SockDiag(netlink))

    def _claim(self) -> int:
        return self._closing.enter_context(ports.claim()).port


def _bound_by_psutil(program: Program, kind: sock_diag.Protocol) -> Iterator[Address]:
    for pid in program.pids():
        with contextlib.suppress(psutil.Error):
            for connection in psutil.Process(pid).net_connections(kind):
                listens = kind == "udp" or connection.status == psutil.CONN_LISTEN
                if listens and connection.laddr:
                    yield connection.laddr.ip, connection.laddr.port


