"""tcp-reply: a Chinese message to the server, a Chinese answer, and both end.

The client speaks first: it sends "你好服务端,我是客户端小明!" as UTF-8. The
server listens on every address of its machine (it binds "") and accepts one
client. It prints the client's ip and port, the number of bytes that it
received, and the message as text. It answers "ok, 问题正在处理中..." as UTF-8,
closes the connection, then its listening socket, and ends. The client prints
the answer as text, closes and ends. Punctuation may be ASCII or full-width, as
long as a message is all of one kind. Source: tutorial 003, sections 3.3 and 4.3.
"""

from __future__ import annotations

from pytest_sockets import (
    Client,
    Exercise,
    Finding,
    NotJudged,
    Server,
    behaviour,
    message,
    profile,
    what_was_printed,
)

from .shared import one_answer_servers
from .shared.clients import (
    test_connects_to_the_server,
    test_gives_up_without_a_server,
    test_leaves_its_own_port_to_the_system,
    test_sends_bytes,
    test_speaks_first,
)
from .shared.echo import test_prints_the_address_of_its_client
from .shared.expectations import expect_nothing_behind, shows_number
from .shared.one_answer import (
    test_client_ends_by_itself,
    test_closes_in_order,
    test_waits_for_the_answer,
)
from .shared.one_answer_servers import (
    test_answers_after_a_half_close,
    test_answers_ok,
    test_closes_after_its_answer,
    test_hears_before_it_speaks,
)
from .shared.one_shot import test_ends_by_itself, test_stops_listening_at_its_end
from .shared.pairs import pair_profile, show_each_other
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)
from .shared.shown import (
    test_client_prints_text_not_bytes,
    test_prints_text_not_bytes,
    test_prints_the_answer,
    test_prints_what_it_received,
    test_shows_a_chinese_answer,
    test_shows_chinese_text,
)

MESSAGES = tuple(
    text.encode() for text in ("你好服务端,我是客户端小明!", "你好服务端，我是客户端小明！")
)
ANSWERS = tuple(
    text.encode()
    for text in ("ok, 问题正在处理中...", "ok，问题正在处理中……", "ok，问题正在处理中...")
)
ANOTHER_ADDRESS = "127.0.0.2"


def question(server: Server) -> bytes:
    """Return a message that every encoding has: what is said does not matter to the answer."""
    return server.digits()


def answers(client: Client) -> tuple[bytes, ...]:
    """Return the one answer of a test, which every encoding has."""
    return (client.digits(),)


@behaviour("XCH-12", needs=(test_shows_chinese_text, test_answers_ok), source="003 §3.3")
def test_prints_the_number_of_bytes(server: Server) -> None:
    """Prints how many bytes it received, not how many characters.

    A network counts bytes. A Chinese character is one character and three bytes.

    Hint: len(recv_data) before decode; behind it len counts characters.
    """
    text = server.chinese(server.chance.randrange(60, 100)) + server.letters(2).decode()
    count = len(text.encode())
    with server.connect() as peer:
        peer.send(text.encode())
        server.expect_printed(text.encode())
        server.come_to_rest()
    if not shows_number(server.screen, count):
        raise Finding(
            message("{count} in what the program prints, the number of bytes", count=count),
            what_was_printed(_without(server.screen, text)),
        )


def _without(printed: bytes, text: str) -> bytes:
    return printed.replace(text.encode(), b"...")[-200:]


@behaviour("LIF-09", level="should", needs=test_answers_ok, source="003 §3.2")
def test_is_reached_through_every_address(server: Server) -> None:
    """Can be reached through every address of its machine.

    A machine has several addresses. A server that binds "" (or "0.0.0.0") takes
    clients on all of them; one that binds 127.0.0.1 on that one alone.

    Hint: bind(("", 8989)).
    """
    server.start()
    server.reach_through("127.0.0.1" if ":" in server.address[0] else ANOTHER_ADDRESS)
    try:
        server.connect()
    except Finding:
        if server.told:
            reason = message("the program was told to use 127.0.0.1, and no other address")
            raise NotJudged(reason) from None
        raise


@behaviour("XCH-06", needs=test_speaks_first, source="003 §4.3; 003 §3.4")
def test_sends_its_message(client: Client) -> None:
    """Sends exactly "你好服务端,我是客户端小明!" in UTF-8, and nothing more.

    The bytes on the wire are what counts: no newline, no b'…', no other
    encoding, and one message only.

    Hint: sock.send("你好服务端,我是客户端小明!".encode("utf-8")), once.
    """
    peer = client.accept()
    peer.expect_one_of(*MESSAGES)
    peer.expect_nothing()
    peer.send(client.digits())
    peer.finish()
    expect_nothing_behind(peer)


server = profile(
    basic={
        test_listens_on_its_address: 8,
        test_takes_its_first_client: 8,
        test_waits_for_a_client_in_accept: 4,
        test_hears_before_it_speaks: 8,
        test_answers_ok: 15,
        test_prints_what_it_received: 8,
        test_prints_the_number_of_bytes: 10,
        test_prints_text_not_bytes: 5,
        test_shows_chinese_text: 5,
        test_closes_after_its_answer: 5,
        test_ends_by_itself: 4,
        test_stops_listening_at_its_end: 3,
    },
    robust={
        test_prints_the_address_of_its_client: 4,
        test_is_reached_through_every_address: 3,
        test_restarts_at_once: 8,
        test_sets_the_option_before_bind: 0,
        test_answers_after_a_half_close: 2,
    },
    one_shot=True,
    contact=one_answer_servers.contact,
    question=question,
    answers=ANSWERS,
)

client = profile(
    basic={
        test_connects_to_the_server: 10,
        test_sends_bytes: 5,
        test_speaks_first: 10,
        test_sends_its_message: 20,
        test_waits_for_the_answer: 10,
        test_prints_the_answer: 15,
        test_client_prints_text_not_bytes: 5,
        test_shows_a_chinese_answer: 10,
        test_closes_in_order: 5,
        test_client_ends_by_itself: 4,
    },
    robust={
        test_leaves_its_own_port_to_the_system: 3,
        test_gives_up_without_a_server: 3,
    },
    answers=answers,
    one_shot=True,
)

exercise = Exercise(
    name="tcp-reply",
    system="S03",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair_profile(show_each_other)},
)
