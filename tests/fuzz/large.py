"""Inputs that are too large to be kept as files: what takes the square of its size hangs on them.

Nobody measures a time here: each of these took minutes, or overflowed a stack, before
its reader was mended, and the test's own time limit ends it if it does again.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Mapping

MANY = 400_000


def _tar_of_digits() -> bytes:
    """Return a tar archive with an extended header that is one long number (CVE-2024-6232)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.USTAR_FORMAT) as made:
        header = tarfile.TarInfo("pax")
        header.type, header.size = tarfile.XHDTYPE, MANY
        made.addfile(header, io.BytesIO(b"1" * MANY))
        made.addfile(tarfile.TarInfo("server.py"))
    return b"\2" + out.getvalue()


LARGE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "a literal of half a million items": (
        "answers", lambda: b'{"type": "list", "literal": "[' + b"0," * MANY + b']"}\n'),
    "an answer of nothing but brackets": ("answers", lambda: b"[" * MANY + b"\n"),
    "a trace of one line without end": ("trace", lambda: b"[" + b'"a",' * MANY),
    "a reply of quotes without an end": ("header-and-dict", lambda: b'{"' * MANY),
    "a dict in a dict in a dict": ("header-and-dict", lambda: b'{"a":' * MANY + b"1" + b"}" * MANY),
    "a sum of many terms": ("module", lambda: b"a = 1" + b"+1" * MANY),
    "an attribute of an attribute": ("module", lambda: b"a" + b".a" * MANY),
    "one long line": ("alike", lambda: b"a = " + b"a." * MANY + b"a"),
    "a file in a slow encoding": (
        "lines", lambda: b"# coding: punycode\n" + b"a" * MANY + b"-" + b"9a" * MANY),
    "an error of a million characters": (
        "output", lambda: b"Traceback (most recent call last):\nValueError: " + b"x" * MANY),
    "an error that quotes itself": (
        "output", lambda: b"Traceback (most recent call last):\nOSError: OSError: " * (MANY // 20)),
    "an archive whose header is a number": ("archive", _tar_of_digits),
    "a name of underscores": ("download", lambda: b"1_" * MANY),
    "a roster of one row": ("roster", lambda: b"name\n" + b'"a";' * MANY),
    "an assignment with a long title": ("homework", lambda: b'title = "' + b"a" * MANY + b'"'),
    "a target of dots": ("spec", lambda: b"a." * MANY),
    "a sentence of braces": ("said", lambda: b"{" * MANY),
}  # fmt: skip
"""What it is, to the target that is given it and what makes it."""
