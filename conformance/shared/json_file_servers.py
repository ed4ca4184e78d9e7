"""What the server of a file does that is announced by a JSON dict with its length before it."""

from __future__ import annotations

import json
import re
from typing import Any

from pytest_sockets import (
    Blocked,
    Finding,
    Message,
    Peer,
    Server,
    Subject,
    behaviour,
    message,
    size_of,
)

from .files import LEAST, LONG, SHORT, binary
from .framed import HEADER, framed
from .servers import test_takes_its_first_client

NAME = "视频合集"


def offer(server: Subject) -> None:
    """Put the file that the contract names into the server's folder."""
    server.put(NAME, server.digits())


def contact(peer: Peer, _server: Server) -> None:
    """Wait for the first of what the server sends."""
    peer.hear()


def _sent_by(server: Server, content: bytes) -> bytes:
    """Return all that the server sends to a new client, started with ``content`` in its file."""
    _start_with(server, content)
    return _sent(server)


def _start_with(server: Server, content: bytes) -> None:
    """Start the server (again) with ``content`` in its file, which it may read only once."""
    if server.programs:
        server.program.end()
    server.put(NAME, content)
    server.start_afresh()


def _sent(server: Server) -> bytes:
    with server.connect() as peer:
        return peer.everything()


def _dict_in(sent: bytes) -> bytes:
    """Return what stands between the first and the last brace: the files here have none.

    A header may hold a brace by chance, but no quote behind it.
    """
    begin, end = re.search(rb"\{\s*[\"']", sent), sent.rfind(b"}")
    return sent[begin.start() : end + 1] if begin and begin.end() <= end else b""


def _announced(sent: bytes) -> dict[str, Any]:
    """Return the dict that was sent.

    Raises:
        Finding: it is no JSON dict.
    """
    raw = _dict_in(sent)
    if not raw:
        raise Finding(message("a dict as JSON in UTF-8"), _besides(sent, b""))
    try:
        found: dict[str, Any] = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Finding(
            message("a dict as JSON in UTF-8"),
            message("{data}: {error}", data=raw, error=str(error)),
        ) from None
    return found


@behaviour("HDR-01", needs=test_takes_its_first_client, source="001 struct")
def test_sends_a_header_of_four_bytes(server: Server) -> None:
    """Sends 4 bytes besides the dict and the file, no more and no less.

    Only a header of a fixed size can be received without knowing its length.
    Besides header, dict and file nothing is sent: no newline either.

    Hint: struct.pack("i", length) has 4 bytes for every length below 2**31.
    """
    for size in (8, SHORT):
        content = server.digits(size)
        sent = _sent_by(server, content)
        if len(sent) - len(_dict_in(sent)) - size != HEADER:
            raise Finding(
                message("4 bytes, the dict, and {size} bytes of the file", size=size),
                _besides(sent, content),
                advice=_behind_the_dict(sent),
            )


def _behind_the_dict(sent: bytes) -> Message | None:
    """Say what to do where header and dict are right; None where they are not."""
    raw = _dict_in(sent)
    if not raw or not sent.startswith(b"".join(framed(raw))):
        return None
    return message("header and dict are right: send the whole file behind them, and nothing else")


def _besides(sent: bytes, content: bytes) -> Message:
    """Say what was sent besides the dict and the file, or what was sent at all."""
    raw = _dict_in(sent)
    if not sent:
        return message("nothing")
    if not raw:
        return message("{data} ({size}): no dict as text is in it", data=sent, size=size_of(sent))
    if content not in sent:
        return message("{data} ({size})", data=sent, size=size_of(sent))
    extra = sent.replace(raw, b"", 1).replace(content, b"", 1)
    return message("{extra} ({size}) besides dict and file", extra=extra, size=size_of(extra))


@behaviour("HDR-05", needs=test_sends_a_header_of_four_bytes, source="001 struct")
def test_sends_header_dict_and_data_in_order(server: Server) -> None:
    """Sends the header, then the dict, then the file, and nothing between them.

    The client reads in this order, because each part tells it how much to read
    of the next.

    Hint: sock.send(header), sock.send(dict_bytes), and then the file's bytes.
    """
    content = server.digits(40)
    sent = _sent_by(server, content)
    raw = _dict_in(sent)
    if sent[HEADER : HEADER + len(raw)] != raw or sent[HEADER + len(raw) :] != content:
        raise Finding(
            message("4 bytes, the dict, and then {data}", data=content),
            message("{data}", data=sent),
        )


@behaviour("HDR-02", needs=test_sends_header_dict_and_data_in_order, source="001 struct")
def test_announces_the_bytes_of_the_dict(server: Server) -> None:
    """Announces the number of bytes of the dict, packed with "i".

    The header is for the dict: the size of the file stands in the dict. The
    bytes count after encoding: with ensure_ascii=False a Chinese character has
    3. "!i" and other formats put the same number into other bytes.

    Hint: data = json.dumps(d).encode("utf-8"), then struct.pack("i", len(data)).
    """
    sent = _sent_by(server, server.digits(40))
    expected, raw = framed(_dict_in(sent))
    if sent[:HEADER] != expected:
        raise Finding(
            message("{data} as the header of a dict of {size} bytes", data=expected, size=len(raw)),
            _unpacked(sent[:HEADER]),
            difference=(expected, sent[:HEADER]),
        )


def _unpacked(header: bytes) -> Message:
    announced = int.from_bytes(header, "little", signed=True)
    return message("{data}, which unpacks to {announced}", data=header, announced=announced)


@behaviour("HDR-06", needs=test_takes_its_first_client, source="001 struct")
def test_sends_the_dict_as_json(server: Server) -> None:
    """Sends the dict as JSON, with the file's name as text and its size as a number.

    The client looks for file_name and file_size, so both keys are called so,
    and a number stands without quotation marks. str(dict) looks alike, but its
    quotes are no JSON. pickle is for Python only.

    Hint: json.dumps({"file_name": name, "file_size": os.path.getsize(name)}).
    """
    content = server.digits(40)
    sent = _sent_by(server, content)
    if content not in sent and not _dict_in(sent):
        raise Blocked(test_sends_a_header_of_four_bytes)
    found = _announced(sent)
    name, size = found.get("file_name"), found.get("file_size")
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool):
        raise Finding(
            message("file_name (a text) and file_size (a number) in the dict"),
            message("{found}", found=json.dumps(found, ensure_ascii=False)),
        )


@behaviour("HDR-19", needs=test_sends_the_dict_as_json, source="001 struct")
def test_names_the_file(server: Server) -> None:
    """Names the file as it is called, in Chinese.

    JSON holds any text. The bare name belongs into the dict, so that the client
    can store the file under it.

    Hint: "file_name": "视频合集" in the dict; json.dumps does the rest.
    """
    name = _announced(_sent_by(server, server.digits(40))).get("file_name")
    if name != NAME:
        raise Finding(message("{name} as file_name", name=NAME), message("{name}", name=repr(name)))


@behaviour("HDR-07", needs=(test_sends_the_dict_as_json, test_sends_header_dict_and_data_in_order),
           source="001 struct")  # fmt: skip
def test_announces_the_size_of_the_file(server: Server) -> None:
    """Announces the size of the file in bytes.

    The client stops reading after so many bytes. The file has Chinese text in
    it: characters are fewer than bytes. It is another one at the next start.

    Hint: os.path.getsize(path), not len() of a text, and no number by hand.
    """
    for content in (server.chinese(300).encode(), server.digits(7), server.digits(LONG)):
        size = _announced(_sent_by(server, content)).get("file_size")
        if str(size) != str(len(content)):
            raise Finding(
                message("{size} as file_size", size=len(content)),
                message("{size}", size=repr(size)),
            )


@behaviour(
    "HDR-12",
    needs=(test_announces_the_bytes_of_the_dict, test_announces_the_size_of_the_file),
    source="001 struct",
)
def test_sends_the_file_as_it_is(server: Server) -> None:
    """Sends the bytes of the file unchanged, whatever they are.

    All of it is sent, up to its last byte. Pictures and films are no text: they
    can't be decoded, and a line end in them is no line end.

    Hint: open(path, "rb"), and send what read returns, until it is empty.
    """
    content = binary(server.chance, server.ease.up_to(LONG, "bytes", least=LEAST))
    sent = _sent_by(server, content)
    length = int.from_bytes(sent[:HEADER], "little")
    data = sent[HEADER + length :]
    if data != content:
        raise Finding(
            message("the {count} bytes of the file", count=len(content)),
            message("{data} ({size})", data=data, size=size_of(data)),
            difference=(content, data),
        )


@behaviour(
    "HDR-15",
    needs=test_sends_header_dict_and_data_in_order,
    source="001 struct; 001 code optimisation",
    tutorial="res, its listening socket, is overwritten with the text of the dict",
)
def test_serves_the_next_client_too(server: Server) -> None:
    """Sends the file to the next client too.

    The outer loop goes back to accept: so the listening socket has to be what
    it was, and open.

    Hint: while True around accept and all that follows it; close the connection
    only; and give the text of the dict a name of its own, not the listening
    socket's.
    """
    _expect_downloads(server, 2)


def _expect_downloads(server: Server, clients: int) -> None:
    """Expect that so many clients, one after the other, are sent dict and file."""
    content = server.digits(40)
    _start_with(server, content)
    for number in range(clients):
        _expect_download(server, content, number + 1)


def _expect_download(server: Server, content: bytes, number: int) -> None:
    """Expect that a new client, the ``number``-th, is sent dict and file."""
    sent = _sent(server)
    if not _dict_in(sent) or not sent.endswith(content):
        raise Finding(
            message("dict and file for client number {number}", number=number),
            message("{data}; {doing}", data=sent, doing=server.state())
            if sent
            else message("nothing; {doing}", doing=server.state()),
        )


@behaviour("SRV-01", needs=test_serves_the_next_client_too, source="001 code optimisation, rule 4",
           tutorial="it ends at the second accept")  # fmt: skip
def test_serves_one_client_after_the_other(server: Server) -> None:
    """Serves one client after the other, as many as come.

    When a client has its file, the server goes back to accept and takes the next.

    Hint: while True around accept and all that follows it.
    """
    _expect_downloads(server, server.ease.up_to(5, "clients"))


@behaviour(
    "HDR-16",
    level="should",
    needs=test_sends_header_dict_and_data_in_order,
    source="003 §5",
    tutorial="it does not close the connection; only the end of the program does",
)
def test_closes_the_connection_after_the_file(server: Server) -> None:
    """Closes the connection when the file was sent.

    A connection that nobody closes stays open as long as the program, and one
    more with every client.

    Hint: sock.close() behind the file, inside the loop that accepts.
    """
    content = server.digits(40)
    _start_with(server, content)
    with server.connect() as peer:
        if not peer.everything().endswith(content):
            raise Finding(message("the whole file"), server.state())
        peer.expect_end()
