"""The folder of replays: a script for each failure, or the reason why there is none.

Knows names and whose a file is: ours are replaced, those of others never. Does
not know what a script does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from pytest_sockets.messages import Message, message
from pytest_sockets.reports.files import make_ready, write_atomically
from pytest_sockets.results import Result
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Datagram, Opened, Refused, Sent

from .function import calls, folder_of
from .program import program
from .script import MARK, called, conversation

TOLD_BY_HAND = message("the two programs talk with each other: start the server in one terminal "
                       "and the client in another")  # fmt: skip
NEVER_CAME_UP = message("the program never came up: start it by itself and look")
NEVER_CALLED = message("the function was never called, or with values too long for a script")


class Unwritable(OSError):  # noqa: N818 - whose mistake it is says more
    """The folder can't take files; ``problem`` says which and why."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Failure:
    """A failed behaviour of ``target``; ``transport`` is its exercise's.

    ``unrepeatable`` is the reason why our part of the exchange can't be said
    again word by word, None where it can.
    """

    result: Result
    target: Target
    transport: str
    role: str
    unrepeatable: Message | None = None


def prepared(folder: Path) -> Path:
    """Return ``folder``, made if it was not there, once it is known to take files.

    Raises:
        Unwritable: it does not.
    """
    try:
        make_ready(folder)
    except OSError as error:
        raise Unwritable(
            message(
                "--sockets-replay: {folder} can't hold files ({why}): name a folder that is yours "
                "to write to",
                folder=str(folder),
                why=error.strerror or str(error),
            )
        ) from error
    return folder


def write(failures: Sequence[Failure], folder: Path) -> Iterator[Message]:
    """Write a script for each of ``failures`` into ``folder``, and yield what is to be said.

    Where several programs fail the same behaviour, their scripts are named by them too.
    """
    written = 0
    for failure in failures:
        name = _name(failure, failures)
        source = script(failure, _seen(folder / name))
        problem = source if isinstance(source, Message) else _put(folder / name, source)
        if problem is not None:
            yield message("no replay of {id}: {why}", id=failure.result.id, why=problem)
        written += problem is None
    if written:
        text = message("replay: 1 script in {folder}", folder=str(folder))
        if written > 1:
            text = message("replay: {count} scripts in {folder}", count=written, folder=str(folder))
        yield text


def script(failure: Failure, name: str) -> str | Message:
    """Return the script ``name`` that repeats ``failure``, or why there can be none."""
    result, target = failure.result, failure.target
    if failure.role == "pair":
        return TOLD_BY_HAND
    if failure.role == "function":
        statements = calls(result, target)
        if statements is None:
            return NEVER_CALLED
        return called(result, statements, folder_of(target), name)
    said = any(isinstance(event, Sent) and event.side == "peer" for event in result.steps)
    if failure.unrepeatable is not None and said:
        return failure.unrepeatable
    met = any(isinstance(event, (Opened, Refused, Datagram)) for event in result.steps)
    if failure.role == "server" and not met:
        return NEVER_CAME_UP
    role: Literal["server", "client"] = "server" if failure.role == "server" else "client"
    theirs = program(target, role, failure.transport, result.transcript)
    return conversation(result, theirs, name)


def _name(failure: Failure, every: Sequence[Failure]) -> str:
    """Return the file's name: ``tcp-echo-server-echoes-pieces-whole.py``."""
    alike = [each for each in every if each.result.id == failure.result.id]
    before = ""
    if len(alike) > 1:
        specs = [each.target.spec for each in alike]
        stem = PurePath(failure.target.spec).stem
        number = specs.index(failure.target.spec) + 1
        clear = [PurePath(spec).stem for spec in specs].count(stem) == 1 and stem.isidentifier()
        before = f"{stem}-" if clear else f"{number}-"
    return f"{before}{failure.result.id.replace('/', '-')}.py"


def _seen(path: Path) -> str:
    """Return ``path`` as it is named from the working folder."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return str(path)


def _put(path: Path, source: str) -> Message | None:
    """Write a script; return why that is not possible."""
    try:
        if path.exists() and not _is_ours(path):
            return message("{path} is not ours to replace", path=str(path))
        write_atomically(path, source)
    except OSError as error:
        return message("{path} could not be written: {why}", path=str(path), why=error.strerror)
    return None


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK.encode()
    except IsADirectoryError:
        return False
