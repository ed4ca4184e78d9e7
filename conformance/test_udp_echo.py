"""udp-echo: every datagram comes back to its sender, until an empty one comes.

There is no connection: the server binds its address, returns each datagram to
the address it came from, and prints its text. An empty datagram, from anybody,
ends the server, without an answer. The client sends each line from the
keyboard as one datagram, waits for the answer and prints it; an empty line is
sent as an empty datagram, and then the client ends. Source: tutorial 004,
section 4.
"""

from __future__ import annotations

from pytest_sockets import (
    DatagramPeer,
    Exercise,
    Finding,
    UdpClient,
    UdpServer,
    behaviour,
    message,
    profile,
)

from .shared.datagram_servers import (
    test_binds_its_address,
    test_prints_what_it_received,
    test_uses_a_datagram_socket,
)
from .shared.keyboard import BLANK
from .shared.pairs import echo_lines, pair_profile

WORDS = (b"  ", b"q", b"exit")
"""Datagrams like any other: only an empty one ends the server."""


SENT_AGAIN = 9
"""Times that a datagram may come again which nobody took."""


def echo(peer: DatagramPeer, server: UdpServer) -> None:
    """Send one datagram of neutral digits and expect it back."""
    text = server.digits()
    peer.send(text)
    peer.expect(text)


def answer(peer: DatagramPeer, client: UdpClient) -> None:
    """Type a line, expect it as a datagram and answer with other digits."""
    line = client.digits()
    client.type(line.decode())
    peer.expect(line)
    peer.send(client.digits())


def _expect_nothing_else(peer: DatagramPeer, data: bytes) -> None:
    """Send bytes that are no UTF-8: they may come back or not, but nothing else does.

    A program that decodes what it prints, as the tutorial's does, may end here.
    """
    peer.send(data)
    if peer.hear():
        peer.expect(data)


def _comes_back(peer: DatagramPeer, text: bytes) -> bool:
    """Tell whether the program answers ``text``; judge nothing."""
    peer.send(text)
    return bool(peer.received_so_far())


@behaviour("ECH-01", needs=test_uses_a_datagram_socket, source="004 §4 ChatServerUDP")
def test_returns_the_same_datagram(server: UdpServer) -> None:
    """Returns exactly the datagram it was sent.

    Nothing is changed, cut or added: what recvfrom does not take of a datagram
    is lost (recv(2), MSG_TRUNC).

    Hint: recvfrom(1024) or more and sendto with the same bytes, both inside a loop.
    """
    most = server.ease.up_to(900, "bytes", least=3)
    with server.datagrams() as peer:
        short = b"  " + server.letters() + b" q "
        for text in (short[:most], server.digits(most)):
            peer.send(text)
            peer.expect(text)
        text = server.chinese(min(40, most // 3)).encode()
        peer.send(text)
        peer.expect(text)
        peer.expect_nothing()
        text = (server.letters() + b"\0\r\n")[-most:]
        peer.send(text)
        peer.expect(text)
        _expect_nothing_else(peer, (server.digits() + b"\xff\xfe")[-most:])


@behaviour("UDP-03", needs=test_uses_a_datagram_socket, source="001 UDP; 000 §4")
def test_answers_the_sender(server: UdpServer) -> None:
    """Answers the address that each datagram came from.

    Every datagram carries its sender's address, and two clients may take turns.

    Hint: data, addr = sock.recvfrom(1024), then sock.sendto(data, addr); no connect().
    """
    with server.datagrams() as first, server.datagrams() as second:
        for peer in (first, second, second, first):
            echo(peer, server)


@behaviour("UDP-05", needs=test_uses_a_datagram_socket, source="002 §4 tcp and udp")
def test_answers_every_datagram(server: UdpServer) -> None:
    """Answers every datagram, one by one.

    UDP keeps the borders of messages: five datagrams are five recvfroms and
    five answers.

    Hint: one sendto after each recvfrom, both inside one loop.
    """
    with server.datagrams() as peer:
        texts = [server.digits() for _ in range(server.ease.up_to(5, "messages"))]
        peer.send(*texts)
        peer.expect_set(texts)


@behaviour("UDP-09", needs=(test_answers_every_datagram, test_answers_the_sender),
           source="002 §4 tcp and udp")  # fmt: skip
def test_serves_many_clients(server: UdpServer) -> None:
    """Serves many clients in turn.

    One UDP socket is enough for everybody, as often as they like.

    Hint: sendto to the address that recvfrom returned, whoever it is; no connect(),
    which lets one client in only.
    """
    with server.datagrams() as a, server.datagrams() as b, server.datagrams() as c:
        for peer in (a, b, c, c, a, b, a, b, c, a, c, b):
            echo(peer, server)


@behaviour("UDP-10", needs=test_uses_a_datagram_socket, source="004 §4 ChatServerUDP")
def test_ends_on_an_empty_datagram(server: UdpServer) -> None:
    """Ends when an empty datagram comes.

    An empty datagram is a real message. Here it means "stop": the server ends
    by itself, without an answer.

    Hint: if not data: break, directly after recvfrom.
    """
    with server.datagrams() as first, server.datagrams() as second:
        _comes_back(first, server.digits())
        # Whoever is not answered at all is not heard: that is told of elsewhere.
        last = second if _comes_back(second, server.digits()) else first
        if _comes_back(last, server.digits()):
            last.send(*WORDS)
            last.received_so_far()
            if server.programs:
                server.expect_running()
        last.send(b"")
        last.expect_nothing()
        server.expect_exit()


@behaviour("XCH-04", source="000 §4 client; 004 §4 ChatClientUDP")
def test_speaks_first(client: UdpClient) -> None:
    """Sends the line that was typed at once, without waiting for the server.

    The server does not know of a client before its first datagram has come.

    Hint: sendto first, then recvfrom; encode the line to bytes.
    """
    with client.datagrams() as peer:
        client.type(client.digits().decode())
        peer.expect_any()


def _goes_on(peer: DatagramPeer, client: UdpClient) -> bool:
    """Tell whether another line comes as a datagram: if not, that is told of elsewhere."""
    peer.send(client.digits())
    if not client.asks():
        return False
    line = client.digits()
    client.type(line.decode())
    if not peer.hear():
        return False
    data, _ = peer.expect_any()
    return data == line


@behaviour("XCH-06", needs=test_speaks_first, source="004 §4 ChatClientUDP")
def test_sends_the_line_as_it_was_typed(client: UdpClient) -> None:
    """Sends each line exactly as it was typed, as one datagram.

    No newline added, no b'…' around it: the server gets the characters of the
    line and nothing else.

    Hint: sock.sendto(line.encode(), address).
    """
    line = f"  {client.letters(6).decode()} {client.digits(4).decode()} "
    with client.datagrams() as peer:
        client.type(line)
        peer.expect(line.encode())
        peer.expect_nothing()
        if _goes_on(peer, client):
            peer.send(client.digits())
            client.type(BLANK)
            if not peer.hear():
                client.expect_running()
            peer.expect(BLANK.encode())
            peer.send(client.digits(len(BLANK)))
            client.expect_running()


@behaviour(
    "XCH-08", needs=test_sends_the_line_as_it_was_typed, source="001 code optimisation; 002 §4"
)
def test_takes_turns(client: UdpClient) -> None:
    """Waits for the answer before it sends the next line.

    sendto and recvfrom alternate: the second line goes out when the first was
    answered.

    Hint: one recvfrom after each sendto, inside the loop.
    """
    first, second = client.digits(), client.digits()
    with client.datagrams() as peer:
        client.type_ahead(first.decode(), second.decode())
        peer.expect(first)
        peer.expect_nothing(message("the one before is answered"))
        peer.send(client.digits())
        peer.expect(second)


@behaviour("XCH-11", needs=test_speaks_first, source="004 §4 ChatClientUDP")
def test_prints_the_answer(client: UdpClient) -> None:
    """Prints the server's answer.

    What is shown is what recvfrom returned, not what was typed. How it is
    worded is free.

    Hint: data, addr = sock.recvfrom(1024), then print(data.decode()).
    """
    with client.datagrams() as peer:
        client.type(client.letters(12).decode())
        peer.expect_any()
        text = client.letters(12)
        peer.send(text)
        client.expect_printed(text)


@behaviour("DAT-04", needs=(test_sends_the_line_as_it_was_typed, test_prints_the_answer),
           source="003 §4.3; 001 code optimisation")  # fmt: skip
def test_handles_chinese_text(client: UdpClient) -> None:
    """Sends and shows Chinese text unharmed.

    Text is UTF-8 on the wire: encoded before sendto, decoded after recvfrom.

    Hint: line.encode() and data.decode(), both without another encoding.
    """
    line, text = client.chinese(10), client.chinese(10)
    with client.datagrams() as peer:
        client.type(line)
        peer.expect(line.encode())
        peer.send(text.encode())
        client.expect_printed(text.encode())


@behaviour("UDP-11", needs=test_sends_the_line_as_it_was_typed, source="004 §4 ChatClientUDP")
def test_ends_with_an_empty_datagram(client: UdpClient) -> None:
    """Sends an empty datagram for an empty line, and ends.

    The empty datagram tells the server to stop; after it the client does not
    wait for an answer.

    Hint: sendto first, then if not line: break, then recvfrom.
    """
    with client.datagrams() as peer:
        answer(peer, client)
        client.type("")
        peer.expect(b"")
        client.expect_exit()


@behaviour("UDP-08", level="should", needs=test_takes_turns, source="000 §4; 002 §4 UDP")
def test_survives_a_restart_of_the_server(client: UdpClient) -> None:
    """Goes on working when the server was started again.

    There is no connection that could break. A client that called connect gets
    ConnectionRefusedError while the server is away.

    Hint: sendto(data, address) for each datagram, without connect.
    """
    peer = client.datagrams()
    answer(peer, client)
    client.expect_asks()
    peer.close()
    client.stop_listening()
    refused = client.digits()
    client.type(refused.decode())
    state = client.state()
    if not client.program.running:
        raise Finding(message("the client waits while the server is away"), state)
    peer = client.returned()
    if peer.remote is not None:
        peer.send(client.digits())
    line = client.digits()
    client.type(line.decode())
    # Who was refused may send the same once more.
    for _ in range(SENT_AGAIN):
        if peer.expect_one_of(line, refused) == line:
            return
        peer.send(client.digits())
    peer.expect(line)


server = profile(
    basic={
        test_binds_its_address: 5,
        test_uses_a_datagram_socket: 5,
        test_returns_the_same_datagram: 25,
        test_answers_the_sender: 20,
        test_answers_every_datagram: 15,
        test_serves_many_clients: 10,
        test_ends_on_an_empty_datagram: 15,
        test_prints_what_it_received: 5,
    },
    one_shot=False,
)

client = profile(
    basic={
        test_speaks_first: 10,
        test_sends_the_line_as_it_was_typed: 20,
        test_takes_turns: 10,
        test_prints_the_answer: 20,
        test_handles_chinese_text: 10,
        test_ends_with_an_empty_datagram: 20,
    },
    robust={test_survives_a_restart_of_the_server: 10},
    one_shot=False,
    keyboard=True,
)

pair = pair_profile(echo_lines, late=False, next_client=echo_lines)

exercise = Exercise(
    name="udp-echo",
    system="S12",
    transport="udp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
