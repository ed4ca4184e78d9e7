"""tcp-hello: one message to the server, one answer, and both end.

The client speaks first: it connects and sends b"hello". The server accepts one
client, receives its message, answers b"hello" (or b"hi"), closes the
connection, then its listening socket, and ends. The client receives the
answer, closes and ends. Printing is free. Source: tutorial 000, section 3, and
tutorial 002, section 4.
"""

from __future__ import annotations

from pytest_sockets import Client, Exercise, Finding, Peer, Server, behaviour, message, profile

from .shared.clients import (
    test_connects_to_the_server,
    test_gives_up_without_a_server,
    test_leaves_its_own_port_to_the_system,
    test_sends_bytes,
    test_speaks_first,
)
from .shared.one_answer import (
    test_client_ends_by_itself,
    test_closes_in_order,
    test_waits_for_the_answer,
)
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)

MESSAGES = (b"hello", b"hello!")
ANSWERS = (b"hello", b"hi")


def greet(peer: Peer, server: Server) -> None:
    """Say hello, expect the answer and the end."""
    peer.send(server.chance.choice(MESSAGES))
    peer.expect_one_of(*ANSWERS)
    peer.expect_end()


def contact(peer: Peer, _: Server) -> None:
    """Say hello and take in what comes."""
    peer.send(MESSAGES[0])
    peer.hear()


def answer(peer: Peer, client: Client) -> None:
    """Expect a message, answer it and finish, as the server of this exercise does."""
    peer.expect_something()
    peer.send(client.chance.choice(ANSWERS))
    peer.finish()
    peer.received_so_far()


@behaviour("XCH-02", needs=test_takes_its_first_client, source="000 §3; 003 §3.1")
def test_hears_before_it_speaks(server: Server) -> None:
    """Says nothing before it has heard something.

    Here the client speaks first. A server that answers before it was asked
    answers something else than what it was sent.

    Hint: recv first, then send.
    """
    with server.connect() as peer:
        peer.expect_nothing()
        peer.send(MESSAGES[0])
        peer.received_so_far()


@behaviour("XCH-01", needs=test_takes_its_first_client, source="000 §3; 002 §4")
def test_answers_hello(server: Server) -> None:
    """Answers with exactly b"hello" (or b"hi").

    The bytes on the wire are what counts: no newline, no other case, no b'…'.

    Hint: conn.send(b"hello") on the socket that accept returned.
    """
    with server.connect() as peer:
        peer.send(MESSAGES[0])
        peer.expect_one_of(*ANSWERS)
        extra = peer.received_so_far()
        if extra:
            raise Finding(message("nothing more"), message("{data} behind it", data=extra))


@behaviour("CLS-07", needs=test_answers_hello, source="000 §3; 003 §3.3")
def test_closes_after_its_answer(server: Server) -> None:
    """Closes the connection after its answer.

    The client reads the answer and then the end of the stream: so it knows
    that nothing more will come. A reset instead may destroy the answer.

    Hint: conn.close() after the answer, with everything read that the client sent.
    """
    with server.connect() as peer:
        greet(peer, server)


@behaviour("CLS-13", needs=test_answers_hello, source="000 §3; 004 §3")
def test_ends_by_itself(server: Server) -> None:
    """Ends by itself, without an error, after its one conversation.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: no input() and no endless loop behind the conversation.
    """
    with server.connect() as peer:
        contact(peer, server)
    server.expect_exit()


@behaviour("PRT-11", needs=test_takes_its_first_client, source="000 §3; 003 §3.3")
def test_stops_listening_at_its_end(server: Server) -> None:
    """Listens no more once its one client was served.

    A one-shot server closes its listening socket too, so that further clients
    are refused instead of waiting for nobody.

    Hint: close the listening socket after the conversation.
    """
    with server.connect() as peer:
        contact(peer, server)
    server.expect_refuses()


@behaviour("CLS-09", needs=(test_answers_hello, test_closes_after_its_answer),
           source="001 four-way handshake; 002 §TCP")  # fmt: skip
def test_answers_after_a_half_close(server: Server) -> None:
    """Still answers a client that has finished sending.

    A client may send, say "I am done" (FIN) and go on reading: a half-close.
    The answer is still owed, and still arrives.

    Hint: an end of the stream is no error; answer what was received.
    """
    with server.connect() as peer:
        peer.send(MESSAGES[0])
        peer.finish()
        peer.expect_one_of(*ANSWERS)
        peer.expect_end()


@behaviour("XCH-06", needs=test_speaks_first, source="000 §3 client; 002 §4")
def test_sends_hello(client: Client) -> None:
    """Sends exactly b"hello" (or b"hello!").

    The bytes on the wire are what counts: no newline, no other case, no b'…'.

    Hint: sock.send(b"hello").
    """
    peer = client.accept()
    peer.expect_one_of(*MESSAGES)
    peer.expect_nothing()


@behaviour("XCH-11", level="may", needs=test_speaks_first, source="002 §4")
def test_prints_the_answer(client: Client) -> None:
    """Prints the answer it received.

    The first version of this exercise prints nothing, the second prints the
    bytes: both are right.

    Hint: print(data) after recv shows what came.
    """
    with client.accept() as peer:
        peer.expect_something()
        chosen = client.chance.choice(ANSWERS)
        peer.send(chosen)
        peer.finish()
        client.expect_printed(chosen)


server = profile(
    basic={
        test_listens_on_its_address: 10,
        test_takes_its_first_client: 10,
        test_waits_for_a_client_in_accept: 5,
        test_hears_before_it_speaks: 10,
        test_answers_hello: 20,
        test_closes_after_its_answer: 10,
        test_ends_by_itself: 5,
        test_stops_listening_at_its_end: 5,
    },
    robust={
        test_answers_after_a_half_close: 5,
        test_restarts_at_once: 15,
        test_sets_the_option_before_bind: 5,
    },
    one_shot=True,
    contact=contact,
)

client = profile(
    basic={
        test_connects_to_the_server: 15,
        test_sends_bytes: 10,
        test_speaks_first: 15,
        test_sends_hello: 20,
        test_waits_for_the_answer: 15,
        test_closes_in_order: 10,
        test_client_ends_by_itself: 5,
    },
    robust={
        test_leaves_its_own_port_to_the_system: 5,
        test_gives_up_without_a_server: 5,
    },
    info=(test_prints_the_answer,),
    exchange=answer,
    one_shot=True,
)

exercise = Exercise(
    name="tcp-hello",
    system="S01",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client},
)
