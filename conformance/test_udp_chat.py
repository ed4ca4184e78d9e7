"""udp-chat: a chat over UDP, in which one server talks with several friends.

The server binds its address. For each datagram it prints the text with the
sender's host and port, asks the keyboard for a reply and sends that line back
to the sender; then it waits for the next message, from anybody, for ever.

The client knows friends by name, each with an address; "egg" and "yuan" are two
of them. It asks for a friend's name, then for one message after the other: each
is sent to that friend's address, and the answer is waited for and printed with
the address it came from. The line q leaves this friend and asks for another
name; it is not sent. For an empty message, or a friend that it does not know,
it sends nothing and asks again.

All text is UTF-8. Give each friend a port of its own: where all have the same
address, as in the tutorial, nobody can see whether the right one was chosen.
Source: tutorial 002, section 4 (qq chat).
"""

from __future__ import annotations

import re

from pytest_sockets import (
    DatagramPeer,
    Exercise,
    Finding,
    UdpClient,
    UdpServer,
    behaviour,
    message,
    profile,
    what_was_printed,
)

from .shared.datagram_servers import (
    expect_sender,
    test_binds_its_address,
    test_receives_right_after_bind,
    test_uses_a_datagram_socket,
)
from .shared.friends import EGG, YUAN, addresses, differ
from .shared.pairs import friends

SOURCE = "002 §4 qq chat"

ORDINARY = ("quit", "Q")
"""Messages that contain the letter q and leave nobody."""


def reply(peer: DatagramPeer, server: UdpServer) -> None:
    """Send digits, type a reply, and take it in."""
    peer.send(server.digits())
    server.type(server.digits().decode())
    peer.expect_any()


def answer(peer: DatagramPeer, client: UdpClient) -> None:
    """Type a friend's name and a message, and answer it."""
    client.type(EGG)
    say(peer, client, client.digits().decode())


def say(peer: DatagramPeer, client: UdpClient, line: str) -> None:
    """Type a message to the friend that was chosen, expect it and answer it."""
    client.type(line)
    peer.expect(line.encode())
    peer.send(client.digits())


def some_text(subject: UdpServer | UdpClient) -> str:
    """Return a random message of letters and Chinese characters, without blanks at its ends."""
    return f"{subject.letters(6).decode()} {subject.chinese(6)}"


@behaviour("QQC-01", needs=test_receives_right_after_bind, source=SOURCE)
def test_shows_who_says_what(server: UdpServer) -> None:
    """Prints each message with the address it came from.

    Messages come from anybody, so the text alone does not tell whom to answer.
    How it is worded and coloured is free.

    Hint: data, addr = sock.recvfrom(1024), then print addr[0], addr[1] and
    data.decode("utf-8").
    """
    text = some_text(server).encode()
    with server.datagrams() as peer:
        peer.send(text)
        server.expect_printed(text)
        expect_sender(server, peer)


@behaviour("UDP-03", needs=test_receives_right_after_bind, source="001 UDP; 000 §4")
def test_answers_the_sender(server: UdpServer) -> None:
    """Answers the address that each message came from.

    Every datagram carries its sender's address; friends may take turns.

    Hint: sendto with the address that this very recvfrom returned; no connect().
    """
    with server.datagrams() as first, server.datagrams() as second:
        for turn, peer in enumerate((first, second, second, first)):
            peer.send(server.digits())
            if server.asks():
                server.type(server.digits().decode())
            elif turn and not server.program.running:
                return
            peer.expect_any()


@behaviour("QQC-02", needs=test_answers_the_sender, source=SOURCE)
def test_sends_the_typed_reply(server: UdpServer) -> None:
    """Sends the line from the keyboard as the reply.

    The server's user writes what the friend is to read: exactly that line, in
    UTF-8, in one datagram.

    Hint: line = input("reply: "), then sock.sendto(line.encode("utf-8"), addr).
    """
    line = some_text(server)
    with server.datagrams() as peer:
        peer.send(server.digits())
        server.type(line)
        peer.expect(line.encode())
        peer.expect_nothing()


@behaviour("QQC-03", needs=test_sends_the_typed_reply, source=SOURCE)
def test_goes_on_with_the_next_message(server: UdpServer) -> None:
    """Goes on with the next message, from anybody.

    A chat has more than one message, and a UDP server hears everybody.

    Hint: recvfrom, input and sendto inside one endless loop; no connect.
    """
    with server.datagrams() as first, server.datagrams() as second:
        for peer in (first, second, first):
            reply(peer, server)


@behaviour("QQC-04", source=SOURCE)
def test_sends_to_the_chosen_friend(client: UdpClient) -> None:
    """Sends the message to the friend that was chosen.

    A name is looked up, and the text goes to that friend's address, exactly as
    it was typed, in UTF-8. The name is not sent.

    Hint: sock.sendto(text.encode("utf-8"), friends[name]) with a dict of addresses.
    """
    egg, yuan = client.servers()
    client.type(EGG)
    say(egg, client, some_text(client))
    if not client.asks():
        return
    client.type("q")
    if egg.received_so_far():
        egg.send(client.digits())
    for line in (YUAN, client.digits().decode()):
        if not client.asks():
            return
        client.type(line)
    if yuan.received_so_far() or not differ(client):
        return
    if egg.received_so_far():
        raise Finding(
            message("the message at the address of {name}", name=YUAN),
            message("it is sent to {name}", name=EGG),
        )


@behaviour("QQC-07", needs=test_sends_to_the_chosen_friend, source=SOURCE)
def test_shows_the_answer_before_the_next_message(client: UdpClient) -> None:
    """Waits for the friend's answer and prints it, before the next message to the same friend.

    What is shown is what recvfrom returned, as text. How it is worded is free.

    Hint: data, addr = sock.recvfrom(1024) after sendto, then print data.decode("utf-8");
    ask for the name outside of this loop.
    """
    first, second = client.digits(), client.digits()
    text = some_text(client).encode()
    egg, _ = client.servers()
    client.type(EGG)
    client.type_ahead(first.decode(), second.decode())
    egg.expect(first)
    egg.expect_nothing(message("the one before is answered"))
    egg.send(text)
    client.expect_printed(text)
    egg.expect(second)


@behaviour("QQC-01", needs=test_shows_the_answer_before_the_next_message, source=SOURCE)
def test_shows_who_answers(client: UdpClient) -> None:
    """Prints the answer with the address it came from.

    A datagram may come from anybody: its address, host and port, tells who has
    written. How it is worded and coloured is free.

    Hint: data, addr = sock.recvfrom(1024), then print addr[0], addr[1] and
    data.decode("utf-8").
    """
    line, text = client.digits().decode(), client.letters(12)
    egg, _ = client.servers()
    client.type(EGG)
    client.expect_asks()
    before = client.screen
    client.type(line)
    egg.expect(line.encode())
    egg.send(text)
    client.expect_printed(text)
    client.come_to_rest()
    known = addresses(client, egg)
    if not any(_comes_up(address, before, client.screen) for address in known):
        raise Finding(
            message("the sender's address {address} in what the program prints", address=known[0]),
            what_was_printed(client.screen),
        )


def _comes_up(address: tuple[str, int], before: bytes, now: bytes) -> bool:
    """Tell whether host and port of ``address`` stand more often in ``now`` than ``before``."""
    patterns = [rb"(?<!\d)%b(?!\d)" % re.escape(str(part).encode()) for part in address]
    return all(len(re.findall(each, now)) > len(re.findall(each, before)) for each in patterns)


@behaviour("QQC-05", needs=test_shows_the_answer_before_the_next_message, source=SOURCE)
def test_leaves_a_friend_with_q(client: UdpClient) -> None:
    """Leaves a friend when q is typed, and asks for another.

    The line q is a command for the client: it is not sent, and it ends the
    talk with this friend, not the program.

    Hint: two loops: if text == "q": break leaves the inner one, before sendto.
    """
    egg, yuan = client.servers()
    client.type(EGG)
    for line in ORDINARY:
        say(egg, client, line)
    client.type("q")
    egg.expect_nothing()
    client.type(YUAN)
    line = client.digits().decode()
    client.type(line)
    at_yuan, at_egg = yuan.received_so_far(), egg.received_so_far()
    if line.encode() in (at_yuan if differ(client) else at_yuan + at_egg):
        return
    raise Finding(
        message("{line} at the address of {name}", line=line, name=YUAN),
        message("nothing arrives there: {doing}", doing=client.state()),
    )


@behaviour(
    "QQC-06", needs=test_leaves_a_friend_with_q, source="002 §4 qq chat; 001 code optimisation"
)
def test_sends_nothing_that_is_empty_or_for_nobody(client: UdpClient) -> None:
    """Sends nothing for an empty message or an unknown friend, and goes on.

    Whoever mistypes a name, or only presses the return key, is asked again.

    Hint: if not text or name not in friends: continue, before sendto.
    """
    unknown, line = client.letters().decode(), client.digits().decode()
    egg, yuan = client.servers()
    # A client may find the name wrong at once, or when a message follows: both fits.
    try:
        for typed in (unknown, EGG, "q", EGG, "", line):
            client.type(typed)
    except Finding as finding:
        raise _sent_instead(finding, *egg.received_so_far(), *yuan.received_so_far()) from finding
    egg.expect(line.encode())
    yuan.expect_nothing()


def _sent_instead(finding: Finding, *sent: bytes) -> Finding:
    """Return what to say of a client that does not go on: what it sent, if it sent anything."""
    if not sent:
        return finding
    return Finding(
        message("nothing is sent for an empty message or an unknown friend"),
        message("{data} is sent; {doing}", data=sent[0], doing=finding.observed),
        because=finding.because,
        rests_on_deadline=finding.rests_on_deadline,
    )


server = profile(
    basic={
        test_binds_its_address: 10,
        test_uses_a_datagram_socket: 5,
        test_receives_right_after_bind: 5,
        test_shows_who_says_what: 15,
        test_answers_the_sender: 10,
        test_sends_the_typed_reply: 30,
        test_goes_on_with_the_next_message: 25,
    },
    one_shot=False,
    keyboard=True,
)

client = profile(
    basic={
        test_sends_to_the_chosen_friend: 25,
        test_shows_the_answer_before_the_next_message: 25,
        test_shows_who_answers: 10,
        test_leaves_a_friend_with_q: 20,
        test_sends_nothing_that_is_empty_or_for_nobody: 20,
    },
    one_shot=False,
    keyboard=True,
    servers=2,
)

exercise = Exercise(
    name="udp-chat",
    system="S13",
    transport="udp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": friends},
)
