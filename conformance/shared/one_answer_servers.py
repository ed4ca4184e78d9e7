"""What a TCP server does that hears one message and answers it with words that are given.

``question`` of the profile's facts takes the server and returns what a client
says to it; ``answers`` are the answers that are right.
"""

from __future__ import annotations

from pytest_sockets import Peer, Server, behaviour

from .expectations import expect_nothing_behind
from .servers import test_takes_its_first_client


def contact(peer: Peer, server: Server) -> None:
    """Say something and take in what comes, whatever it is."""
    peer.send(server.profile.facts["question"](server))
    peer.hear()


@behaviour("XCH-02", needs=test_takes_its_first_client, source="000 §3; 003 §3.1")
def test_hears_before_it_speaks(server: Server) -> None:
    """Says nothing before it has heard something.

    Here the client speaks first. A server that answers before it was asked
    answers something else than what it was sent.

    Hint: recv first, then send.
    """
    with server.connect() as peer:
        peer.expect_nothing()


@behaviour("XCH-01", needs=test_hears_before_it_speaks, source="000 §3; 002 §4")
def test_answers_hello(server: Server) -> None:
    """Answers with exactly b"hello" (or b"hi").

    The client waits for this answer, and its bytes are what counts: no newline,
    no other case, no b'…'.

    Hint: after one recv, at once conn.send(b"hello"). conn is the socket that
    accept returned: conn, addr = sock.accept().
    """
    _expect_the_answer(server)


@behaviour("XCH-01", needs=test_hears_before_it_speaks, source="003 §3.3")
def test_answers_ok(server: Server) -> None:
    """Answers with exactly "ok, 问题正在处理中..." in UTF-8.

    The bytes on the wire are what counts: no newline, no b'…', no other
    encoding than the client's.

    Hint: conn.send("ok, 问题正在处理中...".encode("utf-8")).
    """
    _expect_the_answer(server)


def _expect_the_answer(server: Server) -> None:
    with server.connect() as peer:
        peer.send(server.profile.facts["question"](server))
        peer.expect_one_of(*server.profile.facts["answers"])
        expect_nothing_behind(peer)


ANSWERS = (test_answers_hello, test_answers_ok)
"""What the conversation is about: one of the two, as the exercise has it."""


@behaviour("CLS-07", needs=ANSWERS, source="000 §3; 003 §3.3")
def test_closes_after_its_answer(server: Server) -> None:
    """Closes the connection after its answer.

    The client reads the answer and then the end of the stream: so it knows
    that nothing more will come. A reset instead may destroy the answer.

    Hint: read all that the client sent, with recv(1024), and answer; then at once
    conn.close() on the socket that accept returned, with no input() before it.
    """
    with server.connect() as peer:
        contact(peer, server)
        # A crash closes the connection too, with FIN or RST as it happens.
        peer.expect_something()
        peer.received_so_far()
        peer.expect_end()


@behaviour("CLS-09", needs=(*ANSWERS, test_closes_after_its_answer),
           source="001 four-way handshake; 002 §TCP")  # fmt: skip
def test_answers_after_a_half_close(server: Server) -> None:
    """Still answers a client that has finished sending.

    A client may send, say "I am done" (FIN) and go on reading: a half-close.
    The answer is still owed, and still arrives.

    Hint: an end of the stream is no error; answer what was received.
    """
    with server.connect() as peer:
        peer.send(server.profile.facts["question"](server))
        peer.finish()
        peer.expect_one_of(*server.profile.facts["answers"])
        peer.expect_end()
