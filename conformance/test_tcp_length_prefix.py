"""tcp-length-prefix: before each message its length in 4 bytes, so that nothing sticks.

The server speaks, the client only listens. The server serves one client: it
reads lines from the keyboard, as soon as the client is there, and sends each as
a message: first the number of bytes of the text in UTF-8, as 4 bytes
little-endian (struct format "i"), then these bytes, without a newline. An empty
line is a message of 0 bytes: a header alone. How the server ends is free. The
client prints each message as text on a line of its own, however the bytes are
grouped, and ends when the stream ends, also in the middle of a message. Source:
tutorial 001, sticky packets and struct.
"""

from __future__ import annotations

from pytest_sockets import (
    Blocked,
    Client,
    Coalesce,
    Exercise,
    Finding,
    Fragment,
    Message,
    Pair,
    Peer,
    Server,
    behaviour,
    message,
    profile,
    size_of,
    what_was_printed,
)

from .shared.framed import (
    HEADER,
    arrives,
    expect_body_in_any_pieces,
    expect_ends_early,
    expect_one_by_one,
    framed,
    start_afresh,
    test_collects_the_whole_header,
    test_recovers_the_length_from_the_header,
)
from .shared.pairs import PIECES_TO_CLIENT, pair_profile
from .shared.servers import test_listens_on_its_address, test_takes_its_first_client

SIZES = (1, 300, 40_000, 0)
"""Bytes of messages whose length as text, or in 2 bytes with a sign, needs other headers."""

LONG = 20_000
"""Bytes of a message that is longer than what recv is usually given."""

LONGEST = 150_000
"""Bytes of a message that is longer than the usual receive buffer, and than 2 bytes can count."""


def contact(_peer: Peer, server: Server) -> None:
    """Have the server send a message."""
    server.type(server.digits().decode())


def block(_client: Client, text: str) -> tuple[bytes, bytes, bytes]:
    """Return header and body of a message, with nothing behind it."""
    return (*framed(text.encode()), b"")


def _sent_for(peer: Peer, server: Server, line: str) -> bytes:
    """Type ``line`` and return all that the server sends for it."""
    server.type(line)
    return peer.received_so_far()


@behaviour("HDR-01", needs=test_takes_its_first_client, source="001 struct")
def test_sends_a_header_of_four_bytes(server: Server) -> None:
    """Sends 4 bytes before each message, whatever its length.

    Only a header of a fixed size can be received without knowing its length.
    A text such as "300" has as many bytes as the number has digits. An empty
    message has a header too.

    Hint: struct.pack("i", length) has 4 bytes for every length below 2**31.
    """
    for size in SIZES:
        if server.programs:
            server.start_afresh()
        with server.connect() as peer:
            line = server.digits(size)
            sent = _sent_for(peer, server, line.decode())
        if len(sent) != HEADER + size:
            raise Finding(
                message("a header of 4 bytes, and a message of {size}", size=size),
                message("{size} together: {data}", size=size_of(sent), data=sent[:40]),
                advice=_besides_the_header(server, line, sent),
            )


def _besides_the_header(server: Server, line: bytes, sent: bytes) -> Message | None:
    """Say what to do about what was ``sent`` for ``line``; None if its header is wrong."""
    announced, text = int.from_bytes(sent[:HEADER], "little"), sent[HEADER:]
    if not sent and not line and not server.crash():
        return message("an empty line is a message too: send its header, and ask for the next line")
    if not sent and server.asks():
        return message("send a message as soon as its line was typed: keep none back for later")
    follows = bool(text) and (line.startswith(text) or text.startswith(line))
    if follows and announced in (len(line), len(text)):
        return message("the header is right: send the whole text behind it, and nothing else")
    return None


@behaviour("HDR-05", needs=test_sends_a_header_of_four_bytes, source="001 struct")
def test_sends_header_then_data(server: Server) -> None:
    """Sends the header, then exactly the text, and so for every line.

    The receiver takes 4 bytes first, since it can't know anything else. Behind
    the message the next header follows at once: no newline, nothing between.

    Hint: sock.send(header), then sock.send(data), inside the loop that asks for
    the next line.
    """
    with server.connect() as peer:
        for text in (server.digits(8), server.digits(5), b"  %b " % server.letters(12)):
            sent = _sent_for(peer, server, text.decode())
            if sent[HEADER:] != text:
                raise Finding(
                    message("4 bytes of header, then {data}", data=text),
                    message("{data}", data=sent) if sent else message("nothing"),
                )


@behaviour("HDR-17", needs=test_sends_header_then_data, source="001 struct")
def test_packs_the_length_little_endian(server: Server) -> None:
    r"""Packs the length as struct's "i" does: 4 bytes, the lowest first.

    300 is b"\x2c\x01\x00\x00". With "!i" the bytes come the other way round,
    and as text they are b"0300": a receiver that unpacks with "i" then waits for
    hundreds of millions of bytes.

    Hint: struct.pack("i", len(data)), or "<i" to be sure on every machine.
    """
    size = 300
    with server.connect() as peer:
        header = _sent_for(peer, server, server.digits(size).decode())[:HEADER]
    if len(header) < HEADER:
        raise Blocked(test_sends_a_header_of_four_bytes)
    announced = int.from_bytes(header, "little", signed=True)
    # Whether it counts the right thing is another question.
    if not size // 2 <= announced <= size * 2:
        expected = size.to_bytes(HEADER, "little")
        raise Finding(
            message("{data} as the header of {size} bytes", data=expected, size=size),
            message("{data}, which unpacks to {announced}", data=header, announced=announced),
        )


@behaviour("HDR-02", needs=(test_sends_header_then_data, test_packs_the_length_little_endian),
           source="001 struct")  # fmt: skip
def test_counts_bytes_not_characters(server: Server) -> None:
    """Announces the number of bytes, not of characters, and without the header.

    A Chinese character has 3 bytes in UTF-8. Who counts characters announces
    too little, and the rest is taken for the next header.

    Hint: data = line.encode("utf-8"), and then len(data): not len(line), and
    not len(data) + 4.
    """
    text = f"{server.chinese(20)} {server.digits(3).decode()}"
    with server.connect() as peer:
        sent = _sent_for(peer, server, text)
    expected = b"".join(framed(text.encode()))
    # Where both differ, the text tells more: whether it is in another encoding.
    start = HEADER if sent[HEADER:] != text.encode() else 0
    if sent != expected:
        raise Finding(
            message("{data} ({size})", data=expected, size=size_of(expected)),
            message("{data} ({size})", data=sent, size=size_of(sent)),
            difference=(expected[start:], sent[start:]),
        )


@behaviour("HDR-18", needs=test_recovers_the_length_from_the_header, source="001 struct")
def test_takes_stuck_messages_apart(client: Client) -> None:
    """Takes messages apart that arrive stuck together.

    Three messages come in one piece. What lies behind the first message is the
    header of the second: it must stay in the buffer until its turn.

    Hint: recv(length) with the length of this message, never recv(1024); and
    begin again with the header, in a loop.
    """
    sizes = (9, 14, 11)[: client.ease.up_to(3, "messages")]
    texts = [client.digits(size).decode() for size in sizes]
    with client.accept(Coalesce()) as peer:
        peer.send(*(b"".join(framed(text.encode())) for text in texts))
        expect_one_by_one(client, *texts)


@behaviour("MSG-03", needs=test_takes_stuck_messages_apart, source="001 sticky packets; 001 struct")
def test_reads_as_many_bytes_as_announced(client: Client) -> None:
    """Reads as many bytes as were announced, however many they are.

    A message of 20 000 bytes and a short one come in one piece. The length
    decides, and not the size that recv is usually given.

    Hint: no fixed number such as 1024 for the body: the header says how many.
    """
    long = client.ease.up_to(LONG, "bytes", least=8)
    texts = [client.digits(long).decode(), client.letters(8).decode()]
    with client.accept(Coalesce()) as peer:
        peer.send(*(b"".join(framed(text.encode())) for text in texts))
        expect_one_by_one(client, *texts)
    start_afresh(client)
    _expect_an_empty_one(client, client.digits(9).decode(), f"  {client.letters(8).decode()} ")


def _expect_an_empty_one(client: Client, first: str, last: str) -> None:
    """Expect that an empty message arrives between two, of which the ``last`` has blanks around."""
    with client.accept(Coalesce()) as peer:
        peer.send(*(b"".join(framed(text.encode())) for text in (first, "", last)))
        _expect_a_line_between(client, first, last.strip())
        if not client.printed(last.encode()):
            raise Finding(
                message("{text} in what the program prints", text=repr(last)),
                what_was_printed(client.program.stdout),
                advice=message("print the text as it came: no strip(), blanks are a part of it"),
            )


def _expect_a_line_between(client: Client, first: str, last: str) -> None:
    """Expect a line of its own for the empty message between two others."""
    because = message("one of the messages is empty: a header alone, and a line of its own")
    advice = message("print an empty line for an empty message, and go on with the next header")
    try:
        expect_one_by_one(client, first, last)
    except Finding as finding:
        finding.because, finding.advice = because, advice
        raise
    printed = client.program.stdout
    between = printed[printed.find(first.encode()) : printed.find(last.encode())]
    if between.count(b"\n") < 2:
        raise Finding(
            message("each message on a line of its own, in the order in which they were sent"),
            what_was_printed(printed),
            because=because,
            advice=advice,
        )


@behaviour("HDR-09", needs=(test_collects_the_whole_header, test_reads_as_many_bytes_as_announced),
           source="001 struct")  # fmt: skip
def test_collects_the_whole_message(client: Client) -> None:
    """Collects a message that arrives in pieces.

    recv(n) returns at most n bytes. The message is cut behind its header, in two places, and at
    every byte, which also cuts Chinese characters; then one comes that is longer than the receive
    buffer, and than 2 bytes can count; then two messages and a half, and the rest later.

    Hint: take the length from all 4 bytes of the header; call
    recv(length - len(data)) in a loop, and decode when all is there.
    """
    longest = client.ease.up_to(LONGEST, "bytes", least=8)
    expect_body_in_any_pieces(client, f"{client.chinese(3)}{client.letters(4).decode()}")
    pieces = client.ease.in_pieces(Fragment(size=16_384))
    arrives(client, client.digits(longest).decode(), pieces)
    start_afresh(client)
    texts = [client.digits(size).decode() for size in (9, 14, 11)]
    with client.accept(Coalesce()) as peer:
        first, second, third = (b"".join(framed(text.encode())) for text in texts)
        half = HEADER + 6 if client.ease.up_to(2, "pieces") > 1 else len(third)
        peer.send(first, second, third[:half])
        client.come_to_rest()
        peer.send(third[half:])
        expect_one_by_one(client, *texts)


@behaviour(
    "HDR-13", level="should", needs=test_recovers_the_length_from_the_header, source="003 §5"
)
def test_stops_at_an_early_end(client: Client) -> None:
    """Stops when the stream ends in the middle of a message.

    At its end a stream gives b"" for every recv. A loop that waits for more
    bytes then runs for ever.

    Hint: if not piece: leave the loop, and say that the message is incomplete.
    """
    whole = b"".join(framed(client.digits(8)))
    first = b"".join(framed(client.digits(9)))
    expect_ends_early(client, whole[:2], whole[: HEADER + 3], first + whole[:HEADER])


server = profile(
    basic={
        test_listens_on_its_address: 5,
        test_takes_its_first_client: 5,
        test_sends_a_header_of_four_bytes: 25,
        test_sends_header_then_data: 15,
        test_packs_the_length_little_endian: 15,
        test_counts_bytes_not_characters: 35,
    },
    one_shot=True,
    contact=contact,
    keyboard=True,
)

client = profile(
    basic={
        test_recovers_the_length_from_the_header: 15,
        test_takes_stuck_messages_apart: 20,
        test_reads_as_many_bytes_as_announced: 10,
    },
    robust={
        test_collects_the_whole_header: 20,
        test_collects_the_whole_message: 25,
        test_stops_at_an_early_end: 10,
    },
    one_shot=True,
    framed=block,
)


def dictate(pair: Pair) -> None:
    """Type at the server; the client shows line after line."""
    for _ in range(2):
        line = pair.server.letters(20)
        pair.type(pair.server, line.decode())
        pair.expect_shown(pair.client, line)


def dictate_at_once(pair: Pair) -> None:
    """Type several lines at the server at once; the client shows each on a line of its own."""
    lines = [pair.server.letters(count).decode() for count in (20, 5, 30)]
    pair.type(pair.server, *lines)
    pair.expect_shown(pair.client, *(line.encode() for line in lines))
    expect_one_by_one(pair.client, *lines)


pair = pair_profile(
    dictate,
    pieces=PIECES_TO_CLIENT,
    stuck=dictate_at_once,
    alone=(test_collects_the_whole_header, test_collects_the_whole_message),
)

exercise = Exercise(
    name="tcp-length-prefix",
    system="S16",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
