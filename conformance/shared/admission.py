"""How a server lets in only clients that know its secret, and how a client gets in.

The server sends a challenge of 32 random bytes, the client answers with
HMAC-SHA256 of it (RFC 2104, FIPS 180-4) under the shared secret, and the server
says b"welcome". That the server compares in constant time (hmac.compare_digest)
is not observed here.
"""

from __future__ import annotations

import hashlib
import hmac

from pytest_sockets import (
    Client,
    Finding,
    Fragment,
    Message,
    Peer,
    Server,
    behaviour,
    message,
    size_of,
)

from .clients import test_connects_to_the_server
from .servers import test_takes_its_first_client

SECRET = b"tutorial-secret"
CHALLENGE = PROOF = 32
WELCOME = b"welcome"

SPLITS = (1,), (PROOF - 1,), tuple(range(1, PROOF))
"""Where 32 bytes are cut: at either end, and at every byte."""


def proof(challenge: bytes) -> bytes:
    """Return the right answer to ``challenge``, 32 bytes."""
    return hmac.new(SECRET, challenge, hashlib.sha256).digest()


def challenged(peer: Peer) -> bytes:
    """Wait for the challenge, also while the server sleeps, and return it."""
    came = peer.expect_something(message("a challenge of {size} bytes", size=CHALLENGE))
    return came + peer.receive(max(CHALLENGE - len(came), 0))


def enter(peer: Peer, _server: Server) -> None:
    """Answer the challenge as a client that knows the secret, and expect the welcome."""
    peer.send(proof(challenged(peer)))
    peer.expect(WELCOME)


def admit(peer: Peer, client: Client) -> None:
    """Challenge the client, and welcome it whatever it answers."""
    peer.send(client.chance.randbytes(CHALLENGE))
    peer.receive(PROOF)
    peer.send(WELCOME)


@behaviour("XCH-03", needs=test_takes_its_first_client, source="002 contents, 七; RFC 2104")
def test_challenges_at_once(server: Server) -> None:
    """Sends a challenge of 32 bytes as soon as it has accepted a client.

    The server speaks first here: the client has nothing to answer before. The
    challenge is 32 raw bytes; written as hexadecimal digits it would be 64.

    Hint: conn.sendall(os.urandom(32)) directly after accept.
    """
    with server.connect() as peer:
        challenge = peer.received_so_far()
        doing = None if challenge else server.state()
    if len(challenge) != CHALLENGE:
        raise Finding(
            message("a challenge of {size} bytes", size=CHALLENGE),
            message("{data} ({size})", data=challenge, size=size_of(challenge))
            if challenge
            else message("nothing; {doing}", doing=doing),
        )


@behaviour("XCH-01", needs=test_challenges_at_once, source="002 contents, 七; RFC 2104")
def test_welcomes_the_right_answer(server: Server) -> None:
    """Says exactly b"welcome" to a client that answers right.

    The right answer is HMAC-SHA256 of the challenge under the secret
    b"tutorial-secret", as 32 raw bytes. The client waits for the welcome.

    Hint: expected = hmac.new(SECRET, challenge, "sha256").digest(), bytes and
    no hexdigest; if hmac.compare_digest(expected, answer):
    conn.sendall(b"welcome").
    """
    with server.connect() as peer:
        enter(peer, server)
        peer.expect_nothing()


@behaviour("AUT-06", needs=test_welcomes_the_right_answer,
           source="001 sticky packets; 002 §4 tcp and udp")  # fmt: skip
def test_puts_the_answer_together(server: Server) -> None:
    """Waits for the whole answer when it arrives in pieces.

    TCP is a stream of bytes: 32 bytes that were sent together may come as
    several recvs. A part of the right answer is not a wrong one. The answer is
    cut after its first byte, before its last, and then at every byte.

    Hint: while len(answer) < 32: answer += conn.recv(32 - len(answer)), and
    stop at the end of the stream.
    """
    for cuts in SPLITS:
        if server.programs:
            server.start_afresh()
        with server.connect(server.ease.in_pieces(Fragment(at=cuts))) as peer:
            enter(peer, server)


@behaviour("XCH-05", needs=test_connects_to_the_server, source="002 contents, 七")
def test_listens_first(client: Client) -> None:
    """Says nothing before it was challenged.

    Here the server begins. Without the challenge there is nothing to answer.

    Hint: recv directly after connect.
    """
    client.accept().expect_nothing()


@behaviour("AUT-02", needs=test_listens_first, source="002 contents, 七; RFC 2104")
def test_answers_the_challenge(client: Client) -> None:
    """Answers with HMAC-SHA256 of the challenge under the secret.

    The secret itself never crosses the wire. A plain hash of secret and
    challenge is something else, and a challenge is bytes, not text: nothing
    may be decoded or stripped.

    Hint: hmac.new(SECRET, challenge, hashlib.sha256).digest(), 32 bytes;
    hexdigest has 64.
    """
    challenge = b"\n\xff" + client.chance.randbytes(CHALLENGE - 4) + b"\0 "
    peer = client.accept()
    peer.send(challenge)
    try:
        peer.expect(proof(challenge))
    except Finding as finding:
        _, answer = finding.difference or (b"", b"")
        finding.because = finding.because or _mistaken(challenge, answer)
        raise


def _mistaken(challenge: bytes, answer: bytes) -> Message | None:
    """Say what ``answer`` was made by, where it is one of the usual mistakes."""
    if answer.startswith(SECRET):
        return message("this is the secret itself, and now everybody knows it")
    text = challenge.decode("utf-8", "ignore").encode()
    replaced = challenge.decode("utf-8", "replace").encode()
    both = SECRET + challenge, challenge + SECRET
    plain = [hashlib.new(name, data).digest() for name in ("sha256", "md5") for data in both]
    usual = {
        hmac.new(challenge, SECRET, "sha256").digest(): message(
            "here the challenge was taken for the key: the secret comes first"
        ),
        proof(challenge).hex().encode(): message(
            "these are the hexadecimal digits of the right answer: digest() gives its bytes"
        ),
        proof(challenge.strip()): message(
            "this answers a challenge that was stripped: bytes that look like blanks belong to it"
        ),
        proof(text): DECODED,
        proof(replaced): DECODED,
        **dict.fromkeys(plain, message("this is a plain hash: hmac.new makes another one")),
    }
    return usual.get(answer)


DECODED = message("this answers a challenge that was decoded as text: leave it bytes")


@behaviour(
    "XCH-07", needs=test_answers_the_challenge, source="002 contents, 七; 001 code optimisation"
)
def test_waits_for_the_welcome(client: Client) -> None:
    """Waits for the welcome before it sends a message.

    Until the server has compared, the client does not know whether it is let in.

    Hint: one recv for the welcome, before the first line is sent.
    """
    peer = client.accept()
    peer.send(client.chance.randbytes(CHALLENGE))
    peer.receive(PROOF)
    if client.asks():
        client.type(client.digits().decode())
    peer.expect_nothing()


@behaviour(
    "AUT-06", needs=test_answers_the_challenge, source="001 sticky packets; 002 §4 tcp and udp"
)
def test_puts_the_challenge_together(client: Client) -> None:
    """Waits for the whole challenge when it arrives in pieces.

    TCP is a stream of bytes: 32 bytes that were sent together may come as
    several recvs. Here every byte comes alone.

    Hint: while len(challenge) < 32: challenge += sock.recv(32 - len(challenge)).
    """
    challenge = client.chance.randbytes(CHALLENGE)
    peer = client.accept(client.ease.in_pieces(Fragment(size=1)))
    peer.send(challenge)
    peer.expect(proof(challenge))


ADMITTED = (test_answers_the_challenge, test_waits_for_the_welcome)
"""What a client has to do before its conversation can be told."""
