"""What an echo client does that sends lines from the keyboard (TCP)."""

from __future__ import annotations

from pytest_sockets import Client, Finding, Peer, behaviour, message

from .admission import ADMITTED
from .clients import test_speaks_first

BLANK = " "
"""A line like any other: only an empty one ends the client."""


def join(client: Client) -> Peer:
    """Accept the client and take it to where its conversation begins.

    ``admit`` of the profile's facts takes it through what comes before, if anything does.
    """
    peer = client.accept()
    admit = client.profile.facts.get("admit")
    if admit is not None:
        admit(peer, client)
    return peer


def say(peer: Peer, client: Client) -> None:
    """Type one line of digits, expect it, and send back as many other digits."""
    line = client.digits()
    client.type(line.decode())
    peer.expect(line)
    peer.send(client.digits())


def _goes_on(peer: Peer, client: Client, line: str) -> bool:
    """Answer ``line``, and tell whether another one comes: if not, that is told of elsewhere.

    The answer has as many bytes, for a client that reads until it has the whole echo.
    """
    peer.send(client.digits(len(line.encode())))
    return _says(peer, client, client.digits().decode())


def _says(peer: Peer, client: Client, line: str) -> bool:
    """Type ``line``, if it is asked for, and tell whether it comes; judge nothing."""
    if not client.asks():
        return False
    client.type(line)
    data = line.encode()
    return peer.receive(len(data)) == data


@behaviour("XCH-06", needs=(test_speaks_first, *ADMITTED), source="004 §3 ChatClient; 003 §3.4")
def test_sends_the_line_as_it_was_typed(client: Client) -> None:
    """Sends each line exactly as it was typed, in UTF-8.

    No newline added, no b'…' around it, no other encoding: the server gets the
    characters of the line and nothing else.

    Hint: line = input(), then sock.send(line.encode()). A line of sys.stdin ends
    in a newline, which has to be taken off first.
    """
    line = f"  {client.letters(6).decode()} {client.chinese(5)} {client.digits(3).decode()} "
    peer = join(client)
    client.type(line)
    peer.expect(line.encode())
    peer.expect_nothing()
    if _goes_on(peer, client, line):
        peer.send(client.digits())
        client.type(BLANK)
        peer.expect(BLANK.encode())
        peer.send(client.digits(len(BLANK)))
        client.expect_running()


@behaviour("XCH-09", level="should", needs=test_sends_the_line_as_it_was_typed,
           source="002 §TCP; 001")  # fmt: skip
def test_uses_one_connection(client: Client) -> None:
    """Uses one connection for the whole conversation.

    A connection lasts until one side closes it; it is opened once, before the loop.

    Hint: connect before the loop, not inside it.
    """
    peer = join(client)
    for _ in range(3):
        if not client.asks():
            break
        client.type(client.digits().decode())
        peer.received_so_far()
        if client.called():
            raise Finding(
                message("the next line on the same connection"),
                message("the client connects once more"),
            )
        peer.send(client.digits())


@behaviour(
    "XCH-08",
    needs=(test_sends_the_line_as_it_was_typed, test_uses_one_connection),
    source="001 code optimisation; 002 §4",
)
def test_takes_turns(client: Client) -> None:
    """Waits for the answer before it sends the next line.

    Send and recv alternate: the second line goes out when the first was answered.

    Hint: one while loop with input, send and recv, in this order; no recv in a
    thread of its own.
    """
    first, second = client.digits(), client.digits()
    peer = join(client)
    client.type_ahead(first.decode(), second.decode())
    peer.expect(first)
    peer.expect_nothing()
    peer.send(client.digits())
    peer.expect(second)


@behaviour("XCH-11", needs=(test_speaks_first, *ADMITTED), source="004 §3 ChatClient; 003 §4.3")
def test_prints_the_answer(client: Client) -> None:
    """Prints the server's answer.

    What is shown is what recv returned, not what was typed. How it is worded is free.

    Hint: data = sock.recv(1024), then print(data.decode()).
    """
    peer = join(client)
    client.type(client.letters(12).decode())
    peer.expect_something()
    answer = client.letters(12)
    peer.send(answer)
    client.expect_printed(answer)


@behaviour("DAT-03", needs=test_prints_the_answer, source="003 §3.4; 003 §4.3")
def test_prints_text_not_bytes(client: Client) -> None:
    r"""Prints the answer as text, not as b'…'.

    recv returns bytes; printed as they are, Chinese text shows as \xe4\xbd….

    Hint: data.decode() makes text of the bytes.
    """
    answer = client.chinese(4)
    peer = join(client)
    client.type(client.digits(12).decode())
    peer.expect_something()
    peer.send(answer.encode())
    client.expect_printed(answer.encode())


@behaviour(
    "CHT-01",
    needs=(test_sends_the_line_as_it_was_typed, test_takes_turns),
    source="004 §3 ChatClient",
)
def test_ends_on_an_empty_line(client: Client) -> None:
    """Ends when an empty line is typed.

    Nothing more is sent, the connection is closed, and the program ends. An
    empty line is no bytes at all: the server would get nothing, and answer nothing.

    Hint: if not line: break, before recv; behind the loop sock.close(), and no
    input() there.
    """
    peer = join(client)
    say(peer, client)
    client.type("")
    extra = peer.received_so_far()
    if extra:
        raise Finding(message("nothing more is sent"), message("{data}", data=extra))
    if peer.at_end:
        # It may wait until its server has closed as well, as an echo server does.
        peer.close()
    client.expect_exit()


@behaviour("CLS-06", needs=test_ends_on_an_empty_line, source="000 §3 client; 004 §3 ChatClient")
def test_closes_in_order(client: Client) -> None:
    """Closes its connection in an orderly way.

    The server sees the end of the stream (FIN), not a reset, which it would get
    if the client left bytes unread or broke off.

    Hint: read the whole answer with recv(1024), then sock.close(); no MSG_PEEK,
    which leaves the bytes unread, and no SO_LINGER.
    """
    peer = join(client)
    line = client.digits()
    client.type(line.decode())
    peer.expect(line)
    # Whether a client that is an answer behind gets two by one recv would depend on the moment.
    client.come_to_rest()
    peer.send(client.digits())
    if _says(peer, client, client.chinese(4)):
        client.come_to_rest()
        # As many bytes as the line had, which are more than its characters.
        peer.send(client.digits(12))
    client.type("")
    peer.expect_end()
