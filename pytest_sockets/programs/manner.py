"""Learns how a script is told its address where it asks for one: as arguments, or by keyboard.

A script is tried a few times until it uses the address that it was given: the
first bind, connect or sendto that its trace reports tells. Nothing is judged by
it. Knows usage errors and the usual orders. Not learned are an address in the
environment, questions before those for the address, and what a module beside
the script asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..wire.events import Called
from .program import Program
from .rest import Look, Watch

Role = Literal["server", "client"]

HOST, PORT = "127.0.7.1", "23457"
"""What is given: nobody writes it down by chance, and it is mapped like any other address."""

ORDERS = ((HOST, PORT), (PORT,), (PORT, HOST), (f"{HOST}:{PORT}",))
ENTERED = re.compile(rb"\binput\b|\bstdin\b")
GIVEN = re.compile(rb"\bargv\b|argparse|getopt|optparse|\bclick\b|\btyper\b|\bfire\b")
REQUIRED = re.compile(r"arguments are required: (.+)|Missing (?:option|argument) '([^']+)")
REACHING = ("connect", "connect_ex", "sendto", "sendmsg")
PAUSE = 0.0005


@dataclass(frozen=True)
class Manner:
    """What a script is started with: its arguments, and the lines it is typed at once."""

    arguments: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """What came of one try: which calls with an address were seen, and what was typed before."""

    manner: Manner
    calls: Sequence[Called]
    output: str
    ended: bool

    def acts_as(self, role: Role) -> bool:
        """Tell whether it did what this role does."""
        names = {call.call for call in self.calls}
        if role == "server":
            return "bind" in names and not names & set(REACHING)
        return bool(names & set(REACHING))

    @property
    def uses_it(self) -> bool:
        """True when a host or port that was given is in the address that it used."""
        words = {*self.manner.arguments, *self.manner.lines} & {*sum(ORDERS, ())}
        given = {part for word in words for part in word.split(":")}
        used = re.findall(r"\('([^']*)', (\d+)", " ".join(_address(call) for call in self.calls))
        return any(given & set(pair) for pair in used)


def learn(
    source: bytes,
    role: Role,
    run: Callable[[Manner], Program],
    look: Look,
    told: tuple[str, ...] = (),
) -> Manner:
    """Return how the script has to be started so that it acts in its ``role``.

    ``run`` starts it; ``told`` are the arguments that the user gave it. A script
    whose ``source`` takes no arguments and reads no keyboard is not tried; one
    that does well without either, or never does, is started with ``told`` only.
    """
    keyboard, arguments = ENTERED.search(source), GIVEN.search(source)
    if not (keyboard or arguments):
        return Manner(told)
    first = tried = _try(Manner(told, ORDERS[0]), role, run, look)
    orders = iter(ORDERS[1:])
    while tried.manner.lines and not tried.calls and (lines := next(orders, None)):
        tried = _try(Manner(told, lines), role, run, look)
    if tried.acts_as(role):
        # What else a server asks before it listens has to be answered; a client's lines are
        # those of the exercise.
        return tried.manner if tried.uses_it or role == "server" else Manner(told)
    hopeless = told or first.manner.lines or not (arguments and (first.ended or first.calls))
    for words in () if hopeless else _arguments(first, role):
        tried = _try(Manner(words, ORDERS[0]), role, run, look)
        if tried.acts_as(role) and (tried.uses_it or not {*words} & {HOST, PORT}):
            return Manner(words, tried.manner.lines if tried.uses_it else ())
    return Manner(told)


def _arguments(first: Tried, role: Role) -> Iterator[tuple[str, ...]]:
    """Yield what the script may be waiting for; who took another role is only told its own."""
    if not first.calls:
        for found in REQUIRED.finditer(first.output):
            yield tuple(_filled((found[1] or found[2]).split(", "), role))
        yield from ORDERS[:3]
    yield (role,)
    yield (role, HOST, PORT)
    yield (role, PORT)
    yield (f"--{role}",)
    yield (f"-{role[0]}",)
    yield (role[0],)


def _filled(names: Sequence[str], role: Role) -> Iterator[str]:
    """Yield arguments for what argparse or click says is missing, such as ``-p/--port``."""
    for name in names:
        option = name.split("/")[-1].strip()
        if option.startswith("-"):
            yield option
        yield _value(option.lower(), role)


def _value(name: str, role: Role) -> str:
    if "port" in name or name == "-p":
        return PORT
    return role if any(word in name for word in ("mode", "role", "type")) else HOST


def _try(manner: Manner, role: Role, run: Callable[[Manner], Program], look: Look) -> Tried:
    """Start the script, type ``manner.lines`` as it asks, and stop at its first address."""
    program, typed = run(Manner(manner.arguments)), 0
    watch = Watch(program, look, one_round=True)
    while not _acted(program, role):
        rest = watch.step()
        if rest is not None:
            # Its trace may have come since it was looked at: bind and listen before the question.
            if _asked(program) <= typed or typed == len(manner.lines) or _acted(program, role):
                break
            program.type(manner.lines[typed])
            typed, watch = typed + 1, Watch(program, look, one_round=True)
        program.transcript.wait(lambda: not program.running, PAUSE)
    calls = [call for call in program.transcript.of(Called) if call.call in ("bind", *REACHING)]
    output = (program.stdout + program.stderr).decode("utf-8", "replace")
    ended = not program.running
    program.end()
    return Tried(Manner(manner.arguments, manner.lines[:typed]), calls, output, ended)


def _acted(program: Program, role: Role) -> bool:
    """Tell whether the role it takes is clear: who has bound may still be a client of UDP."""
    names = {call.call for call in program.transcript.of(Called)}
    return bool(names & {*REACHING, "listen"}) or (role == "server" and "bind" in names)


def _asked(program: Program) -> int:
    return sum(call.entered for call in program.transcript.of(Called) if call.call == "input")


def _address(call: Called) -> str:
    """Return the address among the call's arguments: the last of them, a tuple."""
    found = re.search(r"\('[^']*', \d+[^()]*\)$", call.arguments)
    return found[0] if found else ""
