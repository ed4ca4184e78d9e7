"""What the errors mean that socket programs often end with.

Knows Python's and Linux's words for them, and in which call they come; what other systems
say is put into those words first. It explains, and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pytest_sockets.findings import CRASHES
from pytest_sockets.messages import Message, message
from pytest_sockets.results import Result
from pytest_sockets.system_words import in_words_of_linux
from pytest_sockets.wire.events import Called


@dataclass(frozen=True)
class Known:
    """An error by a pattern of its text, in one of ``calls`` (any, when there are none)."""

    text: str
    means: Message
    calls: tuple[str, ...] = ()


SENDS = ("send", "sendall", "sendto", "sendmsg", "sendfile")
RECEIVES = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg")

NO_CONNECTION = message(
    "this socket has no connection: a server talks through the one that accept returned, "
    "a client calls connect first"
)
NOT_UDP = message(
    "this is a TCP socket without a connection: a UDP socket is made with socket.SOCK_DGRAM"
)
ONE_ADDRESS = message(
    "host and port go in as one value, a tuple: ((host, port)), with two pairs of parentheses"
)

KNOWN: Sequence[Known] = (
    Known(
        "bytes-like object is required, not 'str'",
        message("only bytes go through a socket: text.encode(), or a literal b'…'"),
        SENDS,
    ),
    Known(
        "bytes-like object is required, not 'tuple'",
        message("the address of a socket file (AF_UNIX) is one path, not host and port"),
        ("bind", "connect"),
    ),
    Known(
        "timed out$",
        message(
            "no client came in the time that settimeout gives: catch TimeoutError, "
            "or wait without it"
        ),
        ("accept",),
    ),
    Known(
        "timed out$",
        message(
            "nothing came in the time that settimeout gives: catch TimeoutError, or wait without it"
        ),
        RECEIVES,
    ),
    Known(
        "timed out$",
        message("the other side did not read in the time that settimeout gives"),
        SENDS,
    ),
    Known("Broken pipe|Transport endpoint is not connected", NOT_UDP, ("sendto", "recvfrom")),
    Known(
        "Transport endpoint is not connected",
        message("this socket has no connection, or has none any more: there is nothing to end"),
        ("shutdown",),
    ),
    Known("Transport endpoint is not connected", NO_CONNECTION),
    Known(
        "Broken pipe",
        message(
            "nobody is at the other end: this socket never had a connection, or its peer has left"
        ),
    ),
    Known(
        r"\[WinError 10054\]",
        message(
            "nobody got a datagram that was sent before, and Windows says so here: catch it "
            "and go on"
        ),
        ("recvfrom", "recvfrom_into"),
    ),
    Known(
        "Connection reset by peer",
        message("the other side broke off the connection: catch it where you have to go on"),
    ),
    Known(
        "Connection refused",
        message("nobody is bound to that port: a UDP socket with connect() learns of it so"),
        (*RECEIVES, *SENDS),
    ),
    Known("Connection refused", message("nobody listens there over TCP"), ("connect",)),
    Known(
        "Operation not supported",
        message("a UDP socket (SOCK_DGRAM) neither listens nor accepts: bind is enough"),
        ("listen", "accept"),
    ),
    Known(
        "Bad file descriptor",
        message("the listening socket was closed, by this name or another, before this accept"),
        ("accept",),
    ),
    Known("Bad file descriptor", message("the socket was closed before it was used here")),
    Known(
        "Invalid argument",
        message("the socket does not listen: listen() comes after bind() and before accept()"),
        ("accept",),
    ),
    Known(
        "Invalid argument",
        message("this is the listening socket: bytes come through the one that accept returned"),
        RECEIVES,
    ),
    Known(
        r"'tuple' object has no attribute '(recv|send|sendall|close)'",
        message("accept returns two things: connection, address = sock.accept()"),
    ),
    Known(
        "'tuple' object has no attribute 'decode'",
        message("recvfrom returns two things: data, address = sock.recvfrom(1024)"),
    ),
    Known(
        "'tuple' object cannot be interpreted as an integer|instances of 'int' and 'tuple'",
        message("a tuple stands where a number belongs: struct.unpack returns one, take its [0]"),
    ),
    Known(r"takes exactly one argument \(2 given\)", ONE_ADDRESS, ("bind", "connect")),
    Known(
        "'str' object cannot be interpreted as an integer",
        message("the port is a number: without quotation marks, or through int()"),
        ("bind", "connect", "sendto"),
    ),
    Known(
        "UnicodeDecodeError: .*unexpected end of data",
        message("the bytes end in the middle of a character: decode once all of them are there"),
    ),
    Known(
        "Unicode(De|En)codeError: 'ascii'.*ordinal not in range",
        message("the text is more than ASCII: encode and decode with UTF-8"),
    ),
    Known(
        "UnicodeDecodeError: .*invalid (start|continuation) byte",
        message(
            "these bytes are no text in UTF-8: keep them bytes (of a file: open it with 'rb'), "
            "or catch the error"
        ),
    ),
    Known(
        "^IndexError: index out of range",
        message("there is no byte at that index: b'' is what recv returns at the end"),
    ),
    Known(
        r"^struct\.error: unpack requires a buffer of",
        message("recv may return fewer bytes than asked for: call it until all are there"),
    ),
    Known(
        "^KeyError",
        message("the dict has no such key: ask with in before it is looked up"),
    ),
    Known(
        "embedded null (character|byte)",
        message("a zero byte in the text is refused with ValueError: catch it"),
    ),
    Known(
        r"^SyntaxError: (\(unicode error\) 'utf-8' codec|Non-UTF-8 code)",
        message(
            "the file is not saved as UTF-8 (is it GBK?): save it as UTF-8, or make "
            "# -*- coding: gbk -*- its first line"
        ),
    ),
    Known(
        "JSONDecodeError",
        message("this is not one whole JSON text: is its length right, and was all of it read?"),
    ),
    Known(
        "write.. argument must be str, not bytes",
        message("the file was opened for text: bytes go into one that was opened with 'wb'"),
    ),
    Known("Missing required parameter 'digestmod'", message("hmac.new has to be told the hash")),
    Known(
        "must be str, not bytes",
        message("recv returns bytes, and text is asked for here: decode them"),
    ),
    Known(
        "Protocol wrong type for socket",
        message("the server behind the path uses another type: SOCK_STREAM, or SOCK_DGRAM"),
    ),
    Known(
        "already connected",
        message("a TCP socket connects once: each connection needs a new socket"),
    ),
    Known(
        "Resource temporarily unavailable",
        message("nothing was there yet, and the socket does not wait (setblocking(False))"),
    ),
)


def meaning(result: Result) -> Message | None:
    """Return what the error means that the program ended with; None where that is not known."""
    error = next((error for told in (result.observed, result.because)
                  for error in _crashes(told)), None)  # fmt: skip
    if error is None:
        return None
    called = [event for event in result.transcript if isinstance(event, Called) and event.error]
    call = called[-1].call if called and _same(called[-1].error, error) else None
    return next((known.means for known in KNOWN if _fits(known, error, call)), None)


def _crashes(told: object) -> Iterator[str]:
    """Yield the error of each crash that a sentence tells of, in itself or inside."""
    if isinstance(told, Message):
        if told.text in CRASHES:
            yield str(told.values.get("error"))
        for value in told.values.values():
            yield from _crashes(value)


def _same(traced: str | None, error: str) -> bool:
    """Tell whether the trace, which cuts long texts, speaks of this error."""
    return bool(traced) and error.startswith((traced or "").rstrip("…."))


def _fits(known: Known, error: str, call: str | None) -> bool:
    in_call = not known.calls or call in known.calls
    told = (error, in_words_of_linux(error))
    return in_call and any(re.search(known.text, each) for each in told)
