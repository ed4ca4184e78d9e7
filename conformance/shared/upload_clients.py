"""What the client of the net drive does: it sends a name, pauses, and then sends the file."""

from __future__ import annotations

import os
from itertools import accumulate

from pytest_sockets import (
    Client,
    Finding,
    Message,
    NotJudged,
    Peer,
    behaviour,
    message,
    size_of,
    what_was_printed,
)

from .expectations import shows_number
from .files import LEAST, SHORT, binary

NAME = "Refrain.mp3"
FOLDER = "music"
TUTORIAL = r"D:\music\Refrain.mp3"

GAP = 0.3
"""Seconds for which the name has to be alone; the tutorial pauses for 1.

Half of them are asked for: we may hear the name late, and its pause had begun before.
"""

PAUSE = 2.5
"""Seconds after which a client that has said no more won't, where its sleep can't be seen."""

HELD_BACK = 2.5
"""Seconds in which we read nothing, unless the client is blocked before."""

MORE_THAN_A_PIECE = 1_030_000
"""Bytes of a file of which the tutorial's client, which reads 1 024 000, needs two pieces."""

MORE_THAN_BUFFERS = 5_000_000
"""Bytes that both systems' buffers can't hold: the client is blocked until we read."""


def offer(client: Client, content: bytes, name: str = NAME) -> None:
    """Put ``content`` where a client looks for it: under the name typed, and the fixed ones.

    What was handed in under these names makes room.
    """
    if not (client.folder / FOLDER).is_dir():
        client.remove(FOLDER)
        (client.folder / FOLDER).mkdir()
    # Where a path has slashes the tutorial's is a name like any other.
    paths = (f"{FOLDER}/{name}", name, NAME, *([TUTORIAL] if os.sep == "/" else []))
    for path in paths:
        client.put(path, content)


def begin(client: Client, content: bytes, name: str = NAME) -> Peer:
    """Offer a file and accept the client; it is told the path if it asks for it."""
    offer(client, content, name)
    return client.accept_typing(f"{FOLDER}/{name}")


def _everything(peer: Peer) -> bytes:
    """Return all that comes; the pause behind the name is not taken for the end."""
    peer.hear()
    return peer.heard_within(PAUSE) + peer.everything()


def prepare(client: Client) -> None:
    """Put some file into the folder, for whoever asks no more than that the client runs."""
    offer(client, client.digits(SHORT))


@behaviour("FIL-01", source="000 net drive client")
def test_sends_the_bare_name_first(client: Client) -> None:
    """Sends the bare name of the file first, and then its content.

    The server stores under this name: a path of the client's machine means
    nothing there. Behind the name comes nothing but the file: no newline, no
    length.

    Hint: sock.send(os.path.basename(path).encode("utf-8")).
    """
    content = client.digits(SHORT)
    name = NAME.encode()
    with begin(client, content) as peer:
        sent = _everything(peer)
    if not sent.startswith(name) or not content.startswith(sent[len(name) :]):
        raise Finding(
            message("{name}, and then {content}", name=name, content=content),
            message("{data}", data=sent) if sent else client.state(),
            difference=(name + content, sent),
            rests_on_deadline=peer.unsure,
        )


@behaviour("FIL-02", needs=test_sends_the_bare_name_first, source="000 net drive client")
def test_sends_the_whole_file(client: Client) -> None:
    """Sends the whole file, byte for byte.

    A file is read in pieces until nothing is left, and as binary: a film is no
    text, and can't be decoded.

    Hint: open(path, "rb"); read and send in a loop until read returns b"": the
    last piece, which may be shorter, has to go out as well.
    """
    content = binary(client.chance, client.ease.up_to(MORE_THAN_A_PIECE, "bytes", least=LEAST))
    with begin(client, content) as peer:
        _expect_file_from(peer, client, content)


def _expect_file_from(peer: Peer, client: Client, content: bytes) -> None:
    """Expect ``content`` at the end of what the client sends, behind a name."""
    sent = _everything(peer)
    before = len(sent) - len(content)
    if not sent.endswith(content) or before > 2 * len(TUTORIAL):
        raise Finding(
            message("the {count} bytes of the file, behind its name", count=len(content)),
            message("{what}; {doing}", what=_part_of(content, sent), doing=client.state()),
            rests_on_deadline=peer.unsure,
        )


def _part_of(content: bytes, sent: bytes) -> Message:
    """Say how much of ``content`` came behind the name, or else what came."""
    behind = sent.removeprefix(NAME.encode())
    if behind and behind != sent and content.startswith(behind):
        return message("the first {count} bytes of it and no more", count=len(behind))
    return message("{data} ({size})", data=sent, size=size_of(sent))


@behaviour("FIL-08", needs=test_sends_the_bare_name_first, source="000 net drive client")
def test_leaves_a_gap_behind_the_name(client: Client) -> None:
    """Leaves a gap behind the name, so that it arrives alone.

    TCP keeps no borders: sent at once, name and content stick together. In this
    protocol only the pause holds them apart. (A length before the name would be
    the better way; see tcp-length-prefix.)

    Hint: time.sleep(1) between the name and the content.
    """
    content = client.digits(SHORT)
    with begin(client, content) as peer:
        peer.hear()
        sent = peer.heard_within(GAP / 2)
    if content[:16] in sent and _heard_for(client) < GAP / 2:
        raise Finding(
            message("{name}, and {seconds} s of silence", name=NAME.encode(), seconds=GAP),
            message("{data} ({size})", data=sent, size=size_of(sent)),
            rests_on_deadline=True,
        )


def _heard_for(client: Client) -> float:
    """Return how many seconds the name was alone: none where it came with what follows it.

    A look of ours that was late may have taken in more than its time allowed.
    """
    pieces = [each for each in client.events if (each.side, each.name) == ("program", "sent")]
    sizes = accumulate(len(getattr(piece, "data", b"")) for piece in pieces)
    alone = [piece for piece, size in zip(pieces, sizes, strict=True) if size <= len(NAME)]
    return pieces[len(alone)].at - alone[-1].at if alone else 0.0


@behaviour("FIL-09", needs=test_sends_the_whole_file, source="000 net drive client")
def test_closes_after_the_last_byte(client: Client) -> None:
    """Closes the connection after the last byte.

    The end of the stream is the only mark of the end: without it the server
    waits for more. It sends nothing back.

    Hint: sock.close() behind the loop that sends, with no recv and no input
    before it.
    """
    with begin(client, client.digits(SHORT)) as peer:
        _everything(peer)
        if not peer.was_reset:
            peer.expect_end()


@behaviour("CLS-06", needs=test_closes_after_the_last_byte,
           source="000 §3 client; 001 socket example")  # fmt: skip
def test_closes_in_order(client: Client) -> None:
    """Closes its connection in an orderly way, and ends without an error.

    The server sees the end of the stream (FIN). A reset (RST) could destroy
    what it has not read yet.

    Hint: sock.close() and nothing else; no SO_LINGER.
    """
    with begin(client, client.digits(SHORT)) as peer:
        _everything(peer)
        peer.expect_end()
    client.expect_exit()


@behaviour(
    "FIL-07",
    level="should",
    needs=(test_sends_the_whole_file, test_closes_in_order),
    source="000 net drive client",
)
def test_prints_the_size_and_the_end(client: Client) -> None:
    """Prints the size of the file, and at the end that it has finished.

    The size is known before anything is sent; that all is sent is known when
    the last send has returned. How both are worded is free.

    Hint: print(os.path.getsize(path)) first, and print("Finish!") behind the
    loop that sends.
    """
    content = _large(client)
    with begin(client, content) as peer:
        peer.hear()
        client.hold_back(HELD_BACK)
        early = client.program.stdout
        _everything(peer)
    client.come_to_rest()
    late = client.program.stdout[len(early) :]
    if not shows_number(early, len(content)):
        raise Finding(
            message(
                "{size} is printed, the size of the file in bytes, while it is sent",
                size=len(content),
            ),
            what_was_printed(early),
        )
    if not late.strip():
        raise Finding(
            message("a line that is printed when the last byte has been sent"),
            message("{what} before that, and nothing after it", what=what_was_printed(early)),
        )


def _large(client: Client) -> bytes:
    """Return more digits than buffers hold; their number is no round one."""
    digits = client.digits(5003)
    return digits * (MORE_THAN_BUFFERS // len(digits) + 1)


@behaviour(
    "FIL-10",
    level="should",
    needs=(test_sends_the_whole_file, test_closes_after_the_last_byte),
    source="004 §3 (5)",
)
def test_waits_for_a_slow_receiver(client: Client) -> None:
    """Loses nothing when the receiver is slow.

    When the buffers are full, send waits until there is room. With a timeout it
    gives up instead, or takes a part only and returns how much.

    Hint: sendall, without a timeout; or look at what send returned.
    """
    content = _large(client)
    with begin(client, content) as peer:
        peer.hear()
        client.hold_back(HELD_BACK)
        _expect_file_from(peer, client, content)


@behaviour(
    "FIL-13",
    level="should",
    needs=(test_sends_the_bare_name_first, test_sends_the_whole_file),
    source="000 net drive client",
)
def test_sends_names_in_chinese_and_with_blanks(client: Client) -> None:
    """Sends names with Chinese characters and blanks.

    The name is encoded as UTF-8, whatever is in it, and a blank is a part of it.

    Hint: path = input(), all of it, without split(); then
    os.path.basename(path).encode("utf-8").
    """
    name = f"{client.chinese(3)} {client.chinese(3)}.bin"
    content = client.digits(SHORT)
    with begin(client, content, name) as peer:
        sent = _everything(peer)
    if sent == NAME.encode() + content:
        raise NotJudged(
            message("the client asks for no path: it can't be told to send another file")
        )
    if sent != name.encode() + content:
        raise Finding(
            message("{name}, and then the file", name=name.encode()),
            message("{data}", data=sent) if sent else client.state(),
            difference=(name.encode() + content, sent),
            rests_on_deadline=peer.unsure,
        )
