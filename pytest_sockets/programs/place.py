"""A place where a target runs: its folder, its network, its ports.

Knows how a target becomes a running child, and what the system knows of the
sockets there. Does not know what the program is asked.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import sys
import time
from dataclasses import replace

from ..findings import NotJudged
from ..kernel import ports, sock_diag, threads, unix_diag
from ..kernel.loopback import Barrier
from ..kernel.sock_diag import NETLINK_SOCK_DIAG, SockDiag
from ..kernel.unix_diag import UnixDiag
from ..messages import Message, message, translatable
from ..targets import Target
from ..wire.events import Address, Started
from ..wire.transcript import Transcript
from .bound import bound
from .calibration import LEAST, quiet_time
from .child_process import Launcher, LauncherGone
from .folder import ThrowAway
from .launchers import Launchers
from .learned import Learned
from .manner import Manner, Role
from .program import Program
from .request import HOST, first_files, in_its_place, request_for, write_placeholders
from .socket_files import SocketFiles
from .spawn import Spawner
from .warm import Site

PORTS = 3

STOP_LIMIT = 5.0
"""Seconds after which a program that was told to stop is no longer waited for."""

FOREIGN = {
    "address": message("a server that already runs"),
    "tour": message("at addresses of its own"),
}
"""What is said of the addresses of a target that has no place of ours."""

GONE = message("what starts and watches programs was ended from outside while this one ran")


class Runner:
    """Starts targets with one interpreter for a whole session.

    ``portable`` turns off everything that only some systems have: programs are
    spawned and rest is waited for instead of proved. ``kernel`` is true where
    rest is proved.
    """

    def __init__(self, python: str = sys.executable, *, portable: bool = False) -> None:
        self.python = python
        self.kernel = not portable and sock_diag.available() and threads.available()
        self.launchers = Launchers(python, portable=portable)
        self.learned = Learned(self)

    @property
    def launcher(self) -> Site | Spawner:
        """What starts programs in the machine's own network."""
        return self.launchers.programs

    @functools.cached_property
    def quiet(self) -> float:
        """Seconds without an event that count as rest where rest can't be proved.

        Measured once, at first use, by programs that are started for it.
        """
        return LEAST if self.kernel else quiet_time(self.launcher)

    def place(self, target: Target, *, ours: bool = False) -> Place:
        """Return a fresh place for ``target``; with ``ours`` it is a reference program.

        Raises:
            NotJudged: the target needs something that this machine does not allow.
        """
        return Place(self, target, ours=ours)

    def close(self) -> None:
        """End the warm interpreters."""
        self.launchers.close()


class Place:
    """Where one target runs, until ``close``; restarts happen in the same place.

    ``port`` is the real port of the conversation. In a network of the place's
    own, ``isolated`` is true and every address is the machine's. ``caps`` are
    those of its requests. A reference program, one of ``ours``, runs where its
    file lies.
    """

    def __init__(self, runner: Runner, target: Target, *, ours: bool = False) -> None:
        self.target = target
        self.ours = ours
        self.kernel = runner.kernel
        self._runner = runner
        self._programs: list[Program] = []
        self.caps = (0, 0)
        self._closing = contextlib.ExitStack()
        self._barrier: Barrier | None = None
        try:
            nursery = runner.launchers.references if ours else None
            self.folder = nursery.folder() if nursery else self._copied()
            self._closing.callback(self.folder.close)
            self.files = SocketFiles(self.folder.outer)
            self.isolated = target.kind == "command" and not target.told
            self.launcher: Launcher = nursery or runner.launcher
            self._site = self._enter_network(runner)
            self.ports = tuple(self._claim() for _ in range(1 if ours else PORTS))
            self.diag = self._look_into_network() if runner.kernel else None
            self.unix = UnixDiag(self.diag) if self.diag and unix_diag.available() else None
        except BaseException:
            self._closing.close()
            raise

    @property
    def port(self) -> int:
        """The real port on which the conversation takes place."""
        return self.ports[0]

    @property
    def python(self) -> str:
        """The interpreter that runs Python targets."""
        return self._runner.python

    @property
    def description(self) -> Message:
        """How the program's address relates to the real one, for the report."""
        if self.target.kind in FOREIGN:
            return FOREIGN[self.target.kind]
        if self.files.needed:
            return self.files.description(told=self.target.told)
        if self.target.kind == "call":
            return message("called in a process of its own")
        if self.isolated:
            return message("a network of its own")
        if self.target.told:
            return message("told to use 127.0.0.1:{port}", port=self.port)
        return message("its address mapped to 127.0.0.1:{port}", port=self.port)

    @property
    def containment(self) -> str:
        """How the program is kept from doing harm."""
        if self.target.kind == "address":
            return translatable("nothing: others have started the server")
        return self.launcher.containment

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket of ours in the program's network.

        Raises:
            OSError: the system refuses one.
        """
        if self._site is not None:
            return self._site.socket(family, kind, protocol)
        return socket.socket(family, kind, protocol)

    def meeting_points(self) -> list[tuple[int, Address]]:
        """Return family and address of each place where the client looks for its server.

        Raises:
            NotJudged: the client is not told, and can't be watched here.
        """
        found = self._runner.learned.destination(self.target) if self.isolated else None
        if found is not None:
            return [(found.family, found.address)]
        return [(socket.AF_INET, (HOST, self.port)), (socket.AF_INET6, ("::1", self.port))]

    def start(
        self, transcript: Transcript, *, peers: tuple[int, ...] = (), role: Role | None = None
    ) -> Program:
        """Start the target; ``peers`` are the real ports of the servers it may reach.

        With a ``role``, a script that asks for its address or its role is given it.

        Raises:
            NotJudged: what starts programs was ended from outside.
            OSError: the system would not start another process.
        """
        manner = Manner(self.target.arguments)
        if role is not None:
            manner = self._runner.learned.manner(self.target, role)
        program = self.launch(transcript, manner, peers)
        for line in manner.lines:
            program.type(line)
        return program

    def launch(
        self, transcript: Transcript, manner: Manner, peers: tuple[int, ...] = ()
    ) -> Program:
        """Start the target with the arguments of ``manner``; see ``start``."""
        request = request_for(self.target, self.folder.work, self.ports, peers, manner.arguments)
        if self.ours:
            request = in_its_place(request, self.target)
        request = replace(self.files.placed(request, client=bool(peers)), caps=self.caps)
        command = " ".join(request.arguments) if request.kind == "command" else self.target.spec
        # What a program that ran here has left is not ours.
        files = () if self._programs else self.folder.added()
        at = transcript.now()
        transcript.add(Started(at=at, side="program", command=command, files=files))
        try:
            child = self.launcher.run(request)
        except LauncherGone as error:
            raise NotJudged(GONE) from error
        self._programs.append(Program(child, transcript, traced=request.kind != "command"))
        return self._programs[-1]

    def sockets(self, program: Program, kind: sock_diag.Protocol) -> list[Address]:
        """Return the addresses on which the program listens (tcp) or is bound (udp)."""
        return [address for _, address in bound(program, kind, self.diag)]

    def listened(self, address: Address) -> bool:
        """Tell whether anybody listens on the TCP port of ``address``, the program or not."""
        if self.diag is not None:
            return bool(self.diag.dump("tcp", ["LISTEN"], port=address[1]))
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        with self.socket(family, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(address) == 0

    def listening_descriptors(self, program: Program) -> frozenset[int]:
        """Return the descriptors on which the program waits for new connections."""
        return frozenset(fd for fd, _ in bound(program, "tcp", self.diag))

    def settle(self) -> None:
        """Wait until all packets under way on loopback have arrived."""
        if self._barrier is None:
            self._barrier = Barrier()
            self._closing.callback(self._barrier.close)
        self._barrier.wait()

    def stop(self, program: Program) -> None:
        """Stop the program and all it started, where the system can; they have, where it shows."""
        program.signal("SIGSTOP")
        until = time.monotonic() + STOP_LIMIT
        # A thread that was woken by the signal takes what comes before it stops.
        while self.kernel and time.monotonic() < until:
            if all(thread.call == "stopped" for thread in threads.snapshot(program.pids())):
                return
            time.sleep(0)

    def go_on(self, program: Program) -> None:
        """Let the stopped program go on."""
        program.signal("SIGCONT")

    def renew_ports(self) -> None:
        """Use other ports from now on."""
        self.ports = tuple(self._claim() for _ in range(PORTS))

    def close(self) -> None:
        """End what still runs, give back ports and network and remove the folder.

        Raises:
            NotJudged: a program's end was not its own; see ``Program.lost``.
        """
        for program in self._programs:
            program.end()
        self._closing.close()
        if any(program.lost for program in self._programs):
            raise NotJudged(GONE)

    def _copied(self) -> ThrowAway:
        if self.ours:
            return ThrowAway()
        return ThrowAway(self.target.root, first_files(self.target))

    def _enter_network(self, runner: Runner) -> Site | None:
        if not self.isolated:
            return None
        launcher = runner.launcher
        try:
            if not isinstance(launcher, Site):
                raise OSError("programs are spawned")
            site = launcher.isolated()
        except OSError as error:
            raise NotJudged(write_placeholders(str(error))) from error
        self._closing.callback(site.close)
        self.launcher = site
        return site

    def _look_into_network(self) -> SockDiag:
        netlink = None
        if self._site is not None:
            netlink = self._site.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
        return self._closing.enter_context(SockDiag(netlink))

    def _claim(self) -> int:
        # Nothing may linger on any address of the port: the program may bind all of them.
        return self._closing.enter_context(ports.claim(hosts=ports.WILDCARDS)).port
