"""Reference programs to play against: a server for one's own client, a client for one's own server.

Knows how a reference program is started behind a proxy, and how its exchange is
followed while it goes on. Does not know how it is drawn, nor a command line.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .behaviours import Role
from .exercises import Exercise
from .faults.fault import Fault
from .findings import Misuse
from .hand_programs import HandProgram
from .kernel.held import hold_port
from .messages import message
from .references import Reference, reference
from .servers.loop import Loop
from .servers.reference import HERE, serve
from .wire.events import Address, Event, Exited, Side
from .wire.proxy import Proxy, open_proxy
from .wire.transcript import Transcript
from .wire.upstream import Kind, refuses, upstream_of

LOOK_AGAIN = 0.02
"""Seconds between two looks at what tells nothing by itself."""

LINGER = 1.0
"""Seconds that the other side has to end its own half when the reference program has ended."""

PATIENCE = 10.0
"""Seconds after which an event is looked for although none was told."""

_SIDES: dict[Side, Side] = {"program": "client", "peer": "server"}


@dataclass(frozen=True)
class Play:
    """An exchange that goes on: where the server is, and what happens.

    ``proxy`` is what carries it, None where nobody stands between. ``over`` tells
    whether the reference program has ended.
    """

    address: Address | str
    transcript: Transcript
    proxy: Proxy | None = None
    over: Callable[[], bool] = lambda: False

    def events(self) -> Iterator[Event]:
        """Yield what happens, as soon as it happens, until the reference program has ended.

        Its end comes last. Sides are "client" and "server". It ends as well when
        more has happened than is kept.
        """
        seen: set[int] = set()
        while True:
            known, end = self._count(), None
            for event in self._new(seen):
                if isinstance(event, Exited):
                    end = event
                else:
                    yield event
            if end is not None:
                self._settle()
                yield from self._new(seen)
                yield end
            if end is not None or self.full:
                return
            self._await_more_than(known)

    @property
    def full(self) -> bool:
        """True once more has happened than is kept; the exchange goes on."""
        return self.transcript.dropped > 0

    def wait(self) -> None:
        """Wait until the reference program has ended."""
        while not self.over():
            self.transcript.wait(self.over, LOOK_AGAIN)

    def _await_more_than(self, known: int) -> None:
        self.transcript.wait(lambda: self._count() > known, PATIENCE)

    def _count(self) -> int:
        return len(self.transcript.events) + self.transcript.dropped

    def _new(self, seen: set[int]) -> Iterator[Event]:
        for event in self.transcript.events:
            if id(event) not in seen:
                seen.add(id(event))
                yield replace(event, side=_SIDES.get(event.side, event.side))

    def _settle(self) -> None:
        """Give the other program a moment to end its side of the connection."""
        until = time.monotonic() + LINGER
        while getattr(self.proxy, "connections", ()) and time.monotonic() < until:
            self.transcript.wait(lambda: False, LOOK_AGAIN)


@contextlib.contextmanager
def serving(
    exercise: Exercise, where: Mapping[str, Any], faults: Sequence[Fault] = ()
) -> Iterator[Play]:
    """Yield the play of the reference server of ``exercise``, which listens already.

    ``where`` holds ``host`` and ``port``, or ``path``, as far as they are to be chosen;
    ``faults`` befall what the server says. A server that asks at the keyboard, or that
    stores files, is a process of its own and ends as its exercise says; any other goes
    on and serves any number of clients.

    Raises:
        Misuse: there is no such server, it listens at no such place, or a fault does not fit.
        OSError: the address can't be used.
    """
    program = _program(exercise, "server")
    _check(exercise, program, where)
    with contextlib.ExitStack() as stack:
        place = _place(program, where)
        if exercise.name not in HERE:
            yield _in_a_process(stack, exercise, program, place, faults)
            return
        loop = Loop()
        stack.callback(loop.close)
        with _bound_at(place):
            own = {} if faults else place
            server = stack.enter_context(serve(loop, exercise.name, **own))
        if faults:
            yield _behind_a_proxy(stack, exercise, server.address, place, faults)
        else:
            yield Play(server.address, server.transcript)


@contextlib.contextmanager
def talking(
    exercise: Exercise, server: Address | str, faults: Sequence[Fault] = ()
) -> Iterator[Play]:
    """Yield the play of the reference client of ``exercise`` with ``server``.

    ``server`` is ``(host, port)`` or a path; ``faults`` befall what the client says.

    Raises:
        Misuse: there is no such client, or a fault does not fit.
        ConnectionRefusedError: nobody listens there.
    """
    program = _program(exercise, "client")
    upstream = upstream_of(server, _kind(exercise))
    if refuses(upstream):
        text = "nobody listens at {name}: start the server first"
        raise ConnectionRefusedError(str(message(text, name=upstream.name)))
    with open_proxy(server, kind=_kind(exercise), to_server=faults, may_refuse=True) as proxy:
        told = [proxy.address] if isinstance(proxy.address, str) else proxy.address
        with HandProgram(program, told, proxy.transcript, "client") as started:
            yield Play(server, proxy.transcript, proxy, started.over)


def _program(exercise: Exercise, role: Role) -> Reference:
    found = reference(exercise, role)
    if found is None:
        text = "there is no reference {role} for {exercise}"
        raise Misuse(message(text, role=role, exercise=exercise.name))
    return found


def _check(exercise: Exercise, program: Reference, where: Mapping[str, Any]) -> None:
    takes = program.parameters
    for name in where:
        if name not in takes:
            text = "{name}: {exercise} listens at a host and a port"
            if takes == ["path"]:
                text = "{name}: {exercise} listens at a path"
            raise Misuse(message(text, name=name, exercise=exercise.name))


def _kind(exercise: Exercise) -> Kind | None:
    return None if exercise.transport == "none" else exercise.transport


def _place(program: Reference, where: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a server listens: as wanted, else on 127.0.0.1 at the tutorial's port."""
    usual = dict(zip(program.parameters, program.address, strict=True))
    local = {"host": "127.0.0.1"} if "host" in usual else {}
    return {**usual, **local, **where}


@contextlib.contextmanager
def _bound_at(place: Mapping[str, Any]) -> Iterator[None]:
    """Name the address in an error that says that it can't be used."""
    try:
        yield
    except OSError as error:
        where = place.get("path") or (place.get("host"), place.get("port"))
        text = "{where} can't be used: {why}; choose another one"
        raise OSError(str(message(text, where=where, why=error.strerror))) from error


def _in_a_process(
    stack: contextlib.ExitStack,
    exercise: Exercise,
    program: Reference,
    place: Mapping[str, Any],
    faults: Sequence[Fault],
) -> Play:
    port = stack.enter_context(hold_port("udp" if exercise.transport == "udp" else "tcp"))
    play = _behind_a_proxy(stack, exercise, port.address, place, faults)
    started = HandProgram(program, port.address, play.transcript, "server")
    stack.enter_context(started)
    upstream = upstream_of(port.address, _kind(exercise))
    while refuses(upstream) and not started.ends_within(LOOK_AGAIN):
        pass
    return replace(play, over=started.over)


def _behind_a_proxy(
    stack: contextlib.ExitStack,
    exercise: Exercise,
    server: Address | str,
    place: Mapping[str, Any],
    faults: Sequence[Fault],
) -> Play:
    front = {"path": place["path"]} if "path" in place else {"at": (place["host"], place["port"])}
    options = {"kind": _kind(exercise), "to_client": faults, "may_refuse": True, **front}
    with _bound_at(place):
        proxy = stack.enter_context(open_proxy(server, **options))
    return Play(proxy.address, proxy.transcript, proxy)
