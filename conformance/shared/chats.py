"""How a chat with the program is held: lines are typed on its side, messages sent on ours.

Whether a line has come is looked for anywhere in what arrives: what stands
around it is judged by the behaviours about content only.
"""

from __future__ import annotations

from pytest_sockets import Client, Finding, Peer, Server, Subject, message, size_of

from .expectations import expect_nothing_behind

NO_Q = bytes.maketrans(b"qQ", b"pP")


def hear(peer: Peer, text: bytes) -> None:
    """Expect ``text`` in what the program sends, whatever stands around it."""
    heard = peer.expect_something(message("{data} ({size})", data=text, size=size_of(text)))
    if text not in heard:
        heard += peer.received_so_far()
    if text not in heard:
        raise Finding(
            message("{data} ({size})", data=text, size=size_of(text)),
            message("{data} ({size})", data=heard, size=size_of(heard)),
            difference=(text, heard),
        )


def say(peer: Peer, subject: Subject) -> None:
    """Type a line of digits on the program's side and hear it on ours."""
    line = subject.digits()
    subject.type(line.decode())
    hear(peer, line)


def word(subject: Subject) -> bytes:
    """Return 12 random letters, none of them q: what quits by it is asked with words of its own."""
    return subject.letters(12).translate(NO_Q)


def tell(peer: Peer, subject: Subject) -> None:
    """Send a message that nobody can know, and expect that the program prints it."""
    text = word(subject)
    peer.send(text)
    subject.expect_printed(text)


def answer(peer: Peer, server: Server) -> None:
    """Hold one turn with a server: it speaks, and is answered."""
    say(peer, server)
    peer.send(server.digits())


def begin(peer: Peer, client: Client) -> None:
    """Hold one turn with a client: it is spoken to, and answers."""
    peer.send(client.digits())
    say(peer, client)


def contact(peer: Peer, server: Server) -> None:
    """Let the server speak, if it asks for a line, and take in what comes."""
    if server.asks():
        server.type(server.digits().decode())
    peer.hear()


def expect_exactly(peer: Peer, text: bytes) -> None:
    """Expect ``text``, and that nothing comes behind it until the program rests."""
    peer.expect(text)
    expect_nothing_behind(peer)


def exchange_chinese(peer: Peer, subject: Subject) -> None:
    """Type Chinese text, which goes out as it is, and send some, which is shown as it is."""
    typed, said = subject.chinese(12), subject.chinese(12).encode()
    subject.type(typed)
    expect_exactly(peer, typed.encode())
    peer.send(said)
    subject.expect_printed(said)


def refuse(peer: Peer, subject: Subject, blank: str) -> None:
    """Type a blank line: the program asks again, or says something else in its place."""
    subject.type(blank)
    heard = peer.received_so_far()
    if heard.strip():
        peer.send(subject.digits())
        return
    if heard:
        raise Finding(message("no blank message"), message("{data}", data=heard))
    subject.expect_asks()
