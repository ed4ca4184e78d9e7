"""Python source as a formatter would leave it: literals, calls, long messages.

Knows lines of at most 100 columns. Does not know what the source is for.
"""

from __future__ import annotations

import base64
import textwrap
import zlib

from pytest_sockets.reports.wording import chop, width

COLUMNS = 100
ESCAPES = 10
"""Columns that are kept free for backslashes in a line of a sentence."""

CHUNK = 22
"""Bytes that fit into a line even when each of them is written as an escape."""


def literal(value: str | bytes) -> str:
    """Return ``value`` as Python source, in double quotes unless that needs more escapes."""
    written = repr(value)
    body = written[2:-1] if isinstance(value, bytes) else written[1:-1]
    quote = written[-1]
    prefix = "b" if isinstance(value, bytes) else ""
    if quote == '"':
        return written
    plain = body.replace("\\'", "'")
    if plain.count('"') > plain.count("'"):
        return written
    escaped = plain.replace('"', '\\"')
    return f'{prefix}"{escaped}"'


def call(name: str, *arguments: str, before: str = "", indent: int = 4) -> list[str]:
    """Return the lines of a call; ``before`` stands in front of it, as in ``sock = ``."""
    blank = " " * indent
    line = f"{blank}{before}{name}({', '.join(arguments)})"
    if width(line) <= COLUMNS:
        return [line]
    inner = f"{blank}    {', '.join(arguments)}"
    if width(inner) <= COLUMNS:
        return [f"{blank}{before}{name}(", inner, f"{blank})"]
    rows = [f"{blank}    {argument}," for argument in arguments]
    # A trailing comma belongs to several arguments; a single one stands by itself.
    if len(arguments) == 1:
        rows = [rows[0].removesuffix(",")]
    return [f"{blank}{before}{name}(", *rows, f"{blank})"]


def sentence(text: str, indent: int = 8) -> str:
    """Return ``text`` as Python source, in several lines where it is too long for one."""
    if width(literal(text)) + indent <= COLUMNS:
        return literal(text)
    room = COLUMNS - indent - len('""') - ESCAPES
    rows = textwrap.wrap(text, room, drop_whitespace=False, replace_whitespace=False)
    if max(map(width, rows)) > room:  # textwrap knows no wide characters
        rows = chop(text, room)
    return f"\n{' ' * indent}".join(map(literal, rows))


def constant(name: str, data: bytes) -> list[str]:
    """Return the lines that give ``name`` to ``data``, in chunks where it is long."""
    whole = f"{name} = {literal(data)}"
    if len(whole) <= COLUMNS:
        return [whole]
    if len(literal(data)) + 4 <= COLUMNS:
        return [f"{name} = (", f"    {literal(data)}", ")"]
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    return [f"{name} = (", *(f"    {literal(chunk)}" for chunk in chunks), ")"]


def packed(name: str, data: bytes) -> list[str]:
    """Return the lines that give ``name`` to ``data``, compressed and in base64."""
    text = base64.b64encode(zlib.compress(data, 9)).decode()
    return [f'{name} = """', *textwrap.wrap(text, COLUMNS), '"""']


def docstring(lines: list[str]) -> list[str]:
    """Return ``lines`` as a docstring, harmless whatever they hold."""
    told = [line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').rstrip() for line in lines]
    return [f'"""{told[0]}', *told[1:], '"""']
