"""What a child is asked to run, in the form both sides understand.

Knows the fields of a request, and how a target becomes one. Does not know
exercises, nor how a child is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..messages import Message, message
from ..targets import Target

Kind = Literal["script", "function", "command", "call"]

HOST = "127.0.0.1"

SLOW = (
    "asyncio",
    "hashlib",
    "hmac",
    "multiprocessing",
    "concurrent.futures",
    "argparse",
    "logging",
)
"""What takes long to load and is not needed by most: each fork copies what is loaded."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One program to run.

    ``root`` is the folder its files are named from, ``folder`` its working
    directory, ``path`` the script. ``arguments`` are the command-line arguments
    of a script, or the whole command. ``ports`` and ``peers`` are the real
    ports for what it binds and what it connects to, in order; ``mapped`` is
    false when the program is told its address, ``(host, port)``, instead.
    ``takes`` names a function's parameters: host, port, address, path.
    ``temporary`` is the folder for temporary files. ``sockets`` is the folder
    for AF_UNIX sockets whose paths are mapped, ``socket_path`` the path that a
    program is told, ``peer_path`` that of the server which a client may reach;
    with ``files`` calls about files are mapped in any case. ``caps`` are the
    most bytes that its send and its recv move, 0 for no cap. ``modules`` are those
    that its text names and that take long to load. With ``calls``, the port at which
    the harness waits, ``function`` is called again and again, and not once to run the
    program. ``confinement`` is what ``child/confine.py`` takes.
    """

    kind: Kind
    root: str
    folder: str
    path: str = ""
    module: str = ""
    function: str = ""
    takes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    host: str = HOST
    port: int = 0
    ports: tuple[int, ...] = ()
    peers: tuple[int, ...] = ()
    mapped: bool = True
    temporary: str = ""
    sockets: str = ""
    socket_path: str = ""
    peer_path: str = ""
    files: bool = False
    caps: tuple[int, int] = (0, 0)
    modules: tuple[str, ...] = ()
    calls: int = 0
    confinement: Mapping[str, Any] | None = None

    def document(self) -> dict[str, Any]:
        """Return the request as a document for JSON."""
        return dict(vars(self))


def request_for(
    target: Target,
    work: Path,
    ports: Sequence[int],
    peers: Sequence[int] = (),
    arguments: Sequence[str] = (),
) -> Request:
    """Return the request that runs ``target`` with its files in ``work``.

    A target of kind ``call`` reaches us at the first of ``peers``, and nobody else.

    ``ports`` are the real ports of the conversation, the first one before all;
    ``peers`` the real ports of the servers that the program may reach;
    ``arguments`` those of a script.
    """
    temporary = str(work.parent.parent)
    if target.kind == "command":
        return Request(
            kind="command",
            root=str(work),
            folder=str(work),
            arguments=tuple(_filled(word, ports[0]) for word in target.command),
            mapped=False,
            temporary=temporary,
        )
    assert target.root is not None
    assert target.path is not None
    path = work / target.path.relative_to(target.root)
    called = target.kind == "call"
    return Request(
        kind="call" if called else "function" if target.function else "script",
        root=str(work),
        folder=str(work if target.module else path.parent),
        path=str(path),
        module=target.module,
        function=target.function,
        takes=target.takes,
        arguments=tuple(_filled(word, ports[0]) for word in arguments),
        port=ports[0],
        # What a client binds must not be a port that we listen on for it.
        ports=tuple(port for port in ports if port not in peers),
        peers=() if called else tuple(peers),
        calls=peers[0] if called else 0,
        mapped=not target.told and target.kind != "tour",
        temporary=temporary,
        modules=_named(target.text),
    )


def _named(text: bytes) -> tuple[str, ...]:
    """Return which of the modules that take long to load the text of a program names."""
    return tuple(name for name in SLOW if name.encode() in text)


def in_its_place(request: Request, target: Target) -> Request:
    """Return the request for a program that runs where its file lies."""
    return replace(request, root=str(target.root), path=str(target.path))


def _filled(word: str, port: int) -> str:
    """Return a word of a command with the address in place; other braces are its own."""
    return word.replace("{host}", HOST).replace("{port}", str(port))


def first_files(target: Target) -> list[Path]:
    """Return the files that are copied before all others: the program, or what a command names."""
    if target.path is not None:
        return [target.path]
    named = [(target.root or Path()) / word for word in target.command]
    return [path for path in named if target.root in path.parents and path.is_file()]


def write_placeholders(why: str) -> Message:
    """Say what to do with a command that can't have a network of its own, because of ``why``."""
    return message(
        "this machine gives programs no network of their own ({why}): "
        "write {host} and {port} into the command where it takes its address",
        why=why,
        host="{host}",
        port="{port}",
    )
