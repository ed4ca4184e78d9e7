"""Our end of a conversation in UDP datagrams: one socket, one address.

Knows datagrams and how to read until nothing more will come. Does not know
which exercise is graded; it never sleeps to decide.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from types import TracebackType

from pytest_sockets.findings import Finding
from pytest_sockets.kernel.readiness import readable
from pytest_sockets.messages import Message, message, one_of, size_of

from .events import Address, Datagram, Side
from .stream import FIRST_LOOK, LAST_LOOK, on_deadline
from .surroundings import End, Surroundings

LARGEST = 65535

MOST_DATAGRAMS = 10_000
"""Datagrams after which a program that sends on and on is listened to no longer."""


class DatagramPeer:
    """A UDP socket of ours that talks with the program.

    ``number`` counts our sockets from 1. ``remote`` is the program's address,
    ``(host, port)``: the one that was given or, where none was, that from which
    the latest datagram came, None until there was one.
    """

    def __init__(
        self,
        sockets: Iterable[socket.socket],
        number: int,
        surroundings: Surroundings,
        remote: Address | None = None,
    ) -> None:
        self._sockets = list(sockets)
        self.number = number
        self.local: Address = self._sockets[0].getsockname()[:2]
        self.remote = remote
        self._answers = remote is None
        self.closed = False
        self._around = surroundings
        self._waiting_datagrams: list[tuple[bytes, Address]] = []
        for sock in self._sockets:
            sock.setblocking(False)  # noqa: FBT003

    def send(self, *datagrams: bytes) -> None:
        """Send each of ``datagrams`` to the program.

        Raises:
            ValueError: the program has not sent yet, so that its address is unknown,
                or none of our sockets speaks its version of IP.
        """
        for data in datagrams:
            if self.remote is None:
                raise ValueError("there is nobody to send to before the program has sent")
            sock, at = self._socket_towards(self.remote), self._around.transcript.now()
            sock.sendto(data, self.remote)
            self._note("peer", data, sock.getsockname()[:2], self.remote, at)

    def _socket_towards(self, remote: Address) -> socket.socket:
        family = socket.AF_INET6 if ":" in remote[0] else socket.AF_INET
        for sock in self._sockets:
            if sock.family == family:
                return sock
        raise ValueError(f"no socket of ours can reach {remote[0]}")

    def expect(self, data: bytes) -> Address:
        """Expect ``data`` as the next datagram; return its sender, ``(host, port)``."""
        return self._expect_in(
            (data,), message("a datagram with {data} ({size})", data=data, size=size_of(data))
        )[1]

    def expect_one_of(self, *datagrams: bytes) -> bytes:
        """Expect one of ``datagrams`` as the next one and return it."""
        either = one_of(repr(data) for data in datagrams)
        return self._expect_in(datagrams, message("a datagram with {either}", either=either))[0]

    def _expect_in(self, right: tuple[bytes, ...], expected: Message) -> tuple[bytes, Address]:
        end = self._gather(1)
        if self._waiting_datagrams and self._waiting_datagrams[0][0] in right:
            return self._waiting_datagrams.pop(0)
        got = self._waiting_datagrams[0][0] if self._waiting_datagrams else None
        raise Finding(
            expected,
            self._observed(got, end),
            difference=(_nearest(right, got), got) if got is not None else None,
            rests_on_deadline=on_deadline(end),
            connection=self.number,
        )

    def expect_set(self, datagrams: Iterable[bytes]) -> None:
        """Expect these datagrams next, in any order; what comes after them stays unread."""
        wanted = list(datagrams)
        end = self._gather(len(wanted))
        got = [data for data, _ in self._waiting_datagrams[: len(wanted)]]
        missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
        if not missing:
            del self._waiting_datagrams[: len(wanted)]
            return
        what = message(
            "{count} of them; missing {missing}",
            count=len(got) - extra.total(),
            missing=repr(list(missing.elements())),
        )
        if extra:
            what = message(
                "{what}, unexpected {extra}", what=what, extra=repr(list(extra.elements()))
            )
        raise Finding(
            message("{count} datagrams: {all}", count=len(wanted), all=repr(wanted)),
            what if end is None else message("{what}, then {how}", what=what, how=self._how(end)),
            rests_on_deadline=on_deadline(end) and not extra,
            connection=self.number,
        )

    def expect_any(self) -> tuple[bytes, Address]:
        """Expect a datagram; return its contents and its sender, ``(host, port)``."""
        end = self._gather(1)
        if self._waiting_datagrams:
            return self._waiting_datagrams.pop(0)
        raise Finding(
            message("a datagram"),
            self._observed(None, end),
            rests_on_deadline=on_deadline(end),
            connection=self.number,
        )

    def expect_nothing(self, until: Message | None = None) -> None:
        """Expect that the program sends nothing (more) of its own accord now.

        ``until`` tells what it has to wait for, such as "the one before is answered".
        """
        nothing = message("no datagram")
        waiting = self._around.watch(one_round=True)
        while not self._waiting_datagrams and waiting.step() is None:
            self._look(FIRST_LOOK)
        self._look(0)
        if self._waiting_datagrams:
            raise Finding(
                message("{nothing} until {moment}", nothing=nothing, moment=until)
                if until
                else nothing,
                self._observed(self._waiting_datagrams[0][0], None),
                connection=self.number,
            )

    def hear(self) -> bool:
        """Wait for a datagram, or rest; tell whether one is there, and judge nothing."""
        self._gather(1, one_round=True)
        return bool(self._waiting_datagrams)

    def received_so_far(self) -> list[bytes]:
        """Return the datagrams that come until the program rests."""
        self._gather(MOST_DATAGRAMS, one_round=True)
        data = [datagram for datagram, _ in self._waiting_datagrams]
        self._waiting_datagrams.clear()
        return data

    def take(self) -> list[tuple[bytes, Address]]:
        """Return the datagrams that have come by now, each with its sender, without waiting."""
        while self._look(0):
            pass
        taken, self._waiting_datagrams = self._waiting_datagrams, []
        return taken

    def close(self) -> None:
        """Close our sockets; UDP tells nobody."""
        self.closed = True
        for sock in self._sockets:
            sock.close()

    def __enter__(self) -> DatagramPeer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _gather(self, count: int, *, one_round: bool = False) -> End | None:
        """Read until ``count`` datagrams are there or the program rests."""
        waiting = self._around.watch(one_round=one_round)
        pause = FIRST_LOOK
        while len(self._waiting_datagrams) < count:
            if self._look(pause):
                waiting, pause = self._around.watch(one_round=one_round), FIRST_LOOK
                continue
            end = waiting.step()
            # It may have sent between our look and the proof.
            if end is not None and not self._look(0):
                return end
            pause = min(pause * 2, LAST_LOOK)
        return None

    def _look(self, pause: float) -> bool:
        """Wait up to ``pause`` seconds for datagrams; True when some have come."""
        before = len(self._waiting_datagrams)
        for sock in readable(self._sockets, pause):
            try:
                data, sender = sock.recvfrom(LARGEST)
            except OSError:
                # A datagram of ours was refused (ICMP): the silence itself tells.
                continue
            self._waiting_datagrams.append((data, sender[:2]))
            if self._answers:
                self.remote = sender[:2]
            self._note("program", data, sender[:2], sock.getsockname()[:2])
        return len(self._waiting_datagrams) > before

    def _note(
        self, side: Side, data: bytes, local: Address, remote: Address, at: float | None = None
    ) -> None:
        transcript = self._around.transcript
        transcript.add(
            Datagram(
                at=transcript.now() if at is None else at,
                side=side,
                connection=self.number,
                data=data,
                local=local,
                remote=remote,
            )
        )

    def _observed(self, data: bytes | None, end: End | None) -> Message:
        if data is None:
            what = message("no datagram")
        else:
            what = message("a datagram with {data} ({size})", data=data, size=size_of(data))
        return what if end is None else message("{what}; {how}", what=what, how=self._how(end))

    def _how(self, end: End) -> Message:
        return self._around.describe(end)


def _nearest(right: tuple[bytes, ...], got: bytes) -> bytes:
    """Return what ``got`` was most likely meant to be: text as plain, with the same beginning."""
    return max(right, key=lambda data: (data.isascii() == got.isascii(), _alike(data, got)))


def _alike(one: bytes, other: bytes) -> int:
    """Return with how many equal bytes both begin."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)
