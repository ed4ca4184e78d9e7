"""udp-hello: one datagram to the server, one answer, and both end.

There is no connection: the server binds its address, receives one datagram,
prints it with the address it came from, sends its answer there, and ends. The
client sends one datagram, receives the answer, prints it and ends; it does not
bind. The tutorials say b"This is Client!", b"hello" or "客户端" (UTF-8), and
answer b"hello", b"hi" or "服务端" (UTF-8): each of them is right. Printed may be
text or bytes. Source: tutorial 000, section 4; tutorial 001, UDP; tutorial 002,
section 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_sockets import (
    Exercise,
    Finding,
    UdpClient,
    UdpServer,
    behaviour,
    message,
    profile,
)

from .shared.datagram_clients import (
    test_client_uses_a_datagram_socket,
    test_leaves_its_own_port_to_the_system,
    test_sends_bytes,
    test_speaks_first,
)
from .shared.datagram_servers import (
    expect_sender,
    test_binds_its_address,
    test_prints_what_it_received,
    test_receives_right_after_bind,
    test_uses_a_datagram_socket,
)
from .shared.pairs import pair_profile, show_each_other

MESSAGES = (b"This is Client!", b"hello", "客户端".encode())
ANSWERS = (b"hello", b"hi", "服务端".encode())


def _each_message(server: UdpServer) -> Iterator[bytes]:
    """Yield each message for a program of its own; one that runs already is told the first only."""
    for number, text in enumerate(MESSAGES):
        if number:
            if not server.programs:
                return
            server.start_afresh()
        yield text


def _expect_shown(subject: UdpServer | UdpClient, text: bytes) -> None:
    """Expect ``text`` in what the program prints: as text, or as bytes."""
    if not subject.printed(text) and repr(text)[2:-1].encode() not in subject.screen:
        subject.expect_printed(text)


@behaviour("UDP-03", needs=test_receives_right_after_bind, source="001 UDP; 000 §4")
def test_answers_the_sender(server: UdpServer) -> None:
    """Answers the address that the datagram came from.

    UDP has no connection that would know the way back, so every datagram
    carries the address of its sender.

    Hint: data, addr = sock.recvfrom(1024), then sock.sendto(answer, addr).
    """
    with server.datagrams() as other, server.datagrams() as peer:
        peer.send(MESSAGES[0])
        peer.expect_any()
        other.expect_nothing()


@behaviour("XCH-01", needs=test_answers_the_sender, source="000 §4; 001 UDP; 002 §4 UDP")
def test_answers_hello(server: UdpServer) -> None:
    """Answers with exactly b"hello" (or b"hi", or "服务端" in UTF-8), in one datagram.

    The bytes on the wire are what counts: no newline, no other case, no b'…'.

    Hint: sock.sendto(b"hello", addr), once.
    """
    for text in _each_message(server):
        with server.datagrams() as peer:
            peer.send(text)
            peer.expect_one_of(*ANSWERS)
            extra = peer.received_so_far()
            if extra:
                raise Finding(
                    message("one answer"), message("a second datagram, {data}", data=extra[0])
                )


@behaviour(
    "QQC-01",
    level="should",
    needs=(test_prints_what_it_received, test_answers_hello),
    source="000 §4; 001 UDP",
    tutorial="the program of tutorial 002 prints the message without the address",
)
def test_shows_who_says_what(server: UdpServer) -> None:
    """Prints the message with the address it came from.

    A datagram may come from anybody: its address, host and port, tells who has
    written. How it is worded and coloured is free.

    Hint: data, addr = sock.recvfrom(1024), then print addr[0], addr[1] and
    data.decode("utf-8").
    """
    for text in _each_message(server):
        with server.datagrams() as peer:
            peer.send(text)
            _expect_shown(server, text)
            expect_sender(server, peer)


@behaviour("UDP-15", needs=test_receives_right_after_bind, source="000 §4; 002 §4 UDP")
def test_answers_once_only(server: UdpServer) -> None:
    """Answers one datagram only.

    This server has no loop: when its answer is sent, its work is done.

    Hint: recvfrom and sendto once each, without while.
    """
    with server.datagrams() as peer:
        peer.send(MESSAGES[0])
        peer.received_so_far()
        peer.send(MESSAGES[1])
        again = peer.received_so_far()
    if again:
        raise Finding(
            message("no answer to a second datagram"), message("it answers {data}", data=again[0])
        )


@behaviour("CLS-13", needs=(test_answers_the_sender, test_answers_once_only), source="000 §4")
def test_ends_by_itself(server: UdpServer) -> None:
    """Ends by itself, without an error, after its answer.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: close the socket last; no input() and no endless loop behind the answer.
    """
    for text in _each_message(server):
        with server.datagrams() as peer:
            peer.send(text)
            peer.received_so_far()
        server.expect_exit()


@behaviour("XCH-06", needs=test_speaks_first, source="000 §4; 001 UDP; 002 §4 UDP")
def test_sends_its_message(client: UdpClient) -> None:
    """Sends exactly b"This is Client!" (or b"hello", or "客户端" in UTF-8), in one datagram.

    The bytes on the wire are what counts: no newline, no other case, no b'…'.

    Hint: sock.sendto("This is Client!".encode(), address), in one call.
    """
    with client.datagrams() as peer:
        sent = peer.expect_one_of(*MESSAGES)
        peer.send(ANSWERS[0])
        # Whoever waits with a time limit may say the same again: a datagram can be lost.
        other = [data for data in peer.received_so_far() if data != sent]
        if other:
            raise Finding(message("nothing else"), message("{data} behind it", data=other[0]))


@behaviour("XCH-11", needs=test_speaks_first, source="000 §4; 001 UDP; 002 §4 UDP")
def test_prints_the_answer(client: UdpClient) -> None:
    """Prints the server's answer.

    What is shown is what recvfrom returned. How it is worded is free.

    Hint: data, addr = sock.recvfrom(1024), then print(data.decode(), addr).
    """
    with client.datagrams() as peer:
        for number, text in enumerate((client.letters(12), *ANSWERS)):
            if number:
                client.program.end()
                peer.take()
                client.again()
            peer.expect_any()
            peer.send(text)
            _expect_shown(client, text)


server = profile(
    basic={
        test_binds_its_address: 10,
        test_uses_a_datagram_socket: 10,
        test_receives_right_after_bind: 10,
        test_answers_the_sender: 20,
        test_answers_hello: 20,
        test_prints_what_it_received: 5,
        test_answers_once_only: 10,
        test_ends_by_itself: 10,
    },
    robust={test_shows_who_says_what: 5},
    one_shot=True,
)

client = profile(
    basic={
        test_client_uses_a_datagram_socket: 10,
        test_sends_bytes: 10,
        test_speaks_first: 20,
        test_sends_its_message: 25,
        test_prints_the_answer: 20,
        test_leaves_its_own_port_to_the_system: 15,
    },
    one_shot=True,
)

exercise = Exercise(
    name="udp-hello",
    system="S06",
    transport="udp",
    contract=__doc__ or "",
    profiles={
        "server": server,
        "client": client,
        "pair": pair_profile(show_each_other, late=False),
    },
)
