"""tcp-sticky: three small messages, sent one right after the other, arrive stuck together.

The server speaks first. As soon as a client has connected it sends b"hello",
b"hai" and b"hahaha", three sends without a pause and without anything between
them, and ends. The client receives three times and prints what it got as text,
each time on a line of its own; the client sends nothing. Its server may send
any three words of 14 bytes together, stuck to one, two or three pieces. TCP
does not tell where a message ended: the same 14 bytes may be one recv or three.
Source: tutorial 001, sticky packets.
"""

from __future__ import annotations

import re
import string
from itertools import pairwise, takewhile

from pytest_sockets import (
    Client,
    Coalesce,
    Exercise,
    Fault,
    Finding,
    Fragment,
    NotJudged,
    Pair,
    Peer,
    Server,
    behaviour,
    message,
    profile,
    what_was_printed,
)

from .shared.expectations import expect_nothing_behind
from .shared.pairs import pair_profile
from .shared.servers import test_listens_on_its_address, test_takes_its_first_client

WORDS = (b"hello", b"hai", b"hahaha")
ALL = b"".join(WORDS)

AT_ONCE = 0.02
"""Seconds of sleep between two sends after which the second counts as sent later."""

GROUPINGS: tuple[Fault, ...] = (
    Coalesce(),
    Fragment(at=(5, 8)),
    Fragment(at=(3, 8)),
    Fragment(at=(5,)),
    Fragment(at=(8,)),
)
"""All in one; three words as they were sent; hel + lohai + hahaha; two ways of two pieces."""


def contact(peer: Peer, _server: Server) -> None:
    """Wait for the first of it."""
    peer.hear()


@behaviour("MSG-05", needs=test_takes_its_first_client, source="001 sticky packets")
def test_sends_three_words(server: Server) -> None:
    """Sends hello, hai and hahaha, in this order and with nothing between them.

    The client finds these 14 bytes in one piece, or in several: this is what
    "sticky packets" means. So nothing else may be among them, no newline either,
    and the server waits for nobody: it neither receives nor asks for a key.

    Hint: conn.send(b"hello"), conn.send(b"hai"), conn.send(b"hahaha").
    """
    with server.connect() as peer:
        server.come_to_rest()
        peer.expect(ALL)
        expect_nothing_behind(peer)


@behaviour("MSG-06", needs=test_sends_three_words, source="001 sticky packets")
def test_makes_no_pause_between_its_sends(server: Server) -> None:
    """Makes no pause between its three sends.

    With a pause in between, an eager client gets three pieces, and the
    demonstration shows nothing. A pause does not cure it either: a client that
    is late finds the pieces stuck all the same.

    Hint: three sends directly one after the other, without time.sleep.
    """
    with server.connect() as peer:
        peer.hear()
        peer.expect(ALL, patience=AT_ONCE)
        if not server.sleep_shows:
            raise NotJudged(message("nothing here shows whether a program sleeps"))


@behaviour("MSG-02", source="001 sticky packets; 002 §4")
def test_loses_no_byte_however_they_are_grouped(client: Client) -> None:
    """Prints every byte once and in order, however they are grouped.

    The 14 bytes come as one piece, then as three, then cut elsewhere. The
    grouping is up to the network; only the order of the bytes is certain.

    Hint: recv(1024) three times, and print each piece alone, whatever is in it;
    never recv with the size of a word that you hope for.
    """
    for number, grouping in enumerate(GROUPINGS):
        if number:
            client.again()
        words = _words(client)
        fault = client.ease.in_pieces(grouping) if isinstance(grouping, Fragment) else grouping
        with client.accept(fault) as peer:
            if isinstance(grouping, Coalesce):
                peer.send(*words)
            else:
                peer.send(b"".join(words))
            peer.finish()
            client.come_to_rest()
        _expect_shown(client, _pieces(b"".join(words), fault))


def _words(client: Client) -> list[bytes]:
    """Return random words of the lengths of WORDS; no letter occurs twice in them."""
    letters = "".join(client.chance.sample(string.ascii_letters, len(ALL))).encode()
    return [letters[:5], letters[5:8], letters[8:]]


def _pieces(text: bytes, fault: Fault) -> list[bytes]:
    """Return ``text`` as it arrives."""
    cuts = fault.at if isinstance(fault, Fragment) else ()
    borders = [0, *(cut for cut in cuts if cut < len(text)), len(text)]
    return [text[first:last] for first, last in pairwise(borders)]


def _expect_shown(client: Client, pieces: list[bytes]) -> None:
    printed, text = client.screen, b"".join(pieces)
    if _line_by_line(printed, pieces):
        return
    for shown in (re.sub(rb"\s", b"", printed), _without_frame(printed)):
        # Nothing of it may be left when it is taken out once.
        rest = shown.replace(text, b"", 1)
        if rest != shown and not any(each in rest for each in _threes(text)):
            return
    raise Finding(
        message("{text} in what the program prints, once, in one or more pieces", text=text),
        what_was_printed(printed),
    )


def _line_by_line(printed: bytes, pieces: list[bytes]) -> bool:
    """Tell whether each piece is in a line of its own, however labelled, and none of it twice."""
    lines = iter(printed.splitlines())
    in_order = all(any(piece in line for line in lines) for piece in pieces)
    return in_order and all(printed.count(each) == 1 for piece in pieces for each in _threes(piece))


def _threes(text: bytes) -> list[bytes]:
    """Return all that is 3 bytes long in ``text``: by chance that stands nowhere."""
    return [text[i : i + 3] for i in range(len(text) - 2)]


def _without_frame(printed: bytes) -> bytes:
    """Return the lines joined, without digits and without what all lines begin and end with."""
    lines = [line for raw in printed.splitlines() if (line := re.sub(rb"[\d\s]", b"", raw))]
    before = _common(lines)
    after = _common([line[before:][::-1] for line in lines])
    return b"".join(line[before : len(line) - after] for line in lines)


def _common(lines: list[bytes]) -> int:
    """Return how many bytes all lines have in common at their beginning."""
    columns = zip(*lines, strict=False)
    return len(list(takewhile(lambda column: len(set(column)) == 1, columns)))


server = profile(
    basic={
        test_listens_on_its_address: 15,
        test_takes_its_first_client: 15,
        test_sends_three_words: 45,
        test_makes_no_pause_between_its_sends: 25,
    },
    one_shot=True,
    contact=contact,
)

client = profile(
    basic={test_loses_no_byte_however_they_are_grouped: 100},
    one_shot=True,
)


def hear_it_all(pair: Pair) -> None:
    """The client prints all that the server says, piece by piece."""
    pair.expect_heard(pair.client)
    pair.come_to_rest()
    pair.expect_shown(pair.client, *pair.pieces(pair.client))


pair = pair_profile(hear_it_all, pieces=((), (Fragment(at=(5, 8)),)))

exercise = Exercise(
    name="tcp-sticky",
    system="S09",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
