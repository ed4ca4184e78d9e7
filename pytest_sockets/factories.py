"""What the fixtures for peers give: functions that start one for a test.

Knows how what was started is stopped, and heard when the test fails. Does not
know pytest's fixtures themselves; see ``fixtures``.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

import pytest

from .faults import Fault
from .findings import Misuse
from .messages import message
from .scripts import Script, ScriptedClient, ScriptedServer
from .scripts.peer import PATIENCE, ScriptedPeer
from .scripts.steps import Transport
from .servers.loop import Loop
from .servers.reference import ReferenceServer, serve
from .testimony import Exchange, look_of, made
from .testimony import Script as ScriptWitness
from .witnesses import call_witness

if TYPE_CHECKING:
    from .roles.running import RunningProgram

LONGEST_PATH = 100
"""Bytes of a path that every system can bind (sun_path of unix(7): 108; 104 on macOS)."""

_S = TypeVar("_S", bound="_Started")
_P = TypeVar("_P", bound=ScriptedPeer)


def socket_path(request: pytest.FixtureRequest) -> str | None:
    """Return where a socket file may lie, among what pytest itself clears away; None for elsewhere.

    So not even a test that is killed leaves it behind for ever.
    """
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    path = str(factory.mktemp("socket") / "server")
    return path if len(os.fsencode(path)) <= LONGEST_PATH else None


class _Started:
    """Things that were started for ``request``; leaving the context stops them."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.request = request
        self.stack = contextlib.ExitStack()

    def __enter__(self: _S) -> _S:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True
        self.stack.close()


class _Scripts(_Started):
    """Scripted peers of a test: it fails when one of their steps was not met."""

    def _heard(self, peer: _P) -> _P:
        witness = ScriptWitness(peer, look_of(self.request.config))
        self.stack.callback(witness.finish)
        call_witness(self.request, witness)
        return peer


class ScriptedServers(_Scripts):
    """Start scripted servers: ``scripted_server(script, …)``."""

    def __call__(
        self,
        *scripts: Script,
        transport: Transport = "tcp",
        host: str = "127.0.0.1",
        port: int = 0,
        path: str | None = None,
        patience: float = PATIENCE,
        faults: Sequence[Fault] = (),
    ) -> ScriptedServer:
        """Return a server that plays the first of ``scripts`` with the first connection, and so on.

        ``transport`` is "tcp", "udp" or "unix"; ``host`` is numeric, a ``port`` of 0 one that is
        free, ``path`` that of a socket file; ``patience`` is how long, in seconds, each next step
        of the code under test is waited for; what is said goes through ``faults``.

        Raises:
            Misuse: a script can't be played.
            OSError: the address can't be bound.
        """
        __tracebackhide__ = True
        options: dict[str, Any] = {"transport": transport, "host": host, "port": port}
        if transport == "unix" and path is None:
            path = socket_path(self.request)
        options |= {"path": path, "patience": patience, "faults": faults}
        return self._heard(made(lambda: ScriptedServer(*scripts, **options)))


class ScriptedClients(_Scripts):
    """Start scripted clients: ``scripted_client(script, address)``."""

    def __call__(
        self,
        script: Script,
        address: object,
        *,
        transport: Transport | None = None,
        patience: float = PATIENCE,
        faults: Sequence[Fault] = (),
    ) -> ScriptedClient:
        """Return a client that has connected to ``address`` and plays ``script``.

        ``address`` is ``(host, port)``, a port of 127.0.0.1, a path, or anything with an attribute
        ``address``, such as a server of another fixture, which tells its transport as well; the
        other arguments are those of a scripted server.

        Raises:
            Misuse: the script can't be played, or nobody takes the connection.
        """
        __tracebackhide__ = True
        options: dict[str, Any] = {"transport": transport, "patience": patience, "faults": faults}
        return self._heard(made(lambda: ScriptedClient(script, address, **options)))


class ReferenceServers(_Started):
    """Start reference servers: ``reference_server(exercise, …)``.

    ``child`` starts one in a process.
    """

    def __init__(
        self,
        request: pytest.FixtureRequest,
        loop: Loop,
        child: Callable[[str], RunningProgram],
    ) -> None:
        super().__init__(request)
        self._loop = loop
        self._child = child

    @overload
    def __call__(
        self,
        exercise: str,
        *,
        process: Literal[False] = False,
        host: str = "127.0.0.1",
        port: int = 0,
        path: str | None = None,
        **options: Any,
    ) -> ReferenceServer: ...

    @overload
    def __call__(self, exercise: str, *, process: Literal[True]) -> RunningProgram: ...

    def __call__(
        self, exercise: str, *, process: bool = False, **options: Any
    ) -> ReferenceServer | RunningProgram:
        """Return the reference server of ``exercise``, which listens already.

        It runs in this process, for any number of clients, or with ``process`` the reference
        program in a process of its own, as it stands. In this process ``host`` is numeric, a
        ``port`` of 0 one that is free, ``path`` where an AF_UNIX server listens; the other
        ``options`` are those of the exercise, such as ``reply`` of tcp-hello.

        Raises:
            Misuse: there is no such server, or it takes no such option.
            OSError: the address can't be bound.
        """
        __tracebackhide__ = True
        if process:
            return made(lambda: self._in_a_process(exercise, options))
        if exercise.startswith("unix-") and options.get("path") is None:
            options["path"] = socket_path(self.request)
        server = made(lambda: serve(self._loop, exercise, **options))
        self.stack.callback(server.stop)
        if self.request.scope == "function":
            name = f"{exercise} server"
            witness = Exchange(server.transcript, look_of(self.request.config), name)
            call_witness(self.request, witness)
        return server

    def _in_a_process(self, exercise: str, options: dict[str, Any]) -> RunningProgram:
        for name in options:
            raise Misuse(
                message("{name}: a reference program takes no options, so not in a process",
                        name=name)
            )  # fmt: skip
        program = self._child(exercise)
        program.wait_listening()
        return program
