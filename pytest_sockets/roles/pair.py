"""A server and a client of one student, which talk with each other through our wire.

Knows how the two are started, when both rest, and how what one of them shows is
expected. Does not know which bytes they exchange: only they have to understand
them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from ..exercises import Profile
from ..faults import Coalesce
from ..faults.fault import Fault
from ..findings import Finding, NotJudged
from ..messages import Message, message, what_was_printed
from ..wire.connection import Peer
from ..wire.events import Datagram, Event, Sent
from ..wire.relay import DatagramLink, Link, OneWay, StreamLink
from ..wire.story import told_together
from .both import Both, Rests
from .client import Client
from .left import holds, shows
from .server import Server
from .state import asks
from .subject import Subject
from .udp import UdpClient

SHOWN = 200


class Pair:
    """The two programs; the server is started first, the client when it is needed.

    ``to_server`` and ``to_client`` are the faults that messages go through, and
    ``at_once`` says that the client's pauses are kept: all three are set before
    the first use.
    """

    def __init__(self, server: Server, client: Client, profile: Profile) -> None:
        self.server = server
        self.client = client
        self.profile = profile
        self.to_server: tuple[Fault, ...] = ()
        self.to_client: tuple[Fault, ...] = ()
        self.at_once = False
        self._links: list[Link] = []
        self._since = 0.0
        client.transcript.opened = server.transcript.opened

    # What is kept as evidence

    @property
    def events(self) -> list[Event]:
        """One story of both, as it arrived; sides are ``client`` and ``server``."""
        return told_together(self.client.transcript.events, self.server.transcript.events)

    @property
    def parts(self) -> tuple[Subject, ...]:
        """The two programs."""
        return self.server, self.client

    def now(self) -> float:
        """Return the seconds since the transcripts were opened."""
        return self.server.transcript.now()

    # The two programs

    def start(self) -> None:
        """Start the server and, once it is there, the client; do nothing where they run.

        Raises:
            TargetError: the server never comes up.
        """
        if self.client.programs:
            return
        if not self.server.programs:
            self.server.start()
        if isinstance(self.client, UdpClient):
            self._links += [
                DatagramLink(near, self.server.datagrams) for near in self.client.servers()
            ]
        else:
            self.client.started()

    def next_client(self) -> None:
        """End the client that runs and, once the server knows, start the next one."""
        self.client.program.end()
        self.come_to_rest()
        self._since = self.now()
        self.client.again()

    def end(self) -> None:
        """Take both programs down and let go of their connections and of the client's place."""
        try:
            self.client.end()
            self.server.end()
        finally:
            self.client.place.close()

    def __enter__(self) -> Pair:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    # The wire between them

    def carry(self) -> bool:
        """Carry on what the two have said by now; tell whether anything happened."""
        moved = [self._meet(), *(link.carry() for link in self._links)]
        return any(moved)

    @property
    def waits(self) -> bool:
        """True while something was heard and not yet carried on."""
        return any(link.waits for link in self._links)

    def _meet(self) -> bool:
        """Connect a client that has come to the server."""
        if self.client.kind == "udp" or not self.client.called():
            return False
        near, far = self._near(), self._far()
        if near is None or far is None:
            # One is gone already: for the other a reset is the nearest to it.
            for end in filter(None, (near, far)):
                end.abandon()
            return True
        programs = (self.client, self.server)
        joined = [any(isinstance(fault, Coalesce) for fault in faults)
                  for faults in (self.to_server, self.to_client)]  # fmt: skip
        there = OneWay(near, far, programs, joined=joined[0], at_once=self.at_once)
        back = OneWay(far, near, programs[::-1], joined=joined[1])
        self._links.append(StreamLink(there, back))
        return True

    def _near(self) -> Peer | None:
        with suppress(Finding):
            return self.client.accept(*self.to_client)
        return None

    def _far(self) -> Peer | None:
        with suppress(Finding):
            return self.server.connect(*self.to_server)
        return None

    def _until(self, condition: Callable[[], bool]) -> Rests | None:
        """Wait for ``condition``; return how the two rest when it is not met."""
        self.start()
        waiting = Both(self)
        while not condition():
            rests = waiting.step()
            if rests is not None and not condition():
                return rests
            self.client.transcript.wait(lambda: False, 0.0005)
        return None

    def come_to_rest(self) -> None:
        """Wait until both rest; judge nothing."""
        self.start()
        self._rests()

    # What we do and expect

    def asks(self, who: Subject) -> bool:
        """Tell whether ``who``, one of the two, waits for the keyboard once both rest."""
        return self._until(lambda: self._at_keyboard(who)) is None

    def type(self, who: Subject, *lines: str) -> None:
        """Wait until ``who`` asks for a line from the keyboard, and type ``lines`` at once.

        Raises:
            Finding: it does not ask.
        """
        rests = self._until(lambda: self._at_keyboard(who))
        if rests is not None:
            expected = message("the {who} asks for a line from the keyboard", who=self._name(who))
            raise self._finding(expected, None, rests)
        who.program.type("\n".join(lines))

    def expect_shown(self, who: Subject, *texts: bytes) -> None:
        """Expect each of ``texts`` in what ``who`` prints, as text or as the bytes it is."""
        rests = self._until(lambda: all(shows(who.screen, text) for text in texts))
        if rests is None:
            return
        printed = who.screen
        missing = next(text for text in texts if not shows(printed, text))
        text = missing.decode("utf-8", "replace")
        expected = message("{text} in what the {who} prints", text=text, who=self._name(who))
        raise self._finding(expected, what_was_printed(printed), rests)

    def shown(self, who: Subject, text: bytes) -> bool:
        """Tell whether ``who`` has printed ``text`` by the time both rest."""
        return self._until(lambda: shows(who.screen, text)) is None

    def expect_stored(self, who: Subject, content: bytes) -> None:
        """Expect a file with exactly ``content`` in the folder of ``who``."""
        rests = self._until(lambda: holds(who.folder, content))
        if rests is None:
            return
        if any(link.late for link in self._links):
            raise NotJudged(message("this machine was too busy to keep the client's pauses"))
        expected = message(
            "the file ({count} bytes) in the {who}'s folder",
            count=len(content),
            who=self._name(who),
        )
        raise self._finding(expected, message("there is no such file"), rests)

    def expect_heard(self, who: Subject, more_than: int = 0) -> None:
        """Expect that ``who`` was sent more than ``more_than`` bytes by the other."""
        rests = self._until(lambda: len(self.heard(who)) > more_than)
        if rests is not None:
            other = self.client if who is self.server else self.server
            expected = message("the {other} says something to the {who}",
                               other=self._name(other), who=self._name(who))  # fmt: skip
            raise self._finding(expected, None, rests)

    def expect_answered(self, data: bytes) -> None:
        """Expect that ``data`` is somewhere in what the server answers the client."""
        rests = self._until(lambda: data in self.heard(self.client))
        if rests is not None:
            heard = self.heard(self.client)[-SHOWN:]
            expected = message("an answer of the server with {data} in it", data=data)
            what = message("{data}", data=heard) if heard else message("no answer")
            raise self._finding(expected, what, rests)

    def expect_ended(self, who: Subject) -> None:
        """Expect that ``who`` ends by itself, without an error."""
        rests = self._until(lambda: not who.program.running)
        if rests is not None or who.program.status != 0:
            expected = message("the {who} ends by itself, without an error", who=self._name(who))
            raise self._finding(expected, None, rests or self._rests())

    def heard(self, who: Subject) -> bytes:
        """Return all that ``who`` was sent by the other since the present client was started."""
        return b"".join(self.pieces(who))

    def pieces(self, who: Subject) -> list[bytes]:
        """Return what ``who`` was sent since the present client was started, piece by piece."""
        return [
            event.data
            for event in who.transcript.events
            if isinstance(event, (Sent, Datagram))
            and event.side == "peer"
            and event.at >= self._since
        ]

    # How it is said

    def _at_keyboard(self, who: Subject) -> bool:
        return bool(who.programs) and asks(who.program, who._look())

    def _name(self, who: Subject) -> Message:
        return message("server") if who is self.server else message("client")

    def _rests(self) -> Rests:
        """Return how both rest; that each has woken once, if it sleeps, is enough."""
        waiting = Both(self, one_round=True)
        while True:
            rests = waiting.step()
            if rests is not None:
                return rests
            self.client.transcript.wait(lambda: False, 0.0005)

    def _finding(self, expected: Message, what: Message | None, rests: Rests) -> Finding:
        for who in self.parts:
            who._expect_no_limit_ended_it()
        doing = self._doing(rests)
        observed = doing if what is None else message("{what}; {doing}", what=what, doing=doing)
        return Finding(expected, observed, rests_on_deadline=not rests.proved)

    def _doing(self, rests: Rests) -> Message:
        """Say of each of the two what it does."""
        if rests.server is None:
            return message("the two go on talking without end")
        return message(
            "the client: {client}; the server: {server}",
            client=self.client.describe(rests.client),
            server=self.server.describe(rests.server),
        )
