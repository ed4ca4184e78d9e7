"""What a client does that is sent a block with its length before it: 4 bytes, little-endian.

``client.profile.facts["framed"]`` takes the client and a text and returns the
pieces that make one such block: the header, the body (with the text in it) and
what follows them. The contract has the client print the text of a body.
"""

from __future__ import annotations

import json
import struct

from pytest_sockets import (
    Client,
    Fault,
    Finding,
    Fragment,
    behaviour,
    message,
    what_was_printed,
)

HEADER = 4
SHOWN = 60


def framed(body: bytes) -> tuple[bytes, bytes]:
    """Return the header that announces ``body``, and ``body``."""
    return struct.pack("<i", len(body)), body


def arrives(client: Client, text: str, *faults: Fault) -> None:
    """Start the client (again), send it a block with ``text``, and expect that it prints it."""
    start_afresh(client)
    with client.accept(*faults) as peer:
        peer.send(b"".join(client.profile.facts["framed"](client, text)))
        expect_shown(client, text)


def start_afresh(client: Client) -> None:
    """Take the client down, if it runs, and start it once more."""
    if client.programs:
        client.program.end()
        client.again()


def expect_shown(client: Client, text: str) -> None:
    """Expect ``text`` in what the client prints: as text, as its bytes, or as JSON writes it."""
    data = text.encode()
    others = repr(data)[2:-1], json.dumps(text)[1:-1]
    if not client.printed(data) and not any(each.encode() in client.screen for each in others):
        raise Finding(
            message("{text} in what the program prints", text=_short(text)),
            what_was_printed(client.screen),
        )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@behaviour("HDR-03", source="001 struct")
def test_recovers_the_length_from_the_header(client: Client) -> None:
    """Recovers the length from the header, and prints what it announced.

    The header says how many bytes follow: these are received, and what they say
    is printed. struct.unpack returns a tuple, also when there is one value in
    it. Both sides have to use the same format: "i" (4 bytes, little-endian on
    usual machines).

    Hint: length = struct.unpack("i", header)[0], then recv(length), and print
    what came.
    """
    arrives(client, client.letters(300).decode())


@behaviour("HDR-08", needs=test_recovers_the_length_from_the_header, source="001 struct",
           tutorial="it calls recv(4) once")  # fmt: skip
def test_collects_the_whole_header(client: Client) -> None:
    """Collects all 4 bytes of the header, also when they come one by one.

    recv(4) returns at most 4 bytes, and at least 1. The header is cut after
    each of its bytes in turn, and then comes in 4 pieces.

    Hint: call recv(4 - len(header)) in a loop until len(header) is 4; a function
    that does so for any number serves the body as well.
    """
    for cuts in ((1,), (2,), (3,), (1, 2, 3, 4)):
        arrives(client, client.letters(9).decode(), client.ease.in_pieces(Fragment(at=cuts)))


def expect_body_in_any_pieces(client: Client, text: str) -> None:
    """Expect that one block arrives, cut behind its header, in the middle, and at every byte.

    The header itself stays whole. ``text`` decides which characters are cut.
    """
    _, body, _ = client.profile.facts["framed"](client, text)
    end = HEADER + len(body)
    for cuts in ((HEADER,), (HEADER + len(body) // 3, HEADER + len(body) // 2), range(HEADER, end)):
        arrives(client, text, client.ease.in_pieces(Fragment(at=tuple(cuts))))


def expect_ends_early(client: Client, *beginnings: bytes) -> None:
    """Expect that the client ends by itself when the stream ends after each of ``beginnings``."""
    for beginning in beginnings:
        start_afresh(client)
        with client.accept() as peer:
            peer.send(beginning)
            peer.finish()
            client.expect_ends()


def expect_one_by_one(client: Client, *texts: str) -> None:
    """Expect each of ``texts`` on a line of its own, in this order."""
    for text in texts:
        expect_shown(client, text)
    lines = [line.decode("utf-8", "replace") for line in client.program.stdout.splitlines()]
    found = [next((i for i, line in enumerate(lines) if text in line), -1) for text in texts]
    if found != sorted(set(found)):
        raise Finding(
            message("each message on a line of its own, in the order in which they were sent"),
            what_was_printed(client.program.stdout),
        )
