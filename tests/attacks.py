"""Runs hostile programs: graded in full containment, or once with as little as every system has."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import Homework, references, scorecard
from hostility import Hostile, World

from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Place, Runner
from pytest_sockets.programs.program import Program
from pytest_sockets.results import Outcome, Scorecard
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Sent
from pytest_sockets.wire.transcript import Transcript

LIMIT = 30.0
ENDING, PAUSE = 10.0, 0.005
OTHER_SEED = 4711


@dataclass(frozen=True)
class Traces:
    """What a program has said, and what is not as it was before it ran.

    ``secrets`` are those of the grader and of others that it came to know and told.
    """

    said: bytes
    secrets: list[str]
    changed: list[str]
    connected: list[str]
    left: list[str]

    @property
    def shown(self) -> dict[str, bool]:
        """Tell for each way in which a program can give itself away whether it has."""
        return {
            "change": bool(self.changed),
            "connection": bool(self.connected),
            "secret": bool(self.secrets),
            "got": bool(lines(self.said, "got")),
        }


@dataclass(frozen=True)
class Attack:
    """What came of a hostile program: its grade, its traces, and the grade of a reference after."""

    card: Scorecard
    traces: Traces
    following: Scorecard


def attack(hostile: Hostile, runner: Runner, answers: Mapping[str, str]) -> Attack:
    """Grade the program in a world of its own, and then, by the same runner, a reference."""
    name = f"tcp_echo_{hostile.role}"
    reference = next(each for each in references() if each.path.stem == name)
    with World(hostile, answers) as world:
        ran, before = set(processes.tree(os.getpid())), _own_state()
        card = scorecard(world.homework, runner)
        after, text = _own_state(), said(card)
        traces = Traces(
            said=text,
            secrets=world.told(text),
            changed=world.changed() + [name for name in before if before[name] != after[name]],
            connected=world.connected(),
            left=[*world.left(), *_left(ran), *_listening(runner, world.homework)],
        )
        return Attack(card, traces, following=scorecard(reference, runner))


def _own_state() -> dict[str, object]:
    """Return what somebody could have changed in this process."""
    return {
        "environment": dict(os.environ),
        "working directory": str(Path.cwd()),
        "signal handlers": {each: signal.getsignal(each) for each in signal.Signals},
        "outcomes": {each.name: each.value for each in Outcome},
    }


def _left(ran: set[int]) -> list[str]:
    """Return the processes below this one that were not there before, and do not end either.

    Who watched over a program says that it is gone, and ends after that.
    """
    pause = Transcript()
    for _ in range(int(ENDING / PAUSE)):
        found = [pid for pid in set(processes.tree(os.getpid())) - ran if processes.alive(pid)]
        if not found:
            break
        pause.wait(lambda: False, PAUSE)
    return [f"process {pid}" for pid in found]


def _listening(runner: Runner, homework: Homework) -> list[str]:
    """Return who listens in the network in which the program ran, where it is nobody else's."""
    target = find(homework.path.name, folder=homework.path.parent)[0]
    with contextlib.closing(runner.place(target)) as place:
        alone = "network" in place._contained.layers
        rows = place.diag.dump("tcp", ["LISTEN"]) if place.diag is not None and alone else []
        return [f"listener {row.local}" for row in rows]


def uncontained(hostile: Hostile, runner: Runner) -> Traces:
    """Run the program once, let it try what it wants, and say a line to it."""
    with World(hostile, {}) as world:
        homework = world.homework
        target = find(homework.path.name, folder=homework.path.parent)[0]
        place = runner.place(target)
        try:
            talk = _as_client if hostile.role == "server" else _as_server
            program, heard = talk(place)
        finally:
            place.close()
        text = program.stdout + heard
        return Traces(text, world.told(text), world.changed(), world.connected(), world.left())


def _as_client(place: Place) -> tuple[Program, bytes]:
    """Start a server, and wait until it listens: then it has tried."""
    program = place.start(Transcript())
    pause = threading.Event()
    for _ in range(int(LIMIT / 0.02)):
        listening = {port for _, port in place.sockets(program, "tcp")}
        if not program.running or listening & set(place.ports):
            break
        pause.wait(0.02)
    return program, b""


def _as_server(place: Place) -> tuple[Program, bytes]:
    """Be the server of a client, and hear what it says."""
    with socket.create_server(("127.0.0.1", place.port)) as listener:
        listener.settimeout(LIMIT)
        program = place.start(Transcript(), peers=(place.port,))
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(LIMIT)
            program.type("hello")
            return program, connection.recv(4096)


def answers(runner: Runner) -> dict[str, str]:
    """Return what a run with another seed was sent, each with the right answer, in hex."""
    reference = next(each for each in references() if each.path.stem == "tcp_echo_server")
    card = scorecard(reference, runner, OTHER_SEED)
    sent = [event.data for r in card.results for event in r.transcript if isinstance(event, Sent)]
    return {data.hex(): data.decode("utf-8", "replace") for data in sent}


def said(card: Scorecard) -> bytes:
    """Return all that is kept of what a program printed, sent and was seen to do."""
    data = [b"".join(getattr(event, "data", b"") for event in r.transcript) for r in card.results]
    return b"\n".join(data) + b"\n" + repr(card).encode()


def lines(text: bytes, word: str) -> list[str]:
    """Return what a program said of its tries behind ``word``, each once."""
    found = re.findall(rb"^" + word.encode() + rb": (.*)$", text, re.MULTILINE)
    return list(dict.fromkeys(line.decode("utf-8", "replace") for line in found))
