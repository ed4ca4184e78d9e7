"""A program that a test has started for itself, whatever it does.

Knows where it can be reached, what it prints, and when it rests. Does not know
an exercise, and judges nothing but that it comes up.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

from ..faults.checked import fitting
from ..faults.fault import Fault
from ..findings import NotJudged, TargetError, must_be
from ..kernel import processes
from ..messages import Message, message
from ..programs.listening import unix_sockets
from ..programs.manner import Role
from ..programs.place import Place
from ..programs.rest import Rest
from ..wire.bound import inet
from ..wire.connection import Peer
from ..wire.events import Address, Called, Opened
from ..wire.upstream import Kind
from .open_sockets import open_sockets
from .server import CONNECT_LIMIT
from .state import reachable
from .watched import Watched

LOOK_AGAIN = 0.0005
"""Seconds after which the system is asked again when the program itself told nothing."""

OTHERS = 5.0
"""Seconds in which whoever else takes part in the test may still speak to a program that waits."""

OURS_LIMIT = 1.0
"""Seconds for which the word of a reference program is waited for before the system is asked."""


class _Seen(Watched):
    """A program to which the test may talk through sockets of its own."""

    def _unacknowledged(self) -> bool:
        return True


class RunningProgram:
    """A program in a child process, contained, until ``stop``.

    ``transcript`` is the record of what it printed and, for Python programs, of
    its socket calls. ``folder`` is its working directory, thrown away afterwards.
    """

    def __init__(
        self,
        place: Place,
        quiet: float,
        *,
        peers: tuple[int, ...] = (),
        role: Role | None = None,
    ) -> None:
        self.place = place
        self.folder = place.folder.work
        self._seen = _Seen(place, quiet)
        self.transcript = self._seen.transcript
        self._address: Address | str | None = None
        self._kind: Kind = "tcp"
        self._held: frozenset[int] = frozenset()
        self._stopped = False
        self._program = place.start(self.transcript, peers=peers, role=role)
        self._seen.programs.append(self._program)

    # Where it is

    @property
    def address(self) -> Address | str:
        """Where it can be reached, ``(host, port)`` or a path; it is waited for where needed.

        Raises:
            TargetError: it never listens, nor binds a UDP socket.
        """
        __tracebackhide__ = True
        return self._address if self._address is not None else self.wait_listening()

    @property
    def kind(self) -> Kind:
        """Over what it is reached there."""
        __tracebackhide__ = True
        if self._address is None:
            self.wait_listening()
        return self._kind

    @property
    def host(self) -> str:
        """The host of ``address``."""
        __tracebackhide__ = True
        return inet(self.address)[0]

    @property
    def port(self) -> int:
        """The port of ``address``."""
        __tracebackhide__ = True
        return inet(self.address)[1]

    def wait_listening(self) -> Address | str:
        """Wait until it listens, over TCP or AF_UNIX, or has bound its UDP socket.

        Returns where.

        Raises:
            TargetError: it has ended without, or rests and nobody speaks to it for a while.
        """
        __tracebackhide__ = True
        if self.place.ours:
            self.transcript.wait(self._told, OURS_LIMIT)
        rest = self._patiently(self._find, self._find_at_rest)
        if rest is not None:
            raise self._never(message("the program listens, or binds a UDP socket"), rest)
        self._held = frozenset(open_sockets(self.place, self._program))
        assert self._address is not None
        return self._address

    def _told(self) -> bool:
        """Tell whether one of our own programs has said that it waits for clients."""
        calls = self.transcript.of(Called)
        return not self.running or any(call.call == "listen" or call.entered for call in calls)

    def _find(self) -> bool:
        found = self._found()
        if found is not None:
            self._kind, self._address = found
        return found is not None

    def _found(self) -> tuple[Kind, Address | str] | None:
        for address in self.place.sockets(self._program, "tcp"):
            return "tcp", reachable(address)
        for _, path in unix_sockets(self._program, self.place.unix):
            return "unix", path
        for address in self.place.sockets(self._program, "udp"):
            if address[1] in self.place.ports:
                return "udp", reachable(address)
        return None

    def _find_at_rest(self) -> bool:
        """Look once more, since it may have come up just before it rested.

        The port that the system chose for a UDP socket will do now.
        """
        if self._address is not None or self._find():
            return True
        for address in self.place.sockets(self._program, "udp"):
            self._kind, self._address = "udp", reachable(address)
            return True
        return False

    def connect(self, *faults: Fault) -> Peer:
        """Connect to it over TCP; what is sent goes through ``faults``. A context manager.

        Raises:
            Misuse: a fault is none, or does not fit.
            TargetError: it never listens.
            OSError: the connection is refused, or reset at once.
        """
        __tracebackhide__ = True
        for fault in faults:
            fitting(fault, "tcp")
        address = self.address
        if isinstance(address, str):
            raise TargetError(message("the program listens on a TCP port"),
                              message("it listens at {path}", path=address))  # fmt: skip
        sock = socket.create_connection(address, CONNECT_LIMIT)
        try:
            peer = Peer(sock, len(self._seen.peers) + 1, self._seen, faults)
        except OSError:
            sock.close()
            raise
        at, ends = self.transcript.now(), (peer.local, peer.remote)
        self.transcript.add(Opened(at=at, connection=peer.number, local=ends[0], remote=ends[1]))
        self._seen.peers.append(peer)
        return peer

    # What it does

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self._program.running

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._program.pid

    @property
    def status(self) -> int | None:
        """Its exit status (negative for a signal), None while it runs."""
        return self._program.status

    @property
    def stdout(self) -> bytes:
        """What it wrote to standard output so far."""
        return self._program.stdout

    @property
    def stderr(self) -> bytes:
        """What it wrote to standard error so far."""
        return self._program.stderr

    def type(self, line: str) -> None:
        """Type ``line`` and the return key; it need not ask for it yet."""
        __tracebackhide__ = True
        must_be(str, line=line)
        self._program.type(line)

    def wait_printed(self, text: bytes) -> None:
        """Wait until ``text`` is in what it wrote to standard output.

        Raises:
            TargetError: it rests, or has ended, without.
        """
        __tracebackhide__ = True
        must_be(bytes, text=text)
        self._wait_for(lambda: text in self.stdout, message("the program prints {text}", text=text))

    def wait_ended(self) -> int:
        """Wait until it has ended by itself, and return its exit status.

        Raises:
            TargetError: it rests, has not ended, and nobody speaks to it for a while.
        """
        __tracebackhide__ = True
        self._wait_for(lambda: self.status is not None, message("the program ends by itself"))
        assert self.status is not None
        return self.status

    def idle(self) -> bool:
        """Wait until it does nothing more by itself; tell whether it has come to rest.

        False when it computes on and on, or sleeps and wakes up again and again.
        Linux proves rest; elsewhere a time without an event has to do.
        """
        rest = self._until(lambda: False)
        return rest in (Rest.WAITING, Rest.ENDED, Rest.SILENT)

    def leaks(self) -> list[str]:
        """Return the sockets that it holds, once it rests, beyond those it had when it came up.

        Close your own connections first: one that is still open on both sides counts. Empty
        when it has ended.

        Raises:
            NotJudged: this system does not tell; Linux does.
        """
        __tracebackhide__ = True
        if not processes.available():
            raise NotJudged(message("which sockets a process holds is shown on Linux only"))
        if self._address is None:
            self.wait_listening()
        self.idle()
        found = open_sockets(self.place, self._program)
        return [text for inode, text in found.items() if inode not in self._held]

    def stop(self) -> None:
        """Take it down with everything it started, and throw its folder away. Twice is once.

        What a fault of the test's own raises as a connection is closed is raised in the end.
        """
        if self._stopped:
            return
        self._stopped = True
        with contextlib.ExitStack() as stack:
            stack.callback(self.place.close)
            for peer in reversed(self._seen.peers):
                stack.callback(peer.reset)  # where it could not be closed
                stack.callback(peer.close)

    # How it is waited for

    def _wait_for(self, condition: Callable[[], bool], expected: Message) -> None:
        __tracebackhide__ = True
        rest = self._patiently(condition, condition)
        if rest is not None:
            raise self._never(expected, rest)

    def _never(self, expected: Message, rest: Rest) -> TargetError:
        """Return what is to be said of a program that rests, and that nobody has spoken to."""
        doing = self._seen.describe(rest)
        if rest is Rest.WAITING:
            silence = message("nothing more within {seconds:g} s", seconds=OTHERS)
            doing = message("{what}; {doing}", what=doing, doing=silence)
        late = rest is Rest.WAITING or not rest.proved
        return TargetError(expected, doing, rests_on_deadline=late)

    def _patiently(self, condition: Callable[[], bool], at_rest: Callable[[], bool]) -> Rest | None:
        """Wait for ``condition``, at rest for ``at_rest``; return why neither will be met.

        While it does anything it is waited for: the test's own threads may speak to it.
        """
        while True:
            # Counted before anything is looked at: what comes meanwhile is more as well.
            known = len(self.transcript.events)
            rest = self._until(condition)
            if rest is None or at_rest():
                return None
            if rest is not Rest.WAITING or not self._goes_on(known):
                return None if at_rest() else rest

    def _goes_on(self, known: int) -> bool:
        """Tell whether the program does more than the ``known`` number of events."""
        return bool(self.transcript.wait(lambda: len(self.transcript.events) > known, OTHERS))

    def _until(self, condition: Callable[[], bool]) -> Rest | None:
        """Wait for ``condition``; return why the program will not meet it any more."""
        waiting = self._seen.watch(one_round=False)
        while not condition():
            rest = waiting.step()
            if isinstance(rest, Rest):
                return rest
            self.transcript.wait(condition, LOOK_AGAIN)
        return None
