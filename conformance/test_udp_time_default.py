"""udp-time-default: a time server with a format of its own, and a client with a keyboard.

The client sends each line from the keyboard as one datagram, without blanks at
its ends, the empty line too; it waits for the answer and asks for the next
line, for ever. The server answers every datagram: it takes the text as a
format of strftime and sends its local time in that format, in UTF-8, to where
the request came from. To an empty datagram it answers with the format
%Y-%m-%d %X. Source: tutorial 002, section 4 (time server, the teacher's
version).
"""

from __future__ import annotations

from pytest_sockets import DatagramPeer, Exercise, Pair, UdpClient, behaviour, message, profile

from .shared.datagram_servers import (
    test_binds_its_address,
    test_receives_right_after_bind,
    test_uses_a_datagram_socket,
)
from .shared.pairs import pair_profile
from .shared.time_servers import (
    test_answers_request_after_request,
    test_has_a_default_format,
    test_survives_a_bad_request,
    test_takes_any_format,
    test_tells_the_time,
)


def answer(peer: DatagramPeer, client: UdpClient) -> None:
    """Type a line, take in what comes for it, and answer with digits."""
    client.type(client.digits().decode())
    peer.expect_any()
    peer.send(client.digits())


@behaviour("XCH-06", source="002 §4 time server, the teacher's version")
def test_sends_each_line_as_it_was_typed(client: UdpClient) -> None:
    """Sends each line exactly as it was typed, as one datagram, and waits for the answer.

    The line is the format that the server is asked for: no newline added, no
    b'…' around it, UTF-8. When it was answered, the client asks for the next.

    Hint: sock.sendto(line.encode("utf-8"), address), then recvfrom, in a loop.
    """
    lines = f"%Y-%m-%d {client.digits().decode()}", f"%H时 {client.chinese(4)}"
    with client.datagrams() as peer:
        client.type_ahead(*lines)
        for line in lines:
            peer.expect(line.encode())
            peer.expect_nothing(message("the one before is answered"))
            peer.send(client.digits())


@behaviour("TIM-06", needs=test_sends_each_line_as_it_was_typed,
           source="002 §4 time server, the teacher's version")  # fmt: skip
def test_sends_the_empty_line_too(client: UdpClient) -> None:
    """Sends an empty datagram for an empty line, and goes on.

    Who only presses the return key asks for the server's own format. UDP can
    send nothing as a message, which TCP can't.

    Hint: no test for an empty line: sendto(b"", address) is a request.
    """
    with client.datagrams() as peer:
        client.type("")
        peer.expect(b"")
        peer.send(client.digits())
        client.expect_asks()


@behaviour(
    "XCH-11",
    level="should",
    needs=test_sends_each_line_as_it_was_typed,
    source="002 §4 time server",
    tutorial="its client receives the answer and does not print it",
)
def test_prints_the_answer(client: UdpClient) -> None:
    """Prints the server's answer.

    What is shown is what recvfrom returned, not what was typed. How it is
    worded is free.

    Hint: print(data.decode("utf-8")) after recv.
    """
    text = client.letters(12)
    with client.datagrams() as peer:
        client.type(client.digits().decode())
        peer.expect_any()
        peer.send(text)
        client.expect_printed(text)


server = profile(
    basic={
        test_binds_its_address: 8,
        test_uses_a_datagram_socket: 4,
        test_receives_right_after_bind: 4,
        test_answers_request_after_request: 15,
        test_tells_the_time: 24,
        test_takes_any_format: 20,
        test_has_a_default_format: 20,
    },
    robust={test_survives_a_bad_request: 5},
    one_shot=False,
)

client = profile(
    basic={
        test_sends_each_line_as_it_was_typed: 50,
        test_sends_the_empty_line_too: 40,
    },
    robust={test_prints_the_answer: 10},
    one_shot=False,
    keyboard=True,
)


def ask_each_other(pair: Pair) -> None:
    """Type a format with digits in it: they come back in the answer."""
    digits = pair.client.digits()
    pair.type(pair.client, f"%Y-%m-%d {digits.decode()}")
    pair.expect_answered(digits)


pair = pair_profile(ask_each_other, late=False, next_client=ask_each_other)

exercise = Exercise(
    name="udp-time-default",
    system="S15",
    transport="udp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
