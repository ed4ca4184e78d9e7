"""Files that programs send and store: what is in them, and what is said of them."""

from __future__ import annotations

import random

from pytest_sockets import Finding, Message, Subject, message, size_of

SHORT = 600
"""Bytes of a file that one recv takes, whatever size it is usually called with."""

LEAST = 10
"""Bytes of a file in which all stands that may be spoiled."""

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
    got = subject.stored(name)
    if got == content:
        return
    raise Finding(
        message(
            "{data} ({size}) in the file {name}", data=content, size=size_of(content), name=name
        ),
        _observed(subject, name, got),
        because=_last_only(content, got),
        difference=None if got is None else (content, got),
    )


def _observed(subject: Subject, name: str, got: bytes | None) -> Message:
    if got is None:
        what = absent(subject, name)
    else:
        what = message("the file holds {data} ({size})", data=got, size=size_of(got))
    return message("{what}; {doing}", what=what, doing=subject.state())


def absent(subject: Subject, name: str) -> Message:
    """Say that the file ``name`` is not there, and which ones the program has made instead."""
    others = [repr(other) for other, _ in subject.place.folder.added()]
    if not others:
        return message("there is no file {name}", name=name)
    return message("there is no file {name}, but {others}", name=name, others=", ".join(others))


def _last_only(content: bytes, got: bytes | None) -> Message | None:
    if not got or len(got) > len(content) // 2 or content.startswith(got):
        return None
    if not content.endswith(got):
        return None
    return message("these are its last bytes: is the file opened anew for each piece?")
