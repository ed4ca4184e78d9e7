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

import re

from pytest_sockets import (
    Client,
    Exercise,
    Finding,
    NotJudged,
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
    test_sends_bytes,
    test_speaks_first,
)
from .shared.echo import test_prints_the_address_of_its_client
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


def ask(peer: Peer, server: Server) -> None:
    """Say a few digits and take in what comes."""
    peer.send(server.digits())
    peer.hear()


def answer(peer: Peer, client: Client) -> None:
    """Expect a message, answer it with neutral digits and finish."""
    peer.expect_something()
    peer.send(client.digits())
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


@behaviour("XCH-01", needs=test_takes_its_first_client, source="003 §3.3")
def test_answers_ok(server: Server) -> None:
    """Answers with exactly "ok, 问题正在处理中..." in UTF-8.

    The bytes on the wire are what counts: no newline, no b'…', no other
    encoding than the client's.

    Hint: conn.send("ok, 问题正在处理中...".encode("utf-8")).
    """
    with server.connect() as peer:
        peer.send(server.digits())
        peer.expect_one_of(*ANSWERS)
        extra = peer.received_so_far()
        if extra:
            raise Finding(message("nothing more"), message("{data} behind it", data=extra))


@behaviour("XCH-12", needs=test_shows_chinese_text, source="003 §3.3")
def test_prints_the_number_of_bytes(server: Server) -> None:
    """Prints how many bytes it received, not how many characters.

    A network counts bytes. A Chinese character is one character and three bytes.

    Hint: len(recv_data) before decode; behind it len counts characters.
    """
    text = server.chinese(server.chance.randrange(60, 100)) + server.letters(2).decode()
    count = str(len(text.encode()))
    with server.connect() as peer:
        peer.send(text.encode())
        server.expect_printed(text.encode())
        server.come_to_rest()
    if not re.search(rf"(?<!\d){count}(?!\d)".encode(), server.program.stdout):
        raise Finding(
            message("{count} in what the program prints, the number of bytes", count=count),
            message("it printed {data}", data=_without(server.program.stdout, text)),
        )


def _without(printed: bytes, text: str) -> bytes:
    return printed.replace(text.encode(), b"...")[-200:]


@behaviour("CLS-07", needs=test_answers_ok, source="000 §3; 003 §3.3")
def test_closes_after_its_answer(server: Server) -> None:
    """Closes the connection after its answer.

    The client reads the answer and then the end of the stream: so it knows
    that nothing more will come. A reset instead may destroy the answer.

    Hint: close the socket that accept returned, with everything read that the
    client sent.
    """
    with server.connect() as peer:
        ask(peer, server)
        peer.received_so_far()
        peer.expect_end()


@behaviour("CLS-13", needs=test_answers_ok, source="003 §3.3; 004 §3")
def test_ends_by_itself(server: Server) -> None:
    """Ends by itself, without an error, after its one conversation.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: no input() and no endless loop behind the conversation.
    """
    with server.connect() as peer:
        ask(peer, server)
        peer.received_so_far()
    server.expect_exit()


@behaviour("PRT-11", needs=test_takes_its_first_client, source="003 §3.3; 000 §3")
def test_stops_listening_at_its_end(server: Server) -> None:
    """Listens no more once its one client was served.

    A one-shot server closes its listening socket too, so that further clients
    are refused instead of waiting for nobody.

    Hint: close the listening socket after the conversation.
    """
    with server.connect() as peer:
        ask(peer, server)
        peer.received_so_far()
    server.expect_refuses()


@behaviour("LIF-09", level="should", needs=test_takes_its_first_client, source="003 §3.2")
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


@behaviour("CLS-09", needs=(test_answers_ok, test_closes_after_its_answer),
           source="001 four-way handshake; 002 §TCP")  # fmt: skip
def test_answers_after_a_half_close(server: Server) -> None:
    """Still answers a client that has finished sending.

    A client may send, say "I am done" (FIN) and go on reading: a half-close.
    The answer is still owed, and still arrives.

    Hint: an end of the stream is no error; answer what was received.
    """
    with server.connect() as peer:
        peer.send(server.digits())
        peer.finish()
        peer.expect_something()
        peer.received_so_far()
        peer.expect_end()


@behaviour("XCH-06", needs=test_speaks_first, source="003 §4.3; 003 §3.4")
def test_sends_its_message(client: Client) -> None:
    """Sends exactly "你好服务端,我是客户端小明!" in UTF-8, and nothing more.

    The bytes on the wire are what counts: no newline, no b'…', no other
    encoding, and one message only.

    Hint: sock.send("你好服务端,我是客户端小明!".encode("utf-8")).
    """
    peer = client.accept()
    peer.expect_one_of(*MESSAGES)
    peer.expect_nothing()
    peer.send(client.digits())
    peer.finish()
    extra = peer.received_so_far()
    if extra:
        raise Finding(message("nothing more"), message("{data} behind it", data=extra))


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
    contact=ask,
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
    exchange=answer,
    one_shot=True,
)

exercise = Exercise(
    name="tcp-reply",
    system="S03",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client},
)
