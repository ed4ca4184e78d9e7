"""What a chat server does that takes turns with its client, for one client after the other."""

from __future__ import annotations

from pytest_sockets import Finding, Peer, Server, behaviour, message

from .chats import answer, exchange_chinese, hear, say, word
from .expectations import expect_no_traceback, expect_quiet
from .servers import test_takes_its_first_client


def serve_next(server: Server, *, lost: int) -> Peer:
    """Expect that the next client is served; return it, while the server listens to it.

    Of the lines typed, ``lost`` may go to the one that left: a server that sits
    at the keyboard can't know of it before.
    """
    server.come_to_rest()
    peer = server.connect()
    for _ in range(lost):
        line = server.digits()
        server.type(line.decode())
        if line in peer.received_so_far():
            return peer
    say(peer, server)
    return peer


@behaviour("XCH-03", needs=test_takes_its_first_client, source="001 code optimisation; 002 §4")
def test_speaks_first(server: Server) -> None:
    """Speaks first: what is typed goes out before the client has said a word.

    Here the server begins. One that calls recv first waits for a client that
    waits for the server: both wait for ever.

    Hint: input() directly after accept, then conn.send(line.encode()).
    """
    with server.connect() as peer:
        say(peer, server)


@behaviour("XCH-08", needs=test_speaks_first, source="001 code optimisation, rule 1; 002 §4")
def test_takes_turns(server: Server) -> None:
    """Waits for the client's answer before it sends the next line.

    When one side sends, the other receives: the second line goes out when the
    first was answered, and not before.

    Hint: one input, one send and one recv, in this order, inside the loop.
    """
    line = server.digits()
    with server.connect() as peer:
        say(peer, server)
        early = server.asks()
        if early:
            server.type(line.decode())
            heard = peer.received_so_far()
            if heard:
                raise Finding(
                    message("the next line goes out when the first was answered"),
                    message("{data} without an answer", data=heard),
                )
        peer.send(server.digits())
        if not early:
            server.type(line.decode())
        hear(peer, line)


@behaviour("XCH-10", needs=test_takes_turns, source="001 code optimisation; 002 chat tool")
def test_prints_what_it_received(server: Server) -> None:
    """Prints what its client says.

    What recv returned is shown, so that somebody can answer it. How it is
    worded is free.

    Hint: print(data.decode("utf-8")) after recv.
    """
    text = word(server)
    with server.connect() as peer:
        say(peer, server)
        peer.send(text)
        server.expect_printed(text)


@behaviour(
    "DAT-04",
    needs=(test_takes_turns, test_prints_what_it_received),
    source="001 code optimisation, rule 2; 002 §4; 003 §4.3",
)
def test_speaks_chinese(server: Server) -> None:
    """Sends and shows Chinese text unharmed.

    The line goes out in UTF-8 exactly as it was typed, nothing before or behind
    it, and what comes in UTF-8 is shown as text.

    Hint: line.encode("utf-8") for send, with nothing added; data.decode("utf-8")
    for print, with enough room in recv for the whole message.
    """
    with server.connect() as peer:
        exchange_chinese(peer, server)


@behaviour(
    "CLS-02",
    needs=test_takes_turns,
    source="003 §5; 004 §3 ChatServer",
    tutorial="it takes an empty recv for a message, and asks for the next line",
)
def test_ends_with_the_stream(server: Server) -> None:
    """Takes an empty recv as the client's end, and closes its side.

    When the client has left, recv returns b"" at once, again and again. A
    server that takes it for a message goes on talking to nobody. The
    conversation is over, and the server closes this connection too.

    Hint: if not data: break, directly after recv, and conn.close() behind the loop.
    """
    with server.connect() as peer:
        say(peer, server)
        before = len(server.program.stdout)
        peer.finish()
        peer.expect_end()
        expect_quiet(server, before)


@behaviour(
    "SRV-01",
    needs=test_ends_with_the_stream,
    source="001 code optimisation, rule 4",
    tutorial="on Linux and macOS a client that closes gives an empty recv and no "
    "ConnectionResetError, so it never goes back to accept",
)
def test_serves_one_client_after_the_other(server: Server) -> None:
    """Serves one client after the other.

    When a client has left, the server goes back to accept and takes the next.

    Hint: one loop around accept and, inside it, one around input, send and
    recv; a client's end breaks the inner loop only. Then close conn, not the
    listening socket, and call neither exit() nor quit().
    """
    for _ in range(3):
        with server.connect() as peer:
            say(peer, server)


@behaviour(
    "SRV-02",
    needs=test_serves_one_client_after_the_other,
    source="001 code optimisation, rule 4",
    tutorial="it ends with BrokenPipeError two lines after its client has left",
)
def test_takes_a_leaving_client_calmly(server: Server) -> None:
    """Takes it calmly when a client leaves between two messages.

    Nothing unusual has happened: no exception, no traceback. The line that was
    being typed is lost, and the next one goes to the next client.

    Hint: an empty recv is not an error: test for it before you use the data, and
    break; no raise, no traceback. Then conn.close() is enough: conn.shutdown()
    fails when the client is gone.
    """
    with server.connect() as peer:
        say(peer, server)
    with server.connect() as peer:
        answer(peer, server)
        server.expect_asks()
    serve_next(server, lost=1)
    server.expect_running()
    expect_no_traceback(server, message("no error when a client leaves"))


@behaviour(
    "SRV-03",
    needs=test_serves_one_client_after_the_other,
    source="001 code optimisation, rule 4",
    tutorial="the chat that ends with q catches no ConnectionResetError",
)
def test_survives_a_reset(server: Server) -> None:
    """Survives a client that aborts its connection.

    A client that crashes, or a closed console on Windows, sends RST instead of
    FIN: recv, or the next send, raises ConnectionResetError. That ends one
    conversation, not the server.

    Hint: catch ConnectionResetError around input, send and recv, close that
    connection and go back to accept.
    """
    peer = server.connect()
    say(peer, server)
    peer.reset()
    peer = serve_next(server, lost=0)
    peer.send(server.digits())
    server.expect_asks()
    peer.reset()
    serve_next(server, lost=1)


@behaviour(
    "SRV-04",
    level="should",
    needs=(test_serves_one_client_after_the_other, test_survives_a_reset),
    source="001 code optimisation, rule 4",
    tutorial="it catches ConnectionResetError at most, and ends with BrokenPipeError",
)
def test_survives_sending_to_nobody(server: Server) -> None:
    """Survives sending to a client that is gone.

    A line for a client that has left is answered with RST, and the send after
    that raises BrokenPipeError. It ends one conversation, not the server.

    Hint: BrokenPipeError and ConnectionResetError both are ConnectionErrors, and
    those are OSErrors: catch the common one.
    """
    peer = server.connect()
    answer(peer, server)
    server.expect_asks()
    peer.finish()
    server.come_to_rest()
    peer.reset()
    serve_next(server, lost=2)
