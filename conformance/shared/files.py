"""Files that programs send and store: what is in them, and what is said of them."""

from __future__ import annotations

import random
from pathlib import Path

from pytest_sockets import Finding, Message, Subject, message, size_of

SHORT = 600
"""Bytes of a file that one recv takes, whatever size it is usually called with."""

LONG = 150_000
"""Bytes of a file that is longer than the usual receive buffer."""


def binary(chance: random.Random, size: int) -> bytes:
    """Return ``size`` random bytes; line ends, at both ends too, zeros and 0xff are among them."""
    beginning, end = b"\r\n\x00\xff\n\r\x1a", b" \r\n"
    return beginning + chance.randbytes(size - len(beginning) - len(end)) + end


def expect_file(subject: Subject, name: str, content: bytes) -> None:
    """Expect that the file ``name`` in the program's folder holds exactly ``content``.

    It counts once the program rests.

    Raises:
        NotJudged: the program is not ours, and nor is its folder.
    """
    subject.program  # noqa: B018 - raises
    subject.come_to_rest()
    path = Path(subject.folder, name)
    got = path.read_bytes() if path.is_file() else None
    if got == content:
        return
    raise Finding(
        message(
            "{data} ({size}) in the file {name}", data=content, size=size_of(content), name=name
        ),
        _observed(subject, name, got),
        difference=None if got is None else (content, got),
    )


def _observed(subject: Subject, name: str, got: bytes | None) -> Message:
    if got is None:
        what = message("there is no file {name}", name=name)
    else:
        what = message("the file holds {data} ({size})", data=got, size=size_of(got))
    return message("{what}; {doing}", what=what, doing=subject.state())
