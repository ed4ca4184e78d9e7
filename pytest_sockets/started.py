"""What the fixture ``program`` gives: a function that starts a program for a test.

Knows how a target is found from a test, and how what was started is stopped and
heard when the test fails.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType

import pytest

from .faults import Fault, ShortRecv, ShortSend
from .findings import Misuse
from .messages import message
from .programs.manner import Role
from .programs.place import Runner
from .reports.evidence import labelled
from .reports.look import Look
from .reports.wording import STDERR, STDOUT, lines_of
from .roles.running import RunningProgram
from .scripts.client import destination
from .targets import BadTarget, Target, find
from .testimony import look_of, made
from .witnesses import call_witness

LINES = 40
REFERENCE, SERVER = "pytest_sockets.reference", "_server.py"


class Programs:
    """Start programs: ``program(target, …)``. Leaving the context stops them."""

    def __init__(self, request: pytest.FixtureRequest, runner: Runner) -> None:
        self._request = request
        self._runner = runner
        self._stack = contextlib.ExitStack()

    def __call__(
        self,
        target: str | PathLike[str],
        *,
        server: object = None,
        role: Role | None = None,
        faults: Sequence[Fault] = (),
    ) -> RunningProgram:
        """Return ``target``, which runs in a process of its own.

        ``target`` is what ``--target`` takes, seen from the folder of the test: a script with its
        arguments, a function of a module, or "cmd:…", which has to take its address as {host} and
        {port}. A script's own address is mapped to a free port. ``server`` is where a client finds
        its server, whatever address it names: a port of 127.0.0.1, ``(host, port)``, or something
        with an ``address``. With a ``role``, a script that asks for its address is told it.
        ``faults`` are ShortSend and ShortRecv, for a Python program.

        Raises:
            Misuse: there is no such target, nobody could reach it, or a fault does not fit.
            OSError: the system would not start it.
        """
        __tracebackhide__ = True
        return made(lambda: self._started(fspath(target), server, role, faults))

    def reference(self, exercise: str) -> RunningProgram:
        """Return the reference server of ``exercise`` in a process of its own.

        Raises:
            Misuse: there is none.
        """
        __tracebackhide__ = True
        return made(lambda: self._started(_reference(exercise), None, None))

    def _started(
        self, spec: str, server: object, role: Role | None, faults: Sequence[Fault] = ()
    ) -> RunningProgram:
        target = _target(spec, self._folder)
        caps = _caps(target, faults)
        peers = () if server is None else (_port(server),)
        place = self._runner.place(target)
        place.caps = caps
        try:
            program = RunningProgram(place, self._runner.quiet, peers=peers, role=role)
        except BaseException:
            place.close()
            raise
        self._stack.callback(program.stop)
        if self._request.scope == "function":
            witness = Printed(program, look_of(self._request.config), Path(spec).name)
            call_witness(self._request, witness)
        return program

    @property
    def _folder(self) -> Path:
        function = self._request.scope == "function"
        return self._request.path.parent if function else self._request.config.rootpath

    def __enter__(self) -> Programs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


class Printed:
    """A program as a witness: what it has printed."""

    def __init__(self, program: RunningProgram, look: Look, name: str) -> None:
        self.quiet = False
        self._program = program
        self._look = look
        self._name = name

    def judge(self) -> None:
        """Accuse nobody."""

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield the end of what it printed."""
        told: list[str] = []
        for label, data in ((STDOUT, self._program.stdout), (STDERR, self._program.stderr)):
            lines = [self._look.spell(f"│ {line}") for line in lines_of(data, LINES)]
            told += labelled(label, lines, self._look) if lines else []
        nothing = self._look.say(message("it printed nothing"))
        yield f"program {self._name}", "\n".join(told) or nothing


def _caps(target: Target, faults: Sequence[Fault]) -> tuple[int, int]:
    """Return the most bytes that the program's send and recv move, 0 for no cap."""
    for fault in faults:
        if not isinstance(fault, (ShortSend, ShortRecv)):
            text = "faults: {fault} does not work inside a program; ShortSend and ShortRecv do"
            raise Misuse(message(text, fault=repr(fault)))
        if target.kind == "command":
            text = "faults: {fault} works inside Python programs only, and {spec} is a command"
            raise Misuse(message(text, fault=repr(fault), spec=target.spec))
    sent, received = (
        [fault.most for fault in faults if isinstance(fault, kind)]
        for kind in (ShortSend, ShortRecv)
    )
    return min(sent, default=0), min(received, default=0)


def _target(spec: str, folder: Path) -> Target:
    try:
        found = find(spec, folder=folder)
    except BadTarget as error:
        raise Misuse(message("target: {problem}", problem=error.problem)) from None
    if len(found) > 1:
        raise Misuse(message("target: {spec} names {count} programs", spec=spec, count=len(found)))
    target = found[0]
    if target.kind == "address":
        raise Misuse(message("target: {spec} runs already: there is nothing to start", spec=spec))
    if target.kind == "command" and not target.told:
        raise Misuse(
            message(
                "target: nobody can tell where this command listens: "
                "write {host} and {port} into it where it takes its address",
                host="{host}",
                port="{port}",
            )
        )
    return target


def _port(server: object) -> int:
    where = destination(server)
    if isinstance(where, str):
        raise Misuse(message("server: {where} is a path, and a port is needed", where=where))
    return where[1]


def _reference(exercise: str) -> str:
    folder = Path(importlib.import_module(REFERENCE).__path__[0])
    path = folder / f"{exercise.replace('-', '_')}{SERVER}"
    if not path.is_file() or "_" in exercise:
        names = sorted(p.name.removesuffix(SERVER) for p in folder.glob(f"*{SERVER}"))
        raise Misuse(
            message(
                "exercise: there is no reference server {name}; there are {names}",
                name=repr(exercise),
                names=", ".join(name.replace("_", "-") for name in names),
            )
        )
    return str(path)
