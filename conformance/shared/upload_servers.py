"""What the server of the net drive does: it stores one file, whose name comes first."""

from __future__ import annotations

from pytest_sockets import (
    Finding,
    Fragment,
    Peer,
    Server,
    behaviour,
    message,
    what_was_printed,
)

from .expectations import SILENCE, expect_no_traceback, shows_number
from .files import LEAST, SHORT, absent, binary, expect_file
from .servers import test_takes_its_first_client

GAP = 1.0
"""Seconds of silence after the name, as in the tutorial: shorter when the server waits by then."""

MOST = 1_200_000
"""Bytes of a file that is longer than the largest recv of the tutorial."""


def contact(peer: Peer, server: Server) -> None:
    """Send the name of a file."""
    peer.send(_name(server).encode())


def _name(server: Server, letters: int = 4) -> str:
    return f"{server.letters(letters).decode()}.bin"


def _send(server: Server, name: str, content: bytes, *cuts: int) -> Peer:
    """Send a name and, once the server has taken it, the content, cut at ``cuts`` of its bytes."""
    start = len(name.encode())
    peer = server.connect(Fragment(at=(start, *(start + cut for cut in cuts))))
    peer.send(name.encode() + content)
    return peer


def _expect_stored(server: Server, name: str, content: bytes, *cuts: int) -> None:
    """Upload ``content``, cut at ``cuts`` of its bytes, and expect it in the file."""
    with _send(server, name, content, *cuts) as peer:
        peer.finish()
        expect_file(server, name, content)


@behaviour("FIL-03", needs=test_takes_its_first_client, source="000 net drive")
def test_stores_under_the_name_it_received(server: Server) -> None:
    """Stores the file under the name that it received.

    The first thing that arrives is the name: all of it, and nothing added. The
    file of that name belongs into the server's working folder.

    Hint: filename = conn.recv(1024).decode("utf-8"), then open(filename, "wb").
    """
    name = _name(server, 24)
    with _send(server, name, server.digits(SHORT)) as peer:
        peer.finish()
        server.come_to_rest()
    if server.stored(name) is None:
        raise Finding(
            message("a file {name} in the working folder", name=name),
            message("{what}; {doing}", what=absent(server, name), doing=server.state()),
        )


@behaviour("FIL-04", needs=test_stores_under_the_name_it_received, source="000 net drive")
def test_stores_what_was_sent(server: Server) -> None:
    """Stores exactly the bytes that were sent, up to the end of the stream.

    A large file needs more than one recv, and a recv may also return a few
    bytes only: that is not the end. The end of the stream is, and recv returns
    b"" then. The bytes are binary, and no text.

    Hint: open(filename, "wb") once, before the loop; while True: data =
    conn.recv(1024); if not data: break; and write data as it is.
    """
    cuts = range(10, 120, 10)[: server.ease.up_to(12, "pieces") - 1]
    content = binary(server.chance, server.ease.up_to(MOST, "bytes", least=LEAST))
    _expect_stored(server, _name(server), content)
    server.start_afresh()
    content = binary(server.chance, server.ease.up_to(120, "bytes", least=LEAST))
    _expect_stored(server, _name(server), content, *cuts)


@behaviour("FIL-05", needs=test_stores_what_was_sent, source="000 net drive")
def test_waits_for_the_end_of_the_stream(server: Server) -> None:
    """Goes on receiving after a silence, until the end of the stream.

    A network may be slow for a while. Only an empty recv says that the file is
    complete.

    Hint: if not data: break is the only way out of the loop; no timeout.
    """
    name, first, second = _name(server), server.digits(SHORT), server.digits(SHORT)
    with _send(server, name, first) as peer:
        peer.pause(SILENCE)
        peer.send(second)
        peer.finish()
        expect_file(server, name, first + second)


@behaviour("FIL-06", needs=test_stores_what_was_sent, source="000 net drive")
def test_prints_the_size_of_the_file(server: Server) -> None:
    """Prints the size of the file when it is complete.

    The size is that of the whole file in bytes. Inside the with block the last
    bytes may still be in Python's buffer, and os.path.getsize says 0.

    Hint: print(os.path.getsize(filename)) behind the with block.
    """
    # All of it fits into the smallest buffer that open gives a file.
    size = server.chance.randrange(2100, 3900)
    with _send(server, _name(server), server.digits(size), 1000) as peer:
        peer.finish()
        server.come_to_rest()
    if not shows_number(server.screen, size):
        raise Finding(
            message("{size} in what the program prints, for a file of {size} bytes", size=size),
            what_was_printed(server.screen),
        )


@behaviour("CLS-13", needs=test_stores_what_was_sent, source="000 §3; 000 net drive")
def test_ends_by_itself(server: Server) -> None:
    """Ends by itself, without an error, when the file is stored.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: after the loop close both sockets and let the script end; no input()
    and no endless loop behind it.
    """
    with _send(server, _name(server), server.digits(SHORT)) as peer:
        peer.finish()
        server.expect_exit()


@behaviour("FIL-11", level="should", needs=test_stores_under_the_name_it_received,
           source="000 net drive")  # fmt: skip
def test_stores_an_empty_file(server: Server) -> None:
    """Stores an empty file when no content follows the name.

    Also a file of 0 bytes was sent, and has to be there afterwards.

    Hint: open the file before the loop that receives.
    """
    _expect_stored(server, _name(server), b"")


@behaviour("FIL-12", level="should", needs=test_stores_what_was_sent, source="000 net drive")
def test_replaces_a_file_of_the_same_name(server: Server) -> None:
    """Replaces an older file of the same name.

    Nothing of the old content may be left, neither before nor behind the new.

    Hint: mode "wb" empties the file; "ab" and "r+b" do not.
    """
    name = _name(server)
    server.put(name, server.digits(2 * SHORT))
    _expect_stored(server, name, server.digits(SHORT))


@behaviour("FIL-13", level="should", needs=test_stores_what_was_sent, source="000 net drive")
def test_takes_names_in_chinese_and_with_blanks(server: Server) -> None:
    """Takes names with Chinese characters and blanks.

    The name is UTF-8, and all that came is the name.

    Hint: decode("utf-8"), or use the bytes as they are; no split().
    """
    _expect_stored(server, f"{server.chinese(4)} {server.chinese(4)}.bin", server.digits(SHORT))


@behaviour("SRV-05", level="should", needs=test_takes_its_first_client,
           source="001 code optimisation; 003 §5",
           tutorial="it opens a file without a name: FileNotFoundError")  # fmt: skip
def test_takes_a_silent_visitor_calmly(server: Server) -> None:
    """Takes no harm from a client that connects and leaves without a word.

    Then the first recv returns b"" already, and there is no name.

    Hint: if not filename: close, and do not open a file.
    """
    with server.connect() as peer:
        server.expect_taken(peer)
        peer.finish()
        server.expect_no_work()
        expect_no_traceback(server, message("no error when a client leaves"))


@behaviour("FIL-14", level="may", needs=test_stores_what_was_sent, source="000 net drive",
           tutorial="it uses the name as it came")  # fmt: skip
def test_stores_nothing_outside_its_folder(server: Server) -> None:
    """Stores nothing outside its folder, whatever the name says.

    A name such as ../x would lead out of the folder: whoever may upload could
    replace any file that the server may write. The tutorial does not treat it.

    Hint: os.path.basename(filename), or refuse names with a separator.
    """
    name = _name(server)
    outside = server.folder.parent / name
    with _send(server, f"../{name}", server.digits(SHORT)) as peer:
        peer.finish()
        server.come_to_rest()
    if outside.exists():
        raise Finding(message("nothing outside the folder"), message("a file ../{name}", name=name))
