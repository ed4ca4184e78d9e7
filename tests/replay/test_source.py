"""Python source is written as a formatter would leave it."""

from __future__ import annotations

import ast
import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.replay.source import COLUMNS, call, constant, docstring, literal, packed


@given(st.one_of(st.binary(), st.text()))
def test_a_literal_is_the_value(value: bytes | str) -> None:
    """Whatever quotes and escapes are in it."""
    assert ast.literal_eval(literal(value)) == value


@given(st.binary(max_size=400))
def test_a_constant_is_the_value_in_lines_that_fit(data: bytes) -> None:
    """It is written in chunks where one line would be too long."""
    lines = constant("NAME", data)
    assert max(map(len, lines)) <= COLUMNS
    names: dict[str, bytes] = {}
    exec("\n".join(lines), names)
    assert names["NAME"] == data


def test_a_long_message_is_packed() -> None:
    """It comes out of base64 and zlib as it went in."""
    names: dict[str, str] = {}
    exec("\n".join(packed("LONG", bytes(5000))), names)
    assert zlib.decompress(base64.b64decode(names["LONG"])) == bytes(5000)


@pytest.mark.parametrize("text", ['"""', "\\", 'ends with "', "\\N{no such name}"])
def test_a_docstring_holds_any_text(text: str) -> None:
    """No title or observation ends it early."""
    tree = ast.parse("\n".join(docstring([text, text])))
    assert ast.get_docstring(tree, clean=False) == f"{text}\n{text}\n"


@pytest.mark.parametrize("size", [1, 30, 45, 90, 120])
def test_a_call_is_broken_where_it_is_too_long(size: int) -> None:
    """Its arguments are the same in one line or in several."""
    arguments = [literal("x" * size), literal("y" * size)]
    tree = ast.parse("\n".join(["if 1:", *call("f", *arguments)]))
    assert ast.unparse(tree).endswith(f"f({'x' * size!r}, {'y' * size!r})")
