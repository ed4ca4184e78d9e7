"""What is kept of an attempt as evidence: events, the student's lines, their sources.

Knows transcripts and source files. Does not judge.
"""

from __future__ import annotations

import functools
import re
import tokenize
from collections.abc import Sequence
from pathlib import Path

from .findings import Accusation
from .messages import Message, message, size_of
from .results import Line, Result
from .targets import Target
from .wire.events import Called, Event, Left, Opened, Sent

MOST_LINES = 12
MOST_KEPT = 400

CERTAIN = 4
"""Bytes from which on it is no chance that they are the same."""

MOST_BYTES = 200_000
"""Bytes of a file whose lines are shown: some encodings are decoded in quadratic time."""


def kept(events: Sequence[Event]) -> Sequence[Event]:
    """Return the beginning and, mostly, the end: there the failure is."""
    if len(events) <= MOST_KEPT:
        return events
    return [*events[: MOST_KEPT // 4], *events[-MOST_KEPT * 3 // 4 :]]


def done_before(events: Sequence[Event], moment: float) -> Sequence[Event]:
    """Return what was done until ``moment``, in seconds of the events' clock, without calls."""
    return [event for event in events if event.at <= moment and not isinstance(event, Called)]


def recv_sizes(events: Sequence[Event], target: Target) -> list[int]:
    """Return the numbers that the program gives recv and that stand in its source."""
    asked = {
        (event.asks_for, event.file)
        for event in events
        if isinstance(event, Called) and event.flow == "in" and event.file and event.asks_for
    }
    return sorted({size for size, file in asked if _is_written(size, target, file)})


def _is_written(number: int, target: Target, file: str) -> bool:
    written = re.compile(rf"(?<!\d){number}(?!\d)")
    return any(map(written.search, _source(target, file)))


def other_encoding(difference: tuple[bytes, bytes] | None) -> Message | None:
    """Say so when the observed bytes are the expected text, or its beginning, in GBK."""
    if difference is None or any(data.isascii() for data in difference) or len(difference[1]) < 2:
        return None
    wanted, observed = difference
    try:
        other = wanted.decode("utf-8").encode("gbk")
    except UnicodeError:
        return None
    if not other.startswith(observed.removesuffix(b"\n")):
        return None
    return message("this looks like the same text in GBK: encode and decode with UTF-8")


def of_another_client(accusation: Accusation, events: Sequence[Event]) -> Message | None:
    """Say so when the observed bytes have in them what another client has sent."""
    if accusation.difference is None or not accusation.connection:
        return None
    wanted, observed = accusation.difference
    ours = [event for event in events if event.side == "peer"]
    clients = {event.connection for event in ours if isinstance(event, Opened)}
    others = {
        event.data
        for event in ours
        if isinstance(event, Sent) and event.connection in clients - {accusation.connection}
    }
    if not any(len(data) >= CERTAIN and data in observed and data not in wanted for data in others):
        return None
    return message("another client's bytes are in it: variables that clients share mix them up")


def plain_paths(data: bytes, work: Path) -> bytes:
    """Return what a program printed with its files named as the student names them."""
    return data.replace(str(work).encode() + b"/", b"").replace(str(work).encode() + b"\\", b"")


def sources(target: Target, results: Sequence[Result]) -> dict[str, Sequence[str]]:
    """Return the lines of each file of the program that ``results`` speak of."""
    named = {event.file for r in results for event in r.transcript if isinstance(event, Called)}
    named |= {line.file for result in results for line in result.lines}
    return {file: source for file in named if file and (source := _source(target, file))}


def _source(target: Target, file: str) -> Sequence[str]:
    """Return a file's lines in the encoding that it declares; none when it is not ours to read."""
    if target.root is None or Path(file).is_absolute() or ".." in Path(file).parts:
        return ()
    path = target.root / file
    try:
        now = path.stat()
    except (OSError, ValueError):
        return ()
    within = None if path == target.path else target.root
    return _lines_of(path, within, (now.st_ino, now.st_size, now.st_mtime_ns))


@functools.lru_cache(maxsize=64)
def _lines_of(path: Path, within: Path | None, _now: tuple[int, int, int]) -> Sequence[str]:
    """Return the lines of a file as it is now: another program may lie there by and by."""
    try:
        # Python counts a line at each newline, and at no other sign that separates lines.
        return tuple(_text(path, within).removesuffix("\n").split("\n"))
    except (OSError, SyntaxError, LookupError, ValueError):
        return ()


def _text(path: Path, within: Path | None) -> str:
    """Return what a file holds; no link leads out of the folder ``within``.

    Raises:
        ValueError: it is no file, too long for a program's, or somewhere else.
    """
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError("no program")
    if within is not None and not path.resolve().is_relative_to(within.resolve()):
        raise ValueError("no file of the program")
    with tokenize.open(path) as opened:
        return opened.read()


def lines(events: Sequence[Event], target: Target) -> list[Line]:
    """Return the program's last lines that took part, each with what its call did."""
    found: dict[tuple[str, int, str], Line] = {}
    source_of = functools.cache(lambda file: _source(target, file))
    for event in events:
        if not isinstance(event, (Called, Left)) or not event.file or not event.line:
            continue
        if isinstance(event, Called) and event.entered:
            continue
        source = source_of(event.file)
        text = source[event.line - 1].strip() if 0 < event.line <= len(source) else ""
        key = (event.file, event.line, event.call)
        found.pop(key, None)
        found[key] = Line(event.file, event.line, _shown(event), text)
    return list(found.values())[-MOST_LINES:]


def _shown(event: Called | Left) -> str:
    if isinstance(event, Left):
        return f"{event.call} → {event.result}"
    return f"{event.call}({event.arguments}) → {_what_came(event)}"


def _what_came(call: Called) -> str:
    if call.error:
        return call.error
    return str(size_of(call.size)) if call.size is not None else call.result or "done"
