"""Readers of what a program tells: its trace, its answers, its output, its messages on the wire."""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import socket
import struct
import threading
from collections.abc import Iterator

from hypothesis import strategies as st

from pytest_sockets.findings import Finding
from pytest_sockets.messages import what_was_printed
from pytest_sockets.programs import calls
from pytest_sockets.programs.child import channel
from pytest_sockets.programs.manner import Manner, Tried, _arguments
from pytest_sockets.programs.streams import TraceLines, parse
from pytest_sockets.reports.wording import lines_of
from pytest_sockets.roles import compared
from pytest_sockets.roles.state import LONGEST_ERROR, crashed
from pytest_sockets.wire.events import Called
from pytest_sockets.wire.transcript import Transcript

from .drawing import can_be_written
from .target import target

json_file_servers = importlib.import_module("pytest_sockets.conformance.shared.json_file_servers")
NOW = 5.0
SHORT = 10_000
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


def trace(data: bytes) -> None:
    """A line of the trace is a call that can be told and dated, or it is nothing."""
    for line in data.split(b"\n"):
        call = parse(line, 0.0, NOW)
        if call is None:
            continue
        assert 0.0 <= call.at <= NOW
        for text in (call.call, call.arguments, call.result, call.file, call.error):
            assert text is None or can_be_written(text)
        for number in (call.line, call.fd, call.size):
            assert number is None or (type(number) is int and number >= 0)
        assert 0 <= call.asks_for < math.inf
    if len(data) < SHORT:
        _trace_in_pieces(data)


def _trace_in_pieces(data: bytes) -> None:
    """However the trace is cut, it tells the same calls."""
    told = []
    for size in (7, max(1, len(data))):
        transcript = Transcript()
        lines = TraceLines(transcript)
        for start in range(0, len(data), size):
            lines.take(data[start : start + size])
        told.append([(call.call, call.arguments, call.fd) for call in transcript.of(Called)])
    assert told[0] == told[1]


def answers(data: bytes) -> None:
    """What a function's process answers is an answer, or a ValueError."""
    with _saying(data) as ours:
        asked = calls.Calls(ours)
        while asked.wait(5) and asked.read() is not None:
            pass
        for _ in range(data.count(b"\n") + 1):
            _one_answer(asked)


def _one_answer(asked: calls.Calls) -> None:
    pending = asked._pending
    with contextlib.suppress(ValueError):
        told = asked.introduction()
        assert all(map(can_be_written, told.functions))
    asked._pending = pending
    with contextlib.suppress(ValueError):
        answer = asked.answer()
        for text in (answer.type, answer.shown, answer.takes, answer.file, *answer.raised):
            assert text is None or (type(text) is str and can_be_written(text))
        assert answer.line is None or type(answer.line) is int
        assert len(compared.shown(answer.value)) <= compared.LONGEST + 1
        assert compared.same(answer.value, answer.value) or answer.value != answer.value
        told_difference = compared.difference(answer.value, (1, "a", (1, 2)))
        assert told_difference is None or can_be_written(str(told_difference))


def documents(data: bytes) -> None:
    """What comes through a site's channel is a document, the end, or an OSError."""
    with _saying(data) as ours, contextlib.suppress(OSError):
        while channel.receive(ours) is not None:
            pass


@contextlib.contextmanager
def _saying(data: bytes) -> Iterator[socket.socket]:
    """Yield our end of a connection whose other end says ``data`` and then no more."""
    ours, theirs = socket.socketpair()

    def say() -> None:
        with theirs, contextlib.suppress(OSError):
            theirs.sendall(data)

    speaker = threading.Thread(target=say)
    speaker.start()
    with ours:
        yield ours
    speaker.join()


def output(data: bytes) -> None:
    """What a program prints is told in a sentence and in lines that harm no terminal."""
    said = str(what_was_printed(data))
    assert said.isprintable()
    assert len(said) < 400
    told = lines_of(data, 12)
    assert len(told) <= 13
    assert all(can_be_written(line) and "\x1b" not in line for line in told)
    error = crashed(data)
    assert error is None or (error and len(error) <= LONGEST_ERROR + 1 and "\n" not in error)


def manner(data: bytes) -> None:
    """What a script says of missing arguments leads to a few ways of starting it."""
    text = data.decode("utf-8", "replace")
    call = Called(call="bind", arguments=text, result="", file=None, line=None)
    tried = Tried(Manner(("127.0.7.1",)), [call], text, ended=True)
    assert tried.uses_it in (True, False)
    for role in ("server", "client"):
        first = Tried(Manner(), [], text, ended=True)
        ways = list(_arguments(first, role))
        assert all(can_be_written(word) for words in ways for word in words)


def header_and_dict(data: bytes) -> None:
    """What the server of a file sends is a dict, or a Finding that says what else."""
    raw = json_file_servers._dict_in(data)
    assert raw in data
    said = str(json_file_servers._besides(data, b"content"))
    assert len(said) < 1_000
    with contextlib.suppress(Finding):
        assert isinstance(json_file_servers._announced(data), dict)


CALL = [1.5, "recv", 4, "server.py", 8, "1024", "b'kq7'", 3, "in", False, None]
ANSWER = {"type": "tuple", "literal": "('http', 80, [None, {1: b'a'}])", "shown": "('http',",
          "file": "url.py", "line": 3}  # fmt: skip
RAISED = {"raised": ["KeyError", "LookupError"], "shown": "KeyError: 'a'", "file": "url.py"}
MET = {"type": "function", "callable": True, "coroutine": False, "functions": ["url", "main"]}
DICT = json.dumps({"file_name": "视频合集", "file_size": 40}).encode()
CRASH = b'Traceback (most recent call last):\n  File "server.py", line 3\nOSError: [Errno 98] a\n'


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _framed(body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + body


TARGETS = {
    "trace": target(
        trace, _line(CALL), _line([*CALL[:9], True, "timed out"]),
        inputs=st.lists(JSON, min_size=11, max_size=11).map(_line),
    ),
    "answers": target(
        answers, _line(MET), _line(ANSWER), _line(RAISED), _line({"takes": "(a, b)"}),
        inputs=st.builds(
            lambda key, value: _line({**ANSWER, key: value}),
            st.sampled_from([*ANSWER, *RAISED, *MET, "takes"]), JSON,
        ),
    ),
    "documents": target(
        documents, _framed(_line({"do": "run", "path": "server.py"})), _framed(b"{}") * 2,
        inputs=JSON.map(lambda value: _framed(_line(value))),
    ),
    "output": target(
        output, CRASH, "请输入: 你好\r\n".encode(), inputs=st.text(max_size=90).map(
            lambda text: CRASH + text.encode("utf-8", "replace")),
    ),
    "manner": target(
        manner, b"usage: server.py [-h]\nerror: the following arguments are required: -p/--port, b",
        b"('127.0.7.1', 23457)", b"Missing option '--host'.",
    ),
    "header-and-dict": target(
        header_and_dict, struct.pack("<i", len(DICT)) + DICT + b"content",
        inputs=JSON.map(lambda value: b"\x09\0\0\0" + json.dumps({"a": value}).encode()),
    ),
}  # fmt: skip
