"""tcp-greeting: the server greets its client, the client answers, and both end.

The server speaks first: it accepts one client and sends b"hello" at once. The
client receives the greeting, prints it, answers b"byebye!" (or b"hei") and
closes. The server waits for the answer, prints it, closes the connection, then
its listening socket, and ends. How the two print is free: bytes or text.
Source: tutorial 002, section 4 (the example of the lesson), and tutorial 001
(socket example).
"""

from __future__ import annotations

from collections.abc import Collection

from pytest_sockets import (
    Blocked,
    Client,
    Exercise,
    Peer,
    Server,
    behaviour,
    message,
    profile,
)

from .shared.clients import (
    test_connects_to_the_server,
    test_gives_up_without_a_server,
    test_leaves_its_own_port_to_the_system,
)
from .shared.expectations import expect_open_through_silence
from .shared.pairs import pair_profile, show_each_other
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)

GREETING = b"hello"
ANSWERS = (b"byebye!", b"hei")


def answer(peer: Peer, server: Server) -> None:
    """Listen until the server waits for the answer, and answer with neutral digits."""
    peer.received_so_far()
    peer.send(server.digits(6))


def greet(peer: Peer, _client: Client) -> None:
    """Greet the client, take in what it says, and finish."""
    peer.send(GREETING)
    peer.received_so_far()
    peer.finish()
    peer.received_so_far()


@behaviour("XCH-03", needs=test_takes_its_first_client, source="002 §4; 001 socket example")
def test_greets_at_once(server: Server) -> None:
    """Speaks first, as soon as it has accepted its client.

    Here the server begins. One that calls recv first waits for a client that
    waits for the greeting: both wait for ever.

    Hint: conn, addr = sk.accept(), then at once conn.send(b"hello"): on conn, and
    before any recv.
    """
    with server.connect() as peer:
        peer.expect_something()


@behaviour("XCH-01", needs=test_greets_at_once, source="002 §4; 001 socket example")
def test_greets_with_hello(server: Server) -> None:
    """Greets with exactly b"hello".

    The bytes on the wire are what counts: no newline, no other case, no b'…', and
    one greeting only.

    Hint: conn.send(b"hello") once, or "hello".encode(); str() of bytes adds b and
    quotes.
    """
    with server.connect() as peer:
        peer.expect(GREETING)
        peer.expect_nothing()


@behaviour("XCH-07", needs=test_greets_with_hello, source="002 §4; 001 socket example")
def test_waits_for_the_answer(server: Server) -> None:
    """Keeps the connection until the client has answered.

    An answer may take a moment. A server that closes before it has come never
    hears it, and its client gets an error instead.

    Hint: one recv after the send, without settimeout(), and close only behind it.
    """
    with server.connect() as peer:
        peer.hear()
        expected = message("the server keeps the connection until it has the answer")
        expect_open_through_silence(peer, server, expected)


@behaviour("XCH-10", needs=test_waits_for_the_answer, source="002 §4; 001 socket example")
def test_prints_the_answer(server: Server) -> None:
    """Prints what the client answered.

    What recv returned is shown, as bytes or as text. How it is worded is free.

    Hint: msg = conn.recv(1024), then print(msg).
    """
    text = server.letters(12)
    with server.connect() as peer:
        peer.received_so_far()
        peer.send(text)
        peer.received_so_far()
        if server.printed(text) or (peer.over and not shows_its_start(server, text, ANSWERS)):
            server.expect_printed(text)
            return
    # Who waits for an answer of the contract's, or for its end, is sent that.
    server.start_afresh()
    with server.connect() as peer:
        peer.received_so_far()
        peer.send(ANSWERS[0])
        peer.finish()
        server.expect_printed(ANSWERS[0])


@behaviour("CLS-07", needs=test_waits_for_the_answer, source="002 §4; 001 socket example")
def test_closes_after_the_answer(server: Server) -> None:
    """Closes the connection when it has the answer.

    The client then reads the end of the stream: so it knows that nothing more
    will come. It should not be a reset.

    Hint: read all that the client sent, with recv(1024), then at once
    conn.close(), with no input() before it.
    """
    with server.connect() as peer:
        answer(peer, server)
        peer.finish()
        peer.received_so_far()
        peer.expect_end()


@behaviour(
    "CLS-13", needs=(test_waits_for_the_answer, test_greets_at_once), source="002 §4; 000 §3"
)
def test_ends_by_itself(server: Server) -> None:
    """Ends by itself, without an error, after its one conversation.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: call accept once, outside any loop; close both sockets as the last step,
    and no input() behind the conversation.
    """
    with server.connect() as peer:
        answer(peer, server)
        peer.received_so_far()
    server.expect_exit()


def shows_its_start(program: Server | Client, text: bytes, words: Collection[bytes]) -> bool:
    """Tell whether so much of ``text`` is printed as one of the contract's ``words`` has bytes.

    Who receives exactly that many has done what the contract asks.
    """
    return any(program.printed(text[: len(word)]) for word in words)


@behaviour("XCH-05", needs=test_connects_to_the_server, source="001 socket example; 002 §4")
def test_listens_first(client: Client) -> None:
    """Receives first, and says nothing before it was greeted.

    Here the server begins. A client that sends first does not answer what it heard.

    Hint: recv directly after connect, then send.
    """
    peer = client.accept()
    peer.expect_nothing()
    if not client.holds(peer):
        raise Blocked(test_waits_for_the_greeting)
    peer.send(GREETING)
    if not peer.received_so_far():
        raise Blocked(test_answers_byebye)


@behaviour("XCH-06", needs=test_listens_first, source="002 §4; 001 socket example")
def test_answers_byebye(client: Client) -> None:
    """Answers with exactly b"byebye!" (or b"hei").

    The bytes on the wire are what counts: no newline, no other case, no b'…',
    and one message only.

    Hint: one recv, then once sk.send(b"byebye!").
    """
    peer = client.accept()
    peer.send(GREETING)
    peer.expect_one_of(*ANSWERS)
    peer.expect_nothing()


@behaviour("XCH-07", needs=test_connects_to_the_server, source="002 §4; 001 socket example")
def test_waits_for_the_greeting(client: Client) -> None:
    """Waits for the server's greeting before it closes.

    A greeting may take a moment. recv blocks until it is there.

    Hint: leave the socket blocking, without settimeout(), and close behind recv
    and send.
    """
    peer = client.accept()
    expected = message("the client keeps its connection until it was greeted")
    expect_open_through_silence(peer, client, expected)


@behaviour("XCH-11", needs=(test_waits_for_the_greeting, test_answers_byebye),
           source="002 §4; 001 socket example")  # fmt: skip
def test_prints_the_greeting(client: Client) -> None:
    """Prints the greeting it received.

    What recv returned is shown, as bytes or as text. How it is worded is free.

    Hint: ret = sk.recv(1024), then print(ret).
    """
    text = client.letters(12)
    peer = client.accept()
    peer.send(text)
    if client.printed(text) or (
        peer.received_so_far() and not shows_its_start(client, text, [GREETING])
    ):
        client.expect_printed(text)
        return
    # Who does not take that for a greeting is sent the contract's.
    client.program.end()
    client.again()
    client.accept().send(GREETING)
    client.expect_printed(GREETING)


@behaviour("CLS-06", needs=(test_answers_byebye, test_waits_for_the_greeting),
           source="001 socket example; 002 §4")  # fmt: skip
def test_closes_in_order(client: Client) -> None:
    """Closes its connection in an orderly way.

    The server sees the end of the stream (FIN), not a reset, which it would get
    if the client left bytes unread or broke off.

    Hint: sk.close() directly behind the answer: no input() before it, and no
    SO_LINGER.
    """
    peer = client.accept()
    greet(peer, client)
    peer.expect_end()


@behaviour("CLS-13", needs=(test_answers_byebye, test_closes_in_order), source="002 §4; 000 §3")
def test_client_ends_by_itself(client: Client) -> None:
    """Ends by itself, without an error, when it has answered.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: no input() and no endless loop behind the conversation.
    """
    with client.accept() as peer:
        greet(peer, client)
    client.expect_exit()


server = profile(
    basic={
        test_listens_on_its_address: 10,
        test_takes_its_first_client: 10,
        test_waits_for_a_client_in_accept: 5,
        test_greets_at_once: 20,
        test_greets_with_hello: 10,
        test_waits_for_the_answer: 15,
        test_prints_the_answer: 10,
        test_closes_after_the_answer: 5,
        test_ends_by_itself: 5,
    },
    robust={
        test_restarts_at_once: 10,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=True,
    contact=answer,
)

client = profile(
    basic={
        test_connects_to_the_server: 0,
        test_listens_first: 25,
        test_answers_byebye: 20,
        test_prints_the_greeting: 20,
        test_waits_for_the_greeting: 10,
        test_closes_in_order: 10,
        test_client_ends_by_itself: 5,
    },
    robust={
        test_leaves_its_own_port_to_the_system: 5,
        test_gives_up_without_a_server: 5,
    },
    one_shot=True,
)

exercise = Exercise(
    name="tcp-greeting",
    system="S02",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair_profile(show_each_other)},
)
