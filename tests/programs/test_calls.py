"""The connection through which a function is called, for each version of Python."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from pytest_sockets.programs.calls import NOTHING, Answer, Calls
from pytest_sockets.targets import to_call
from pytest_sockets.wire.transcript import Transcript

from .steps import LIMIT, Stage

RETURNS = """\
def half(value):
    if value % 2:
        raise ValueError("odd")
    return value // 2, [str(value)]
"""


@contextlib.contextmanager
def calling(stage: Stage, text: str) -> Iterator[Calls]:
    """Yield the connection to the function ``half`` of a script."""
    stage.write("program.py", text)
    target = to_call(stage.target(), "half")
    with contextlib.closing(stage.runner.place(target)) as place, socket.socket() as listener:
        listener.settimeout(LIMIT)
        listener.bind(("127.0.0.1", place.port))
        listener.listen()
        program = place.start(Transcript(), peers=(place.port,))
        with contextlib.closing(Calls(listener.accept()[0])) as calls:
            yield calls
        program.end()


def answer(calls: Calls, *arguments: object) -> Answer:
    """Return what comes of one call."""
    calls.ask(arguments)
    read(calls)
    return calls.answer()


def read(calls: Calls) -> None:
    """Read until a whole line has come."""
    while not calls.read():
        pass


def test_every_python_calls_and_answers_alike(other_stage: Stage) -> None:
    """The child side runs in the interpreter of the homework."""
    with calling(other_stage, RETURNS) as calls:
        read(calls)
        said = calls.introduction()
        good, bad = answer(calls, 14), answer(calls, 7)
    assert (said.type, said.callable, said.functions) == ("function", True, ("half",))
    assert (good.value, good.file, good.line) == ((7, ["14"]), "program.py", 4)
    assert (bad.raised[:2], bad.shown, bad.line) == (
        ("ValueError", "Exception"),
        "ValueError: odd",
        3,
    )
    assert answer_takes(other_stage) == "()"


def answer_takes(stage: Stage) -> str | None:
    """Return what a function is said to take that takes nothing."""
    with calling(stage, "def half(): pass\n") as calls:
        read(calls)
        calls.introduction()
        return answer(calls, 7).takes


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ({"type": "int", "literal": "7", "shown": "7"}, 7),
        ({"type": "int", "literal": "__import__('os').getpid()"}, NOTHING),
        ({"type": "int", "literal": "(" * 3000}, NOTHING),
        ({"type": "int", "literal": 7}, NOTHING),
        ({"type": "int"}, NOTHING),
    ],
)
def test_a_literal_is_read_and_never_executed(line: dict[str, object], value: object) -> None:
    """The program may write what it likes."""
    ours, theirs = _pair()
    with theirs, contextlib.closing(Calls(ours)) as calls:
        theirs.sendall(json.dumps(line).encode() + b"\n")
        read(calls)
        assert calls.answer().value == value


@pytest.mark.parametrize("line", [b"", b"nonsense", b"[]", b"{}", b"[" * 100_000, b"\xff"])
def test_what_is_no_answer_is_an_error(line: bytes) -> None:
    """One error for all of it, which accuses the program."""
    ours, theirs = _pair()
    with theirs, contextlib.closing(Calls(ours)) as calls:
        theirs.sendall(line + b"\n")
        read(calls)
        with pytest.raises(ValueError):  # noqa: PT011 - whatever json says
            calls.answer()


def test_the_end_of_the_connection_is_told() -> None:
    """No line will come any more."""
    ours, theirs = _pair()
    with contextlib.closing(Calls(ours)) as calls:
        theirs.close()
        assert calls.read() is None


def _pair() -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours = socket.create_connection(listener.getsockname())
        return ours, listener.accept()[0]
