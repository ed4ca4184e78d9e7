"""What a TCP client does that asks once, hears one answer and ends.

``answers`` of the profile's facts takes the client and returns what it may be
answered, the longest first; no behaviour here looks at what that is.
"""

from __future__ import annotations

from pytest_sockets import Blocked, Client, Peer, behaviour, message

from .clients import test_speaks_first
from .expectations import SILENCE, expect_open_through_silence


def answers(client: Client) -> tuple[bytes, ...]:
    """Return the answers that are right, the longest first."""
    found: tuple[bytes, ...] = client.profile.facts["answers"](client)
    return found


def exchange(peer: Peer, answer: bytes) -> None:
    """Hear the client, answer it and finish, as the server of the exercise does."""
    peer.expect_something()
    peer.send(answer)
    peer.finish()
    peer.received_so_far()


@behaviour("XCH-07", needs=test_speaks_first, source="002 §4; 000 §3 client")
def test_waits_for_the_answer(client: Client) -> None:
    """Waits for the server's answer before it closes.

    An answer may take a moment. A client that closes first never sees it, and
    its server gets an error.

    Hint: recv after send, without a time limit, and close only then.
    """
    peer = client.accept()
    peer.expect_something()
    expected = message("the client keeps its connection until it has the answer")
    expect_open_through_silence(peer, client, expected)


@behaviour("CLS-06", needs=test_waits_for_the_answer,
           source="000 §3 client; 001 socket example")  # fmt: skip
def test_closes_in_order(client: Client) -> None:
    """Closes its connection in an orderly way.

    The server sees the end of the stream (FIN), not a reset, which it would get
    if the client left bytes unread or broke off.

    Hint: read the whole answer with recv(1024), then sock.close() at once, with
    no input() before it.
    """
    peer = client.accept()
    peer.hear()
    peer.pause(SILENCE)
    if not client.holds(peer):
        # Whether our answer still meets an open socket would be chance.
        raise Blocked(test_waits_for_the_answer)
    exchange(peer, answers(client)[0])
    peer.expect_end()


@behaviour("CLS-13", needs=(test_speaks_first, test_closes_in_order), source="000 §3; 004 §3")
def test_client_ends_by_itself(client: Client) -> None:
    """Ends by itself, without an error, when it has its answer.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: no input() and no endless loop behind the conversation.
    """
    with client.accept() as peer:
        exchange(peer, answers(client)[-1])
    client.expect_exit()
