"""What the client does that stores a file, announced by a JSON dict with its length before it."""

from __future__ import annotations

import json

from pytest_sockets import (
    Client,
    Coalesce,
    Finding,
    Fragment,
    Message,
    Peer,
    behaviour,
    message,
    what_was_printed,
)

from .files import LEAST, LONG, SHORT, binary, expect_file
from .framed import (
    expect_body_in_any_pieces,
    expect_ends_early,
    framed,
    start_afresh,
    test_collects_the_whole_header,
    test_recovers_the_length_from_the_header,
)

ROOT = "summer"
"""What the dict has besides name, size and text, as in the tutorial."""


def block(client: Client, text: str) -> tuple[bytes, bytes, bytes]:
    """Return header and dict, with ``text`` in the dict, and the bytes of the file."""
    data = client.digits()
    return (*_announce(_name(client), len(data), text, plain=text.isascii()), data)


def _announce(name: str, size: int, text: str = "", *, plain: bool = True) -> tuple[bytes, bytes]:
    """Return header and dict; a ``plain`` dict has ASCII only."""
    return framed(json.dumps(_dict(name, size, text), ensure_ascii=plain).encode())


def _dict(name: str, size: int, text: str = "") -> dict[str, str | int]:
    return {"file_name": name, "file_size": size, "file_content": text, "file_root": ROOT}


def _name(client: Client) -> str:
    return f"{client.letters(6).decode()}.bin"


def _hand_over(client: Client, name: str, content: bytes, *, plain: bool = True) -> None:
    """Send all in one piece, finish, and expect the file."""
    with client.accept(Coalesce()) as peer:
        peer.send(*_announce(name, len(content), plain=plain), content)
        peer.finish()
        expect_file(client, name, content)


@behaviour("HDR-12", needs=test_recovers_the_length_from_the_header, source="001 struct",
           tutorial="the version with three recv(75) stores nothing")  # fmt: skip
def test_stores_the_file_as_it_came(client: Client) -> None:
    """Stores the bytes of the file unchanged, under its name.

    The dict ends after as many bytes as its header says; the file_size bytes
    behind it are the file. It is called what file_name says. Pictures and films
    are no text: they can't be decoded, and a line end in them is no line end.

    Hint: recv(length) for the dict; then open(file_name, "wb"), recv until
    file_size bytes are there, and write what recv returned, without decoding it.
    """
    content = binary(client.chance, client.ease.up_to(SHORT, "bytes", least=LEAST))
    _hand_over(client, _name(client), content)


@behaviour("HDR-19", needs=test_stores_the_file_as_it_came, source="001 struct",
           tutorial="the version with three recv(75) stores nothing")  # fmt: skip
def test_stores_a_file_with_a_chinese_name(client: Client) -> None:
    """Stores a file with a Chinese name under this name.

    The dict is UTF-8, and Chinese characters stand in it as they are.

    Hint: json.loads(data) takes the bytes as they came; or decode("utf-8").
    """
    _hand_over(client, f"{client.chinese(5)}.bin", client.digits(SHORT), plain=False)


@behaviour("HDR-09", needs=(test_collects_the_whole_header, test_stores_a_file_with_a_chinese_name),
           source="001 struct", tutorial="it calls recv(dict_len) once")  # fmt: skip
def test_collects_the_whole_dict(client: Client) -> None:
    """Collects the dict when it arrives in pieces, or stuck to the file.

    recv(n) returns at most n bytes. The dict is cut behind its header, in two
    places, and at every byte, which also cuts Chinese characters; then it comes
    together with the beginning of the file.

    Hint: call recv(length - len(data)) in a loop, and json.loads when all is there.
    """
    expect_body_in_any_pieces(client, f"{client.chinese(3)}{client.letters(4).decode()}")
    start_afresh(client)
    name, content = _name(client), client.digits(SHORT)
    with client.accept(Coalesce()) as peer:
        early = 100 if client.ease.up_to(2, "pieces") > 1 else SHORT
        peer.send(*_announce(name, len(content)), content[:early])
        client.come_to_rest()
        peer.send(content[early:])
        client.expect_printed(
            name.encode(),
            ROOT.encode(),
            hint=message("{text} in what the program prints", text=str(_dict(name, len(content)))),
        )


@behaviour("HDR-10", needs=test_stores_the_file_as_it_came, source="001 struct",
           tutorial="one version reads 225 bytes, the other what one recv gives")  # fmt: skip
def test_reads_the_file_to_its_last_byte(client: Client) -> None:
    """Reads the file to its last byte, without waiting for the end of the stream.

    One file comes byte by byte, one in pieces of 700 bytes, and one is longer
    than the receive buffer. The connection stays open: file_size alone says when it is
    complete.

    Hint: while len(received) < file_size, and count what recv really returned.
    """
    for most, piece in ((40, 1), (3000, 700), (LONG, 16_384)):
        start_afresh(client)
        size = client.ease.up_to(most, "bytes")
        name, content = _name(client), client.digits(size)
        head = b"".join(_announce(name, size))
        cuts = tuple(range(len(head), len(head) + size, piece))
        with client.accept(Fragment(at=cuts[: client.ease.up_to(len(cuts), "pieces")])) as peer:
            peer.send(head + content)
            expect_file(client, name, content)
            _expect_comes_to_its_end(client, peer)


def _expect_comes_to_its_end(client: Client, peer: Peer) -> None:
    """Expect that the client closes, ends, or asks for a key, although we have not finished."""
    if not client.program.running or client.asks() or not client.holds(peer):
        return
    doing = client.state()
    if client.program.running:  # who sleeps may have ended meanwhile
        raise Finding(message("the client comes to its end"), doing)


@behaviour("HDR-20", needs=test_reads_the_file_to_its_last_byte, source="001 struct",
           tutorial="neither version looks at how much is still missing")  # fmt: skip
def test_takes_no_byte_beyond_the_file(client: Client) -> None:
    """Takes no byte beyond the end of the file.

    What follows the file belongs to the next message, and may arrive stuck to it.

    Hint: recv(min(1024, file_size - received)): never more than is still missing.
    """
    name, content = _name(client), client.digits(SHORT)
    with client.accept(Coalesce()) as peer:
        peer.send(*_announce(name, SHORT), content, client.digits(50))
        expect_file(client, name, content)


@behaviour("HDR-11", needs=test_reads_the_file_to_its_last_byte, source="001 struct",
           tutorial="it says so inside the loop, after the first recv")  # fmt: skip
def test_says_when_the_file_is_complete(client: Client) -> None:
    """Says that the file is complete when its last byte is there, and not before.

    A line that comes with each piece tells nobody anything. How it is worded is
    free, but it must not be the same as one that was printed before.

    Hint: print behind the loop, not inside it.
    """
    name, content = _name(client), client.digits(SHORT)
    before, after = _lines(client, name, content, SHORT // 2)
    if not after:
        raise Finding(
            message("a line that says that the file is complete"),
            message("nothing is printed after the last byte; {doing}", doing=client.state()),
            advice=_read_on(client, name, content),
        )
    if all(line in before for line in after):
        raise Finding(
            message("a line that says so, once, after the last byte"),
            message("{what} before it as well", what=what_was_printed(after[-1])),
        )


def _read_on(client: Client, name: str, content: bytes) -> Message | None:
    """Say so where the client has stored a part of ``content`` only, which came with a pause."""
    stored = client.stored(name) or b""
    if stored == content or not content.startswith(stored):
        return None
    return message("read on until file_size bytes are there, however late they come: no time limit")


def _lines(
    client: Client, name: str, content: bytes, early: int
) -> tuple[list[bytes], list[bytes]]:
    """Send a file, ``early`` bytes of it with the dict and the others in one piece after that.

    Return the lines that were printed before the others, and those after them.
    """
    with client.accept() as peer:
        peer.send(b"".join(_announce(name, len(content))) + content[:early])
        client.come_to_rest()
        before = len(client.program.stdout)
        peer.send(content[early:])
        peer.finish()
        client.come_to_rest()
    printed = client.program.stdout
    lines = [line for line in printed[before:].splitlines() if line.strip()]
    return printed[:before].splitlines(), lines


@behaviour("HDR-14", level="should", needs=test_stores_the_file_as_it_came, source="001 struct",
           tutorial="the version with three recv(75) stores nothing")  # fmt: skip
def test_stores_an_empty_file(client: Client) -> None:
    """Stores a file of 0 bytes, and does not wait for more.

    Nothing follows the dict, and still the file has to be there. Who calls recv
    before looking at the size waits for ever.

    Hint: open the file first; then while received < file_size, with the test
    before the recv.
    """
    name, old = _name(client), client.digits(SHORT)
    _expect_empty_file(client, name)
    start_afresh(client)
    _hand_over(client, name, old)
    start_afresh(client)
    try:
        _expect_empty_file(client, name)
    except Finding as finding:
        if client.stored(name) == old:
            finding.because = message('mode "wb" empties the file; "ab" and "r+b" do not.')
        raise


def _expect_empty_file(client: Client, name: str) -> None:
    with client.accept() as peer:
        peer.send(b"".join(_announce(name, 0)))
        expect_file(client, name, b"")
        _expect_comes_to_its_end(client, peer)


@behaviour(
    "HDR-13",
    level="should",
    needs=(test_recovers_the_length_from_the_header, test_says_when_the_file_is_complete),
    source="003 §5",
    tutorial="one version says that the file is complete after its first piece",
)
def test_stops_at_an_early_end(client: Client) -> None:
    """Stops when the stream ends too early, and does not say that the file is complete.

    It ends in the header, in the dict, and in the file. At its end a stream
    gives b"" for every recv: a loop that waits for more bytes runs for ever.

    Hint: if not data: leave the loop, and say that the file is incomplete.
    """
    name, content = _name(client), client.digits(SHORT)
    _, after = _lines(client, name, content, 0)
    whole = b"".join(_announce(name, SHORT))
    expect_ends_early(client, whole[:2], whole[: len(whole) // 2], whole + content[: SHORT // 2])
    # A client may print the content itself, and say goodbye however it went.
    said = [line for line in after if line not in content]
    if said and set(said) <= set(client.program.stdout.splitlines()):
        raise Finding(
            message("no word of a complete file after half of it"),
            what_was_printed(said[-1]),
        )
