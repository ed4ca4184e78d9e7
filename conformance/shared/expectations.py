"""What behaviours of different exercises expect in the same way, in the same words."""

from __future__ import annotations

import re

from pytest_sockets import Client, Finding, Message, Peer, Subject, message

SILENCE = 0.7
"""Seconds of silence that a program has to bear; shorter once it is seen to wait."""

QUIET_BYTES = 4096
"""Bytes that a program may still print when the other side has left."""


def expect_nothing_behind(peer: Peer) -> None:
    """Expect that nothing comes behind what was taken, until the program rests."""
    extra = peer.received_so_far()
    if extra:
        raise Finding(message("nothing more"), message("{data} behind it", data=extra))


def expect_open_through_silence(peer: Peer, subject: Subject, expected: Message) -> None:
    """Say nothing for a while, and expect that the program keeps the connection meanwhile."""
    peer.pause(SILENCE)
    if not subject.holds(peer):
        raise Finding(
            expected, message("it has closed the connection: {state}", state=subject.state())
        )


def expect_no_traceback(subject: Subject, expected: Message) -> None:
    """Expect that the program has printed no traceback by the time it rests."""
    error = subject.crash()
    if error is not None:
        raise Finding(expected, message("{error}", error=error))


def expect_quiet(subject: Subject, before: int) -> None:
    """Expect that the program rests and has not printed on and on since ``before`` bytes."""
    subject.expect_no_work()
    printed = len(subject.program.stdout) - before
    if printed > QUIET_BYTES:
        raise Finding(
            message("silence after the other side has left"),
            message("it prints {count} more bytes", count=printed),
        )


def expect_error_in_words(client: Client) -> None:
    """Expect that a client that finds no server ends, with a status or a word that says so."""
    client.expect_fails()
    if client.program.status == 0 and not client.program.stdout + client.program.stderr:
        raise Finding(
            message("an error text, or a status that is not 0"),
            message("it ends with status 0 and without a word, as if all had gone well"),
        )


def shows_number(printed: bytes, number: int) -> bool:
    """Tell whether ``number`` stands in what a program printed, and not as a part of another.

    Its digits may be put into groups of three: ``3,232`` or ``3_232``.
    """
    grouped = re.escape(f"{number:,}".encode()).replace(b",", rb"[,_' ]?")
    return re.search(rb"(?<!\d)%b(?!\d)" % grouped, printed) is not None
