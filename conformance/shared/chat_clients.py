"""What chat clients do: listen first or all the time, and end when the server has left."""

from __future__ import annotations

from pytest_sockets import Client, Finding, behaviour, message

from .chats import begin, hear, tell, word
from .clients import test_connects_to_the_server
from .expectations import expect_no_traceback, expect_quiet


@behaviour("XCH-05", needs=test_connects_to_the_server, source="001 code optimisation; 002 §4")
def test_listens_first(client: Client) -> None:
    """Listens first, and says nothing before the server has spoken.

    Here the server begins. A client that asks for a line and sends it before
    recv does not answer what it heard, and the turns are mixed up from then on.

    Hint: connect before the loop; inside it first recv and print, then input and
    send(line.encode("utf-8")).
    """
    line = client.digits()
    peer = client.accept()
    early = client.asks()
    if early:
        client.type(line.decode())
    peer.expect_nothing()
    peer.send(client.digits())
    if not early:
        client.type(line.decode())
    hear(peer, line)


@behaviour("XCH-11", needs=test_listens_first, source="001 code optimisation; 002 chat tool")
def test_prints_what_the_server_says(client: Client) -> None:
    """Prints what the server says, before it asks for an answer.

    What recv returned is shown, so that somebody can answer it. How it is
    worded is free.

    Hint: print(data.decode("utf-8")) directly after recv.
    """
    text = word(client)
    client.accept().send(text)
    client.expect_printed(text)


@behaviour("DAT-04", needs=test_prints_what_the_server_says,
           source="001 code optimisation, rule 2; 003 §4.3")  # fmt: skip
def test_client_shows_chinese_text(client: Client) -> None:
    """Shows Chinese text unharmed.

    Chinese characters take several bytes in UTF-8. Whoever decodes a part of
    one, or with another encoding, gets an error or other characters.

    Hint: decode("utf-8"), with enough room in recv for the whole message.
    """
    text = client.chinese(12).encode()
    client.accept().send(text)
    client.expect_printed(text)


@behaviour("XCH-09", level="should", needs=test_listens_first,
           source="002 §TCP; 001 code optimisation, rule 3")  # fmt: skip
def test_talks_on_over_one_connection(client: Client) -> None:
    """Talks on, turn after turn, over one connection.

    A connection lasts until one side closes it: it is opened once, and recv and
    send are repeated.

    Hint: connect before the loop; recv, input and send inside it.
    """
    peer = client.accept()
    for _ in range(3):
        begin(peer, client)
        client.come_to_rest()
        if client.called():
            raise Finding(
                message("the next turn on the same connection"),
                message("the client connects once more"),
            )


@behaviour("CHT-09", needs=test_connects_to_the_server, source="003 §4.3; 002 §4")
def test_client_listens_while_it_asks(client: Client) -> None:
    """Prints what comes while it waits for the keyboard.

    input() blocks its thread until somebody types. A second thread can receive
    and print meanwhile, message after message.

    Hint: two threads: one around input and send, one around recv and
    print(data.decode("utf-8")). threading.Thread(target=listen), not
    target=listen(), which would call it here.
    """
    peer = client.accept()
    for _ in range(2):
        tell(peer, client)


@behaviour(
    "CLS-03",
    level="should",
    needs=(
        test_listens_first,
        test_talks_on_over_one_connection,
        test_client_listens_while_it_asks,
    ),
    source="003 §5; 004 §3",
    tutorial="it takes an empty recv for a message and goes on",
)
def test_ends_when_the_server_has_left(client: Client) -> None:
    """Ends when the server has left.

    recv returns b"" then, again and again. A client at the keyboard may need
    one more line to notice; then it ends, without a traceback and without
    printing empty lines for ever.

    Hint: if not data: break, directly after recv. With two threads the one at the
    keyboard has to end too: let it test a flag behind input, before send.
    """
    peer = client.accept()
    peer.send(client.digits())
    client.come_to_rest()
    before = len(client.program.stdout)
    peer.finish()
    expect_quiet(client, before)
    if client.program.running and client.asks():
        client.type(client.digits().decode())
    client.expect_ends()
    expect_no_traceback(client, message("no error when the server leaves"))
