"""A place where a target runs: its folder, its network, its ports.

Knows how a target becomes a running child, and what the system knows of the
sockets there. Does not know what the program is asked.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from dataclasses import replace

from ..findings import NotJudged, PortTaken
from ..kernel import portable as switch
from ..kernel import sock_diag, threads
from ..kernel.ports import Kind
from ..messages import Message, message
from ..targets import Target
from ..wire.events import Address, Started
from ..wire.transcript import Transcript
from . import room
from .bound import bound
from .calibration import AT_ONCE, LEAST, quiet_time
from .child_process import Launcher, LauncherGone
from .containment import Containment, Mode, confinement, contained, refusal
from .described import FOREIGN, described
from .folder import ThrowAway
from .launchers import Launchers
from .learned import Learned
from .manner import Manner, Role
from .network import Network, isolated
from .program import Program
from .request import HOST, first_files, in_its_place, request_for
from .socket_files import SocketFiles
from .spawn import Spawner
from .warm import Site

PORTS = 3

GONE = message("what starts and watches programs was ended from outside while this one ran")


class Runner:
    """Starts targets with one interpreter for a whole session.

    ``portable`` turns off everything that only some systems have: programs are spawned and
    rest is waited for instead of proved; PYTEST_SOCKETS_PORTABLE=1 does so for every runner.
    ``kernel`` is true where rest is proved. ``private`` gives the programs a network of their
    own, with the loopback device alone, where the system can: only ``Place.socket`` reaches
    them there. Otherwise they are in the machine's network. ``containment`` is "off" where
    programs are to be forbidden nothing, and "strict" where none runs but contained in full.
    """

    def __init__(
        self,
        python: str = sys.executable,
        *,
        portable: bool = False,
        private: bool = False,
        containment: Mode = "auto",
    ) -> None:
        self.python = python
        self.containment = containment
        self.private = private and containment != "off"
        portable = portable or switch.portable()
        self.kernel = not portable and sock_diag.available() and threads.available()
        clean = containment != "off"
        self.launchers = Launchers(python, portable=portable, private=self.private, clean=clean)
        self.learned = Learned(self)
        self._measuring = threading.Lock()
        self._quiet: float | None = None

    @property
    def launcher(self) -> Site | Spawner:
        """What starts programs."""
        return self.launchers.programs

    @property
    def quiet(self) -> float:
        """Seconds without an event that count as rest where rest can't be proved.

        Measured at first use, by programs that are started for it.
        """
        with self._measuring:
            if self._quiet is None:
                self._quiet = LEAST if self.kernel else quiet_time(self.launcher)
            return self._quiet

    def measure(self) -> None:
        """Measure the quiet time once more: the machine may have become slower since."""
        if not self.kernel:
            with self._measuring:
                self._quiet = quiet_time(self.launcher, AT_ONCE)

    @property
    def contained(self) -> Containment:
        """How programs are kept from doing harm."""
        launcher = self.launcher
        return contained(launcher.abilities, self.containment, network=launcher.network)

    def place(self, target: Target, *, ours: bool = False) -> Place:
        """Return a fresh place for ``target``; with ``ours`` it is a reference program.

        Raises:
            NotJudged: the target needs something that this machine does not allow.
        """
        harmless = ours or target.kind in FOREIGN
        if self.containment == "strict" and not harmless and self.contained.missing:
            raise NotJudged(refusal(self.contained))
        return Place(self, target, ours=ours)

    def close(self) -> None:
        """End the warm interpreters."""
        self.launchers.close()


class Place:
    """Where one target runs, until ``close``; restarts happen in the same place.

    ``port`` is the real port of the conversation. In a network of the place's own,
    ``isolated`` is true and every address is the machine's. ``caps`` are those of its
    requests. A reference program, one of ``ours``, runs where its file lies.
    """

    def __init__(self, runner: Runner, target: Target, *, ours: bool = False) -> None:
        self.target = target
        self.ours = ours
        self.kernel = runner.kernel
        self._runner = runner
        self._programs: list[Program] = []
        self.caps = (0, 0)
        self._closing = contextlib.ExitStack()
        try:
            nursery = runner.launchers.references if ours else None
            others = runner.launchers.shared if self._trusted else runner.launcher
            self.launcher: Launcher = nursery or others
            self.folder = nursery.folder() if nursery else self._copied()
            self._closing.callback(self.folder.close)
            room.check_before(self.folder.outer)
            self.files = SocketFiles(self.folder.outer)
            self.isolated = target.kind == "command" and not target.told
            self._network = Network(self._site(), kernel=runner.kernel)
            self._closing.callback(self._network.close)
            self.diag, self.unix = self._network.diag, self._network.unix
            self.ports = self._network.claim(1 if ours else PORTS)
        except LauncherGone as error:
            self._closing.close()
            raise NotJudged(GONE, ours=True) from error
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
        return described(self.target, self.files, self.port, isolated=self.isolated)

    @property
    def containment(self) -> Message:
        """How the program is kept from doing harm."""
        if self.target.kind == "address":
            return message("nothing: others have started the server")
        return self._contained.description

    @property
    def _trusted(self) -> bool:
        return self.ours or self.target.kind == "tour"

    @property
    def _contained(self) -> Containment:
        mode = "off" if self._trusted else self._runner.containment
        return contained(self.launcher.abilities, mode, network=self.launcher.network)

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """Return a socket of ours in the program's network.

        Raises:
            OSError: the system refuses one.
        """
        return self._network.socket(family, kind, protocol)

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
        forbidden = confinement(
            self._contained, self.launcher.abilities, ports=self._runner.private
        )
        request = self.files.placed(request, client=bool(peers))
        request = replace(request, caps=self.caps, confinement=forbidden)
        command = " ".join(request.arguments) if request.kind == "command" else self.target.spec
        # What a program that ran here has left is not ours.
        files = () if self._programs else self.folder.added()
        at = transcript.now()
        transcript.add(Started(at=at, side="program", command=command, files=files))
        try:
            child = self.launcher.run(request)
        except LauncherGone as error:
            raise NotJudged(GONE, ours=True) from error
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
        self._network.settle()

    def stop(self, program: Program) -> None:
        """Stop the program and all it started, where the system can; they have, where it shows."""
        program.stop(shows=self.kernel)

    def go_on(self, program: Program) -> None:
        """Let the stopped program go on."""
        program.signal("SIGCONT")

    def renew_ports(self) -> None:
        """Use other ports from now on."""
        self.ports = self._network.claim(PORTS)

    def check_port(self, program: Program, kind: Kind) -> None:
        """Check that ``program``, the first one here, did not fail since others use its port.

        Raises:
            PortTaken: the port is in use, and none of the program's processes is left.
        """
        if self.isolated or self._network.is_free(self.port, kind):
            return
        program.end()
        if not self._network.is_free(self.port, kind):
            raise PortTaken(self.port)

    def check_room(self) -> None:
        """Check that the program did not fail for want of room that others have taken.

        Raises:
            NotJudged: it may have.
        """
        room.check_after(self.folder.outer)

    def close(self) -> None:
        """End what still runs, give back ports and network and remove the folder.

        Raises:
            NotJudged: a program's end was not its own; see ``Program.lost``.
        """
        for program in self._programs:
            program.end()
        self._closing.close()
        if any(program.lost for program in self._programs):
            raise NotJudged(GONE, ours=True)

    def _copied(self) -> ThrowAway:
        given = () if self.ours else (self.target.root, first_files(self.target))
        return ThrowAway(*given, within=self.launcher.bounded)

    def _site(self) -> Site | None:
        """Return what makes sockets of the program's network; None for the machine's own."""
        if self.isolated:
            site = isolated(self.launcher)
            self._closing.callback(site.close)
            self.launcher = site
        if not isinstance(self.launcher, Site) or self.target.kind == "address":
            return None
        return self.launcher if self.launcher.network else None
