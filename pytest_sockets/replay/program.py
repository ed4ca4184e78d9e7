"""How a person starts the program under test, and which address its source names.

Knows targets and what the trace told of bind, connect and sendto. Does not know
the exchange.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from pytest_sockets import command_lines
from pytest_sockets.literals import arguments_of
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Called, Event

Place = tuple[str, int] | str
"""``(host, port)``, or the path of a socket file."""

HOST, PORT, PATH = "127.0.0.1", 8000, "server.sock"

EVERY = {"": HOST, "0.0.0.0": HOST, "localhost": HOST, "::": "::1"}  # noqa: S104
"""What a program may be bound to, and where it is reached then."""

TELLING = {"server": ("bind",), "client": ("connect", "connect_ex", "sendto")}


@dataclass(frozen=True)
class Program:
    """The program that a replay talks with.

    ``start`` is how it is started, empty for a server that already runs;
    ``debug`` the same in Python's debugger, empty where that can't be.
    ``places`` are the addresses that it names, ours first. ``foreign`` is the
    host that it names and that this machine does not have, None otherwise.
    ``refused`` is true when nobody was there for it.
    """

    role: Literal["server", "client"]
    transport: str
    start: str
    debug: str
    places: tuple[Place, ...]
    foreign: str | None = None
    refused: bool = False


def program(
    target: Target, role: Literal["server", "client"], transport: str, events: Sequence[Event]
) -> Program:
    """Return what is known of ``target`` from itself and from the trace in ``events``."""
    named = list(dict.fromkeys(_named(events, TELLING[role])))
    found = [p for p in named if isinstance(p, str) == (transport == "unix")]
    if target.kind == "address":
        found = [target.address[0] if transport == "unix" else target.address]
    if target.told or not found:
        found = [PATH if transport == "unix" else (HOST, PORT)]
    first = found[0]
    foreign = first[0] if isinstance(first, tuple) and not _ours(first[0]) else None
    places = tuple((HOST if foreign == p[0] else EVERY.get(p[0], p[0]), p[1])
                   if isinstance(p, tuple) else p for p in found)  # fmt: skip
    start, debug = _commands(target, places[0])
    refused = any(
        isinstance(e, Called) and e.call.startswith("connect") and e.error for e in events
    )
    return Program(role, transport, start, debug, places, foreign, refused)


def _named(events: Sequence[Event], calls: tuple[str, ...]) -> Iterator[Place]:
    """Yield the addresses that the program's own calls name, in their order."""
    for event in events:
        if isinstance(event, Called) and event.call in calls:
            try:
                last = arguments_of(event.arguments)[-1]
            except ValueError:
                continue
            if isinstance(last, (str, bytes)):
                yield last if isinstance(last, str) else last.decode("utf-8", "replace")
            elif isinstance(last, tuple) and len(last) >= 2 and isinstance(last[1], int):
                yield str(last[0]), last[1]


def _ours(host: str) -> bool:
    """Tell whether this machine has the address ``host``; nobody is asked for a name's address."""
    if host in EVERY or host == socket.gethostname():
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True


def _commands(target: Target, place: Place) -> tuple[str, str]:
    """Return how a person starts ``target`` at ``place``, and how in a debugger."""
    if target.kind == "address":
        return "", ""
    host, port, path = (*place, PATH) if isinstance(place, tuple) else (HOST, PORT, place)
    values = {"host": host, "port": str(port), "path": path}
    if target.kind == "command":
        return command_lines.join(_filled(word, values) for word in target.command), ""
    arguments = [_filled(word, values) for word in target.arguments]
    if target.function:
        whole = {"host": host, "port": port, "address": (host, port), "path": path}
        told = ", ".join(repr(whole[name]) for name in target.takes)
        module = target.module or target.name
        code = f"from {module} import {target.function}; {target.function}({told})"
        return command_lines.join(["python", "-c", code]), ""
    words = ["-m", target.module] if target.module else [file_of(target)]
    words += arguments
    return command_lines.join(["python", *words]), command_lines.join(
        ["python", "-m", "pdb", *words]
    )


def file_of(target: Target) -> str:
    """Return the file of a script as it was named, without arguments and quotes."""
    if target.path is None or PurePath(target.spec).name == target.path.name:
        return target.spec
    return command_lines.split(target.spec)[0]


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word
