"""How a program shows what it received: at all, as text, and in Chinese.

For conversations in which the client speaks first. Wording is free everywhere:
what counts is that the payload is in what the program prints.
"""

from __future__ import annotations

import re

from pytest_sockets import (
    Client,
    Finding,
    Server,
    Subject,
    behaviour,
    message,
    what_was_printed,
)

from .clients import test_speaks_first
from .one_answer import test_waits_for_the_answer
from .servers import test_takes_its_first_client


def expect_text(subject: Subject, text: bytes) -> None:
    """Expect ``text`` in what is printed, once at least without b'…' around it.

    ``text`` has ASCII letters only: in the repr of bytes they stand as they are.
    """
    subject.expect_printed(text)
    subject.come_to_rest()
    printed = subject.screen
    if not re.search(rb"(?<!b['\"])" + re.escape(text), printed):
        raise Finding(
            message("{text} as text", text=text.decode()),
            what_was_printed(printed),
        )


@behaviour("XCH-10", needs=test_takes_its_first_client, source="003 §3.3")
def test_prints_what_it_received(server: Server) -> None:
    """Prints what it received.

    What recv returned is shown. How it is worded is free.

    Hint: print(recv_data.decode("utf-8")) after recv.
    """
    text = server.letters()
    with server.connect() as peer:
        peer.send(text)
        server.expect_printed(text)


@behaviour("DAT-03", needs=test_prints_what_it_received, source="003 §3.4")
def test_prints_text_not_bytes(server: Server) -> None:
    r"""Prints the message as text, not as b'…'.

    recv returns bytes; printed as they are, Chinese text shows as \xe4\xbd….

    Hint: recv_data.decode("utf-8") makes text of the bytes.
    """
    text = server.letters()
    with server.connect() as peer:
        peer.send(text)
        expect_text(server, text)


@behaviour("DAT-04", needs=test_prints_text_not_bytes, source="003 §4.3; 001 code optimisation")
def test_shows_chinese_text(server: Server) -> None:
    """Shows Chinese text unharmed.

    Chinese characters take several bytes in UTF-8. Whoever decodes a part of
    one, or with another encoding, gets an error or other characters.

    Hint: decode("utf-8"), with enough room in recv for the whole message.
    """
    text = server.chinese(12).encode()
    with server.connect() as peer:
        peer.send(text)
        server.expect_printed(text)


def _answer_with(text: bytes, client: Client) -> None:
    peer = client.accept()
    peer.expect_something()
    peer.send(text)
    peer.finish()


@behaviour("XCH-11", needs=(test_speaks_first, test_waits_for_the_answer), source="003 §4.3")
def test_prints_the_answer(client: Client) -> None:
    """Prints the server's answer.

    What recv returned is shown. How it is worded is free.

    Hint: print(recv_data.decode("utf-8")) after recv.
    """
    text = client.letters()
    _answer_with(text, client)
    client.expect_printed(text)


@behaviour("DAT-03", needs=test_prints_the_answer, source="003 §4.3; 003 §3.4")
def test_client_prints_text_not_bytes(client: Client) -> None:
    r"""Prints the answer as text, not as b'…'.

    recv returns bytes; printed as they are, Chinese text shows as \xe4\xbd….
    To print the bytes as well, as the tutorial does, is free.

    Hint: recv_data.decode("utf-8") makes text of the bytes.
    """
    text = client.letters()
    _answer_with(text, client)
    expect_text(client, text)


@behaviour(
    "DAT-04", needs=test_client_prints_text_not_bytes, source="003 §4.3; 001 code optimisation"
)
def test_shows_a_chinese_answer(client: Client) -> None:
    """Shows a Chinese answer unharmed.

    Chinese characters take several bytes in UTF-8. Whoever decodes a part of
    one, or with another encoding, gets an error or other characters.

    Hint: decode("utf-8"), with enough room in recv for the whole answer.
    """
    text = client.chinese(10).encode()
    _answer_with(text, client)
    client.expect_printed(text)
