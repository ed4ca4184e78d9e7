"""tcp-hello: one message to the server, one answer, and both end.

The client speaks first: it connects and sends b"hello". The server accepts one
client, receives its message, answers b"hello" (or b"hi"), closes the
connection, then its listening socket, and ends. The client receives the
answer, closes and ends. Printing is free. Source: tutorial 000, section 3, and
tutorial 002, section 4.
"""

from __future__ import annotations

from pytest_sockets import Client, Exercise, Server, behaviour, profile

from .shared import one_answer_servers
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
from .shared.one_answer_servers import (
    test_answers_after_a_half_close,
    test_answers_hello,
    test_closes_after_its_answer,
    test_hears_before_it_speaks,
)
from .shared.one_shot import test_ends_by_itself, test_stops_listening_at_its_end
from .shared.pairs import pair_profile, tell_and_answer
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)

MESSAGES = (b"hello", b"hello!")
ANSWERS = (b"hello", b"hi")


def question(_server: Server) -> bytes:
    """Return what the client of this exercise says."""
    return MESSAGES[0]


def answers(_client: Client) -> tuple[bytes, ...]:
    """Return what the server of this exercise may answer, the longest first."""
    return ANSWERS


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
        peer.send(ANSWERS[0])
        peer.finish()
        client.expect_printed(ANSWERS[0])


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
    contact=one_answer_servers.contact,
    question=question,
    answers=ANSWERS,
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
    answers=answers,
    one_shot=True,
)

exercise = Exercise(
    name="tcp-hello",
    system="S01",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair_profile(tell_and_answer)},
)
