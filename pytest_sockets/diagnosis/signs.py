"""The signs of mistakes: questions to what a failure has shown, in words and in bytes.

Each is a function of what was seen. What the program did with its sockets is asked
in ``uses``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from pytest_sockets.wire.events import Called, Exited

from .seen import Seen

Sign = Callable[[Seen], bool]

KEYBOARD = "the program waits for the keyboard"
IN_RECV = "the program waits for bytes in recv"
IN_ACCEPT = "the program waits for a client in accept"
COMPUTING = "the program keeps computing and does not come back to the conversation"
PRINTING = "the program prints without end (more than 1 MiB was not read)"
ENDED = "the program ended with status {status}"
END = "the end of the stream"
RESET = "a reset of the connection (RST)"
LEFT_UNREAD = "an error: the program left bytes unread (ECONNRESET)"
CLOSED = (END, RESET, LEFT_UNREAD)
"""How the program's close is seen: which it is depends on what came to it before."""

REFUSED = "the connection failed: {error}"
NO_DATAGRAM = "no datagram"
NOTHING_YET = "nothing yet"
NOTHING_MORE = "nothing more"
FOREIGN = "another client's bytes are in it: variables that clients share mix them up"

CONTINUES, CONTINUED = 0xC0, 0x80
"""The two highest bits of a byte in UTF-8, and what they are where it begins no character."""

SHOWN = 3
"""Bytes of a text from which on it is no chance that they are printed."""


def observed(*templates: str) -> Sign:
    """One of ``templates`` is a part of what was observed."""
    return lambda seen: not seen.texts.isdisjoint(templates)


def expected(*templates: str) -> Sign:
    """One of ``templates`` is a part of what was expected."""
    return lambda seen: not seen.expected.isdisjoint(templates)


def says(pattern: str) -> Sign:
    """What was observed, or its cause, matches ``pattern``."""
    found = re.compile(pattern)
    return lambda seen: found.search(seen.words) is not None


def passes(*identities: str) -> Sign:
    """None of these behaviours fails as well."""
    return lambda seen: seen.failed.isdisjoint(identities)


def calls(*names: str) -> Sign:
    """The program has called one of these."""
    return lambda seen: bool(seen.named(*names))


def never_calls(*names: str) -> Sign:
    """The program has called others, and none of these."""
    return lambda seen: bool(seen.begun) and all(call.call not in names for call in seen.begun)


def calm(seen: Seen) -> bool:
    """There was no error of the program."""
    return not seen.crashed


def ended_by_itself(seen: Seen) -> bool:
    """The program ended, and not by a signal: we end those that still run."""
    ends = [event for event in seen.result.transcript if isinstance(event, Exited)]
    return any(event.status >= 0 for event in ends)


def no_index_error(seen: Seen) -> bool:
    """The error is not that there was no such byte."""
    return "IndexError" not in seen.words


def no_closed_socket(seen: Seen) -> bool:
    """The error is not that a socket was closed before it was used."""
    return "Bad file descriptor" not in seen.words


def no_cut_character(seen: Seen) -> bool:
    """The error is not that bytes could not be decoded."""
    return "UnicodeDecodeError" not in seen.words


# What becomes of the bytes


def without_what_is_not_ascii(seen: Seen) -> bool:
    """What came is what is right, without its characters that are not ASCII, or with ? for them."""
    text = seen.wanted.decode("utf-8", "ignore")
    others = [text.encode("ascii", how) for how in ("ignore", "replace")]
    dropped = not text.isascii() and len(seen.got) >= SHOWN and seen.got in others
    return dropped and not character_cut(seen)


def no_newline_sent(seen: Seen) -> bool:
    """What was sent last does not end in a newline, so that the program may wait for one."""
    return not (seen.told and seen.told[-1].data.endswith(b"\n"))


def in_capitals(seen: Seen) -> bool:
    """What came back is what was sent, in capital letters."""
    return seen.got != seen.wanted and seen.got == seen.wanted.upper()


def stripped(seen: Seen) -> bool:
    """What came back is what was sent, without the blanks at its ends."""
    bare = seen.wanted.strip()
    others = {bare, bare + b"\n"} - {seen.wanted}
    return b"" != bare != seen.wanted and seen.got in others


def newline_behind(seen: Seen) -> bool:
    """A newline comes, alone or behind what is right."""
    return seen.got in (b"\n", seen.wanted + b"\n")


def something_before(seen: Seen) -> bool:
    """What came ends in what is right."""
    return bool(seen.wanted) and seen.got.endswith(seen.wanted) and seen.got != seen.wanted


def blanks_kept(seen: Seen) -> bool:
    """What came has blanks around it that should not be there, or is blank."""
    bare = seen.got.strip(b" ")
    return bool(seen.got) and bare != seen.got and bare in (b"", seen.wanted)


def bytes_as_text(seen: Seen) -> bool:
    """What came is how Python writes bytes: b'…'."""
    return re.match(rb"b['\"]", seen.got) is not None and seen.wanted[:2] not in (b"b'", b'b"')


def printed_as_bytes(seen: Seen) -> bool:
    """What is printed is how Python writes the bytes of the text that was expected."""
    shown = repr(seen.text.encode())
    escaped = shown[2:-1] if "\\" in shown else shown
    return bool(seen.text) and escaped.encode() in seen.result.printed


def printed_as_gbk(seen: Seen) -> bool:
    """What is printed is the text that was expected, its UTF-8 decoded as GBK."""
    other = seen.text.encode().decode("gbk", "ignore")[:4]
    return not seen.text.isascii() and bool(other) and other.encode() in seen.result.printed


def received_unseen(seen: Seen) -> bool:
    """A whole text was received, and nothing of it is printed."""
    data = seen.text.encode()
    parts = {data[i : i + SHOWN] for i in range(len(data) - SHOWN + 1)}
    took = any(call.size == len(data) for call in seen.incoming)
    return bool(data) and took and not any(part in seen.result.printed for part in parts)


def asked_too_little(seen: Seen) -> bool:
    """A single recv returned all that it asked for, and that was the beginning of a message."""
    return any(_is_beginning(seen, run[0]) for run in _runs(seen) if len(run) == 1)


def _is_beginning(seen: Seen, call: Called) -> bool:
    wholes = {seen.wanted, seen.text.encode(), *(event.data for event in seen.told)}
    size = call.size or 0
    return size == call.asks_for and any(len(whole) > max(SHOWN, size) for whole in wholes)


def _runs(seen: Seen) -> list[list[Called]]:
    """Return the recvs that returned something, those together between which nothing was sent."""
    moved = [call for call in seen.calls if call.flow and call.size]
    return [list(run) for flow, run in groupby(moved, lambda call: call.flow) if flow == "in"]


def beginning_shown(seen: Seen) -> bool:
    """The beginning of what was expected is there, and its end is missing."""
    if seen.text:
        data = seen.text.encode()
        return data[:SHOWN] in seen.result.printed and data not in seen.result.printed
    return bool(seen.got) and seen.wanted.startswith(seen.got)


def character_cut(seen: Seen) -> bool:
    """A recv ended within a character of what was sent."""
    sent, end = b"".join(event.data for event in seen.told), 0
    for call in seen.incoming:
        end += call.size or 0
        if sent[end : end + 1] and sent[end] & CONTINUES == CONTINUED:
            return True
    return False


def shown_in_pieces(seen: Seen) -> bool:
    """Several recvs took the text that was expected, and each piece of it is printed by itself."""
    printed, data = seen.result.printed, seen.text.encode()
    firsts = [run[0] for run in _runs(seen) if len(run) > 1 and _is_beginning(seen, run[0])]
    sizes = {first.asks_for for first in firsts}
    return data not in printed and any(
        all(data[start : start + size] in printed for start in range(0, len(data), size))
        for size in sizes
    )


def short_recv_taken_for_all(seen: Seen) -> bool:
    """A recv returned less than it asked for, and the next one does not ask for the rest."""
    moved = [call for call in seen.calls if call.size and (call.asks_for or call.flow == "out")]
    short = [call for call in moved if call.flow == "in" and (call.size or 0) < call.asks_for]
    return bool(short) and not _asks_on(short[0], moved)


def stops_at_short_recv(seen: Seen) -> bool:
    """The last recv returned less than it asked for, and not the end of the stream."""
    last = seen.incoming[-1] if seen.incoming else None
    return last is not None and 0 < (last.size or 0) < last.asks_for


def _asks_on(short: Called, moved: list[Called]) -> bool:
    after = moved[moved.index(short) + 1 :]
    missing = short.asks_for - (short.size or 0)
    return bool(after) and after[0].flow == "in" and after[0].asks_for >= missing


def turned_round(seen: Seen) -> bool:
    """The 4 bytes of the header came in the other order."""
    wanted, got = seen.wanted[:4], seen.got[:4]
    return len(got) == len(wanted) == 4 and got == wanted[::-1] != wanted


def asks_for_millions(seen: Seen) -> bool:
    """A recv asks for a number that is small when its bytes are turned round."""
    sizes = [call.asks_for for call in seen.result.transcript if isinstance(call, Called)]
    return any(
        0x10000 <= size < 1 << 32
        and int.from_bytes(size.to_bytes(4, "little"), "big") < 0x10000
        and not size & 0xFFFF
        for size in sizes
    )


def counted_characters(seen: Seen) -> bool:
    """The header announces as many bytes as the text has characters."""
    body = seen.wanted[4:].decode("utf-8", "ignore")
    return len(body) < len(seen.wanted) - 4 and _announced(seen.got) == len(body)


def counted_itself(seen: Seen) -> bool:
    """The header announces 4 bytes more than follow."""
    return len(seen.got) > 4 and _announced(seen.got) == len(seen.got)


def _announced(data: bytes) -> int:
    return int.from_bytes(data[:4], "little")
