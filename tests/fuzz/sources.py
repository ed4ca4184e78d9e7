"""Readers of a program's source: its functions, its lines, its likeness to another."""

from __future__ import annotations

import ast
import contextlib
import tempfile
import warnings
from pathlib import Path

from hypothesis import strategies as st

from pytest_sockets import evidence, likeness
from pytest_sockets.messages import Message
from pytest_sockets.modules import functions_of, takes
from pytest_sockets.targets import BadTarget, Target, find, to_call

from .drawing import as_text
from .target import target

NAMES = ("tcp_echo_server", "main", "url")


def module(data: bytes) -> None:
    """A file is a module with functions, or a target that can't be graded, or one to be tried."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hw_module.py").write_bytes(data)
        for definition in (functions_of(folder / "hw_module.py") or {}).values():
            filled = takes(definition)
            assert isinstance(filled, Message) or set(filled) <= {"host", "port", "address"}
        for spec in ("hw_module", "hw_module:main", "hw_module.py"):
            with contextlib.suppress(BadTarget):
                found = find(spec, folder=folder, functions=NAMES, called=("url",))
                assert all(to_call(each, "url").path == each.path for each in found)


def lines(data: bytes) -> None:
    """A line of a file is what Python calls its line, whatever separates lines elsewhere."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "server.py").write_bytes(data)
        told = evidence._source(_program(Path(name)), "server.py")
        for where in (as_text(data[:20]), f"../{as_text(data[:8])}", "", "."):
            assert evidence._source(_program(Path(name) / "none"), where) == ()
    for node in _definitions(data) if told else ():
        line = told[node.lineno - 1]
        assert "def" in line or "class" in line or line.endswith("\\")


def _program(folder: Path) -> Target:
    return Target(spec="server.py", kind="script", name="server", root=folder)


def _definitions(data: bytes) -> list[ast.FunctionDef | ast.ClassDef]:
    with warnings.catch_warnings(), contextlib.suppress(SyntaxError, ValueError, RecursionError,
                                                        MemoryError):  # fmt: skip
        warnings.simplefilter("ignore")
        every = ast.walk(ast.parse(data))
        return [node for node in every if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return []


def alike(data: bytes) -> None:
    """Two programs have something in common, from nothing to all; one has all with itself."""
    text, _, other = as_text(data).partition("\0")
    prints = likeness.fingerprints(text)
    assert likeness.fingerprints(text) == prints
    found = likeness.likenesses({"a": text, "b": text, "c": other}, alike=0.0)
    assert all(0.0 <= each.share <= 1.0 for each in found)
    assert any((each.first, each.second, each.identical) == ("a", "b", True) for each in found)
    assert likeness.groups(found)


PROGRAM = b'''# coding: utf-8
"""A server."""
import socket

async def main(host="", *, port: int = 8000, **more):
    server = socket.socket()\f
    server.bind((host, port))

@main
def url(text, /, a=[1, {}], *rest): return f"{text!r:>{a}}"

class Server: conn = b"\\x00"; x = 0x1F; y = 1_0
'''
CODINGS = (
    "utf-8", "gbk", "latin-1", "utf-16", "utf-7", "rot13", "hex", "zip", "punycode", "idna",
    "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "cp1252", "none",
)  # fmt: skip
CODED = st.builds(
    lambda name, rest: f"# coding: {name}\n".encode() + rest,
    st.sampled_from(CODINGS),
    st.binary(max_size=60) | st.just(PROGRAM) | st.just(b"x = '\\ud800'\n"),
)
PIECES = st.lists(
    st.sampled_from(
        ["def main(", "a", ",", "port", "=", "1", ")", ":", "\n", " ", "\t", "pass", "\f", "\r",
         "\\", "\\\n", "'", '"""', "#", "(", "[", "{", "}", "]", "lambda", "async ", "class B", "@",
         "\x1c", "\u2028", "\x85", "\ufeff", "é", "ｍain", "-" * 40, "+1" * 40, "f'{", "}'"]
    ),
    max_size=40,
).map(lambda pieces: "".join(pieces).encode())  # fmt: skip

TARGETS = {
    "module": target(module, PROGRAM, inputs=CODED | PIECES),
    "lines": target(lines, PROGRAM, inputs=CODED | PIECES),
    "alike": target(alike, PROGRAM, PROGRAM + b"\0" + PROGRAM.upper(), inputs=PIECES),
}
