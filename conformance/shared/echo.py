"""What every TCP echo server does, whether it serves one client or many."""

from __future__ import annotations

from pytest_sockets import Fault, Finding, Fragment, Peer, Server, behaviour, message, size_of

from .admission import test_welcomes_the_right_answer
from .expectations import expect_quiet
from .servers import test_takes_its_first_client

LONG = 100_000

WORDS = (b"quit", b"exit")
"""What ends a conversation elsewhere; an echo server knows no such word."""

FULL = (512, 1024, 4096)
"""Bytes that are exactly as many as recv is often asked for."""


def join(server: Server, *faults: Fault) -> Peer:
    """Connect a client and take it to where the echo begins.

    ``enter`` of the profile's facts takes it through what comes before, if anything does.
    """
    peer = server.connect(*faults)
    enter = server.profile.facts.get("enter")
    if enter is not None:
        enter(peer, server)
    return peer


def ending(server: Server) -> bytes:
    """Return what every message of the exercise ends with: nothing, or a newline."""
    found: bytes = server.profile.facts.get("ending", b"")
    return found


def say(peer: Peer, server: Server) -> None:
    """Say one message of neutral digits and expect it back."""
    text = server.digits() + ending(server)
    peer.send(text)
    peer.expect(text)


def _goes_on(peer: Peer, server: Server) -> bool:
    """Tell whether another message comes back: a server that takes one only fails elsewhere."""
    text = server.digits() + ending(server)
    peer.send(text)
    return peer.receive(len(text)) == text


def _expect_back_unchanged(peer: Peer, server: Server) -> None:
    """Say what a server that thinks about its messages would change, or end at."""
    for text in _unusual_texts(server):
        peer.send(text)
        peer.expect(text)
    _expect_full_back(peer, server)
    _expect_nothing_else(peer, b"\xef\xbb\xbf12\xff\xfe" + server.digits() + ending(server))


def _unusual_texts(server: Server) -> list[bytes]:
    """Return words that end other conversations, NULs, a carriage return, Chinese, a blank."""
    end = ending(server)
    texts = [word + end for word in WORDS]
    texts.append(server.letters() + b"\0" + server.digits(3) + end)
    # A line is one message where lines are: no newline in its middle there.
    middle = b"\r" if end else b"\r\n"
    texts.append(server.letters(4) + middle + server.letters(4) + b"\r\n")
    if test_returns_chinese_text not in (each.behaviour.ask for each in server.profile.behaviours):
        texts.append(server.chinese(5).encode() + end)
    texts += [b" " + end, server.letters(4) + b"\0" + end]
    return texts


def _expect_full_back(peer: Peer, server: Server) -> None:
    """Say what fills a buffer exactly: nothing more comes, though there was no room for more.

    Whether something else comes back, or the end, is told elsewhere, of a longer message.
    """
    end = ending(server)
    for size in FULL:
        text = server.digits(size - len(end)) + end
        peer.send(text)
        try:
            peer.expect(text)
        except Finding as finding:
            if peer.over or finding.difference != (text, b""):
                peer.received_so_far()
                return
            finding.because = message(
                "the message has exactly {size}: that recv returned as many bytes as it was "
                "asked for does not mean that more will come",
                size=size_of(text),
            )
            raise


def _expect_nothing_else(peer: Peer, data: bytes) -> None:
    """Send bytes that are no UTF-8: they may come back or not, but nothing else does.

    A program that decodes what it prints, as the tutorial's does, may end here.
    """
    peer.send(data)
    got = peer.received_so_far()
    if not data.startswith(got):
        raise Finding(
            message("{data} ({size})", data=data, size=size_of(data)),
            message("{data} ({size})", data=got, size=size_of(got)),
            difference=(data, got),
            connection=peer.number,
        )


def contact(peer: Peer, server: Server) -> None:
    """Say something and take in what comes, whatever it is."""
    peer.send(server.digits() + ending(server))
    peer.hear()


@behaviour(
    "ECH-01",
    needs=(test_takes_its_first_client, test_welcomes_the_right_answer),
    source="004 §3 ChatServer",
)
def test_returns_the_same_bytes(server: Server) -> None:
    """Returns exactly the bytes it was sent.

    An echo server answers every message at once, without waiting for the next
    one or for the end, and changes nothing: no upper case, no strip, no b'…'
    around the text, no newline added.

    Hint: data = conn.recv(1024), then at once conn.send(data), as it came. conn
    is the socket that accept returned: conn, addr = sock.accept().
    """
    text = b"  " + server.letters() + b" q\t" + server.digits(4) + b"  " + ending(server)
    with join(server) as peer:
        peer.send(text)
        peer.expect(text)
        peer.expect_nothing()
    server.start_afresh()
    with join(server) as peer:
        peer.send(b"q" + ending(server))
        peer.expect(b"q" + ending(server))
        if _goes_on(peer, server):
            _expect_back_unchanged(peer, server)


@behaviour("ECH-02", needs=test_returns_the_same_bytes, source="004 §3 ChatServer")
def test_returns_every_message(server: Server) -> None:
    """Returns every message of a connection, not only the first.

    The conversation is a loop: recv, send, recv, send, until the client has
    finished.

    Hint: put recv and send into a while loop, and accept before it.
    """
    with join(server) as peer:
        for _ in range(server.ease.up_to(5, "messages")):
            say(peer, server)


@behaviour("DAT-04", needs=test_returns_the_same_bytes, source="003 §4.3; 001 code optimisation")
def test_returns_chinese_text(server: Server) -> None:
    """Returns Chinese text unharmed.

    Chinese characters take several bytes in UTF-8. Whoever decodes a part of
    one, or with another encoding, gets an error or other characters.

    Hint: echo the bytes as they came; decode only for printing, with enough
    room in recv for a whole message.
    """
    text = server.chinese(server.ease.up_to(40, "characters")).encode()
    with server.connect() as peer:
        peer.send(text)
        peer.expect(text)


@behaviour("DAT-07", needs=test_returns_the_same_bytes, source="002 §4; 004 §3 (5)")
def test_returns_a_long_message_whole(server: Server) -> None:
    """Returns a long message whole and in order.

    TCP is a stream of bytes: 100 000 bytes come as many recvs of at most 1024,
    and one small message may come in several pieces as well. None may be lost.

    Hint: call recv in a loop until it returns b"", however often that is, and
    send back each piece.
    """
    pieces = server.ease.in_pieces(Fragment(size=3))
    with join(server) as peer:
        text = server.digits(server.ease.up_to(LONG, "bytes")) + ending(server)
        peer.send(text)
        peer.expect(text)
    server.start_afresh()
    with join(server, pieces) as peer:
        text = server.digits(server.ease.up_to(11, "bytes")) + ending(server)
        peer.send(text)
        peer.expect(text)


@behaviour("DAT-11", needs=test_returns_every_message, source="003 §5; 001 socket example")
def test_waits_for_a_silent_client(server: Server) -> None:
    """Waits for a client that is silent for a while.

    recv blocks until bytes come or the client leaves. A silent client is
    neither an error nor a reason to keep the processor busy.

    Hint: leave the connection blocking: no settimeout(), no setblocking(False).
    If you set a timeout, catch it and go on.
    """
    with server.connect() as peer:
        say(peer, server)
        end = peer.pause(1.5)
        if end is not None:
            server.expect_patience(end)
        say(peer, server)


@behaviour("CLS-02", needs=test_returns_the_same_bytes, source="003 §5; 004 §3 ChatServer")
def test_ends_with_the_stream(server: Server) -> None:
    """Takes an empty recv as the client's end, and closes its side.

    When the client has finished, recv returns b"" again and again. The server
    then ends this conversation and closes the connection.

    Hint: if not data: break, directly after recv, and conn.close() behind the loop.
    """
    with join(server) as peer:
        contact(peer, server)
        if not peer.everything():
            # A crash closes the connection too, with FIN or RST as it happens.
            peer.expect_open()
        before = len(server.program.stdout) if server.programs else 0
        peer.finish()
        peer.everything()
        peer.expect_end()
        if server.programs:
            expect_quiet(server, before)


@behaviour("CLS-09", needs=(test_returns_the_same_bytes, test_ends_with_the_stream),
           source="001 four-way handshake; 002 §TCP")  # fmt: skip
def test_answers_after_a_half_close(server: Server) -> None:
    """Still answers a client that has finished sending.

    A client may send, say "I am done" (FIN) and go on reading: a half-close.
    What the server owes is still delivered, and then the server closes.

    Hint: send back what recv returned before you look for the end of the stream.
    """
    with server.connect() as peer:
        text = server.digits(200)
        peer.send(text)
        peer.finish()
        peer.expect(text)
        peer.expect_end()


@behaviour("XCH-10", needs=test_returns_the_same_bytes, source="004 §3 ChatServer; 002 §4")
def test_prints_what_it_received(server: Server) -> None:
    """Prints what it received.

    The tutorial's server shows each message of its client on the screen.
    How it is worded is free.

    Hint: print(data.decode()) after recv.
    """
    text = server.letters(12)
    with server.connect() as peer:
        peer.send(text)
        server.expect_printed(text)


@behaviour("LIF-06", level="should", needs=test_returns_the_same_bytes, source="003 §3.3; 004 §3")
def test_prints_the_address_of_its_client(server: Server) -> None:
    """Prints the address of its client.

    accept returns a pair: the new socket, and the client's own (ip, port).

    Hint: conn, addr = sock.accept(), then print(addr).
    """
    with server.connect() as peer:
        peer.send(server.letters())
        server.expect_printed(
            str(peer.local[1]).encode(),
            hint=message("the client's port {port} in what the program prints", port=peer.local[1]),
        )


@behaviour("LIF-07", level="should", needs=test_returns_every_message,
           source="001 backlog; 003 §3.2; 004 §3 (3)")  # fmt: skip
def test_lets_further_clients_queue(server: Server) -> None:
    """Lets a further client queue while one is served.

    Clients that connect meanwhile wait in the backlog queue of the listening
    socket, so it has to stay open until the server is done.

    Hint: close the listening socket at the very end, not right after accept.
    """
    with server.connect() as first:
        say(first, server)
        with server.connect() as second:
            second.send(server.digits())
            say(first, server)
            second.expect_open()
