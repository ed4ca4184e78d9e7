"""What a reference server says, exercise by exercise, without sockets.

A talk is one conversation: it is given what arrives and returns what is to be
said. Knows the bytes of the exercises, as the reference programs do. Does not
know connections, time or who listens.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import struct
import time
from collections.abc import Callable, Sequence
from typing import Protocol

SECRET = b"tutorial-secret"
FILE = "视频合集"
WORDS = (b"hello", b"hai", b"hahaha")
DEFAULT_FORMAT = "%Y-%m-%d %X"

Reply = Callable[[bytes], "bytes | None"]
"""What a UDP server does: the answer to a datagram, None for none."""


class Talk(Protocol):
    """One conversation over a stream.

    ``greeting`` is what is said at once, in pieces. Once ``done`` is true the
    connection is closed, when everything was sent.
    """

    greeting: Sequence[bytes]
    done: bool

    def hear(self, data: bytes) -> bytes:
        """Return the answer to ``data``, the next bytes: 1 or more."""


class Echo:
    """Every byte comes back."""

    greeting: Sequence[bytes] = ()

    def __init__(self) -> None:
        self.done = False

    def hear(self, data: bytes) -> bytes:
        """Return what was said."""
        return data


class Once:
    """One answer, or none, to the first piece that arrives; then the connection is closed."""

    def __init__(self, reply: bytes = b"", greeting: Sequence[bytes] = ()) -> None:
        self.greeting = greeting
        self.done = False
        self._reply = reply

    def hear(self, data: bytes) -> bytes:  # noqa: ARG002 - that it came is enough
        """Answer, whatever was said."""
        self.done = True
        return self._reply


class Announcement:
    """Everything is said at once, and the connection is closed."""

    done = True

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.greeting = pieces

    def hear(self, data: bytes) -> bytes:  # noqa: ARG002 - nobody listens here
        """Return nothing."""
        return b""


class Lines:
    """Each line comes back once it is complete."""

    greeting: Sequence[bytes] = ()
    done = False

    def __init__(self) -> None:
        self._rest = b""

    def hear(self, data: bytes) -> bytes:
        """Return the lines that are complete now."""
        lines, newline, self._rest = (self._rest + data).rpartition(b"\n")
        return lines + newline


class Guarded:
    """Whoever answers the challenge with its HMAC-SHA256 (RFC 2104) is welcome and echoed."""

    SIZE = 32

    def __init__(self, secret: bytes) -> None:
        challenge = os.urandom(self.SIZE)
        self.greeting: Sequence[bytes] = (challenge,)
        self.done = False
        self._expected = hmac.new(secret, challenge, hashlib.sha256).digest()
        self._answer = b""
        self._welcome = False

    def hear(self, data: bytes) -> bytes:
        """Check the answer; echo what comes behind it."""
        if self._welcome:
            return data
        missing = self.SIZE - len(self._answer)
        self._answer += data[:missing]
        if len(self._answer) < self.SIZE:
            return b""
        self._welcome = hmac.compare_digest(self._expected, self._answer)
        self.done = not self._welcome
        return b"welcome" + data[missing:] if self._welcome else b""


def announced(name: str, data: bytes) -> bytes:
    """Return a file as tcp-json-file sends it: length of the dict, the dict, the contents."""
    announcement = json.dumps({"file_name": name, "file_size": len(data)}).encode()
    return struct.pack("<i", len(announcement)) + announcement + data


def local_time(default: str) -> Reply:
    """Return what tells the time in the format that it is asked for; ``default`` for none."""

    def tell(request: bytes) -> bytes:
        try:
            return time.strftime(request.decode() or default).encode()
        except ValueError as error:
            return f"no format: {error}".encode()

    return tell


def echo(request: bytes) -> bytes:
    """Return ``request``."""
    return request
