"""tcp-hmac-auth: an echo server that lets in only clients that know its secret.

The server speaks first: it sends every client a challenge of 32 new random
bytes. The client answers HMAC-SHA256(b"tutorial-secret", challenge), 32 bytes,
and nothing more. The server computes the same and compares the two with
hmac.compare_digest. On a right answer it says b"welcome"; from then on every
message comes back, until the client has finished. On a wrong answer, or one
that was right for an earlier challenge, it closes the connection without a
word. Either way it goes on with the next client, one after the other.

The client waits for the welcome. Then it sends each line from the keyboard as
UTF-8 without a newline and prints what comes back, until an empty line is
typed. When the server closes instead of the welcome, the client ends. Source:
the title in the contents of tutorial 002 (seven, is the client a legitimate
one), which has no text; RFC 2104; the documentation of hmac and secrets.
"""

from __future__ import annotations

from pytest_sockets import (
    Blocked,
    Client,
    Exercise,
    Finding,
    Peer,
    Server,
    behaviour,
    message,
    profile,
    size_of,
)

from .shared.admission import (
    CHALLENGE,
    PROOF,
    WELCOME,
    admit,
    challenged,
    enter,
    proof,
    test_answers_the_challenge,
    test_challenges_at_once,
    test_listens_first,
    test_puts_the_answer_together,
    test_puts_the_challenge_together,
    test_waits_for_the_welcome,
    test_welcomes_the_right_answer,
)
from .shared.clients import (
    test_connects_to_the_server,
    test_gives_up_without_a_server,
    test_leaves_its_own_port_to_the_system,
)
from .shared.echo import (
    join,
    say,
    test_ends_with_the_stream,
    test_returns_every_message,
    test_returns_the_same_bytes,
)
from .shared.keyboard import (
    test_closes_in_order,
    test_ends_on_an_empty_line,
    test_prints_the_answer,
    test_sends_the_line_as_it_was_typed,
    test_takes_turns,
)
from .shared.lasting import (
    test_serves_one_client_after_the_other,
    test_survives_a_reset,
    test_takes_a_silent_visitor_calmly,
)
from .shared.pairs import PIECES_BOTH_WAYS, echo_lines, pair_profile
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)

ANY_STATUS = tuple(range(256))

FLIPPED = (0, PROOF // 2, PROOF - 1)
"""Which byte of a wrong answer is the only wrong one: at either end, and in the middle."""

CUT = (PROOF - 1, 0)
"""How many bytes of the right answer a client sends that finishes too early."""

CLIENTS = 3
"""Clients before a restart, and after it: six random bytes are the same once in 256**5 times."""

VALUES = 17
"""Different bytes that 32 random ones have at least; fewer come less than once in 10**14 times."""


def contact(peer: Peer, _server: Server) -> None:
    """Take in the challenge."""
    peer.hear()


def _expect_refusal(server: Server, answer: bytes) -> None:
    """Expect that ``answer`` to a new challenge is refused: the end, and not a byte before."""
    with server.connect() as peer:
        challenged(peer)
        peer.send(answer)
        peer.expect_end()


@behaviour("AUT-03", needs=test_welcomes_the_right_answer, source="002 contents, 七; RFC 2104")
def test_cuts_off_a_wrong_answer(server: Server) -> None:
    """Closes the connection on a wrong answer, without a word.

    Whoever does not know the secret gets no welcome and no service. An answer
    that is wrong in one byte only, or ends too early, is as wrong as any other,
    and so is none at all.

    Hint: if not hmac.compare_digest(expected, answer): close this connection,
    and return before the conversation begins.
    """
    with server.connect() as peer:
        try:
            enter(peer, server)
        except Finding:
            raise Blocked(test_welcomes_the_right_answer) from None
    server.start_afresh()
    _expect_refusal(server, server.chance.randbytes(CHALLENGE))
    for place in FLIPPED:
        server.start_afresh()
        with server.connect() as peer:
            answer = bytearray(proof(challenged(peer)))
            answer[place] ^= 1
            peer.send(bytes(answer))
            peer.expect_end()
    for size in CUT:
        server.start_afresh()
        with server.connect() as peer:
            beginning = proof(challenged(peer))[:size]
            if beginning:
                peer.send(beginning)
            peer.finish()
            peer.expect_nothing()


@behaviour("AUT-01", needs=test_serves_one_client_after_the_other,
           source="002 contents, 七; documentation of os.urandom")  # fmt: skip
def test_challenges_everybody_anew(server: Server) -> None:
    """Sends each client a challenge of its own, also after a restart.

    With the same challenge the same answer is right again, and who has listened
    once can get in without the secret.

    Hint: os.urandom(32) or secrets.token_bytes(32) after each accept; never a
    constant, nor random with a fixed seed.
    """
    seen: list[bytes] = []
    for _ in range(2):
        for _ in range(CLIENTS):
            with server.connect() as peer:
                seen.append(challenged(peer))
                peer.send(proof(seen[-1]))
                peer.receive(len(WELCOME))
        server.start_afresh()
    if len(set(seen)) < len(seen):
        raise _repeats(seen)
    # Of random bytes, half are no ASCII.
    if all(challenge.isascii() for challenge in seen):
        raise Finding(
            message("random bytes of all values, and no text"),
            message("{data} ({size})", data=seen[-1], size=size_of(seen[-1])),
        )
    _expect_random(seen)


def _expect_random(seen: list[bytes]) -> None:
    """Expect that a challenge has many values, and that no place in it has one value only."""
    for challenge in seen:
        count = len(set(challenge))
        if count < VALUES:
            raise Finding(
                message("{size} random bytes", size=CHALLENGE),
                message("{count} different values in {size} bytes", count=count, size=CHALLENGE),
            )
    for place, values in enumerate(zip(*seen, strict=False)):
        if len(set(values)) == 1:
            raise Finding(
                message("{size} random bytes", size=CHALLENGE),
                message(
                    "byte {place} of {size} was the same for {count} clients",
                    place=place,
                    size=CHALLENGE,
                    count=len(seen),
                ),
            )


def _repeats(seen: list[bytes]) -> Finding:
    again = next(challenge for challenge in seen if seen.count(challenge) > 1)
    return Finding(
        message("{count} different challenges for {count} clients", count=len(seen)),
        message("{data} came {times} times", data=again, times=seen.count(again)),
    )


@behaviour("AUT-04", needs=(test_cuts_off_a_wrong_answer, test_challenges_everybody_anew),
           source="002 contents, 七; RFC 2104")  # fmt: skip
def test_cuts_off_a_replayed_answer(server: Server) -> None:
    """Refuses an answer that was right for another client's challenge.

    Somebody who has listened knows old challenges and their answers. Only the
    answer to the challenge of this very connection counts.

    Hint: keep the challenge in a local variable of the conversation.
    """
    with server.connect() as peer:
        right = proof(challenged(peer))
        peer.send(right)
        peer.expect(WELCOME)
    _expect_refusal(server, right)


@behaviour("AUT-05", needs=(test_cuts_off_a_wrong_answer, test_serves_one_client_after_the_other),
           source="002 contents, 七; 001 code optimisation, rule 4")  # fmt: skip
def test_goes_on_after_a_refusal(server: Server) -> None:
    """Goes on with the next client after it has refused one.

    A wrong answer ends one conversation, not the server: else everybody could
    end it.

    Hint: continue with accept behind conn.close(); no exit and no break of the
    outer loop.
    """
    _expect_refusal(server, server.chance.randbytes(CHALLENGE))
    server.come_to_rest()
    with join(server) as peer:
        say(peer, server)


@behaviour("AUT-07", level="should", needs=test_returns_the_same_bytes,
           source="001 sticky packets; 002 §4 tcp and udp")  # fmt: skip
def test_reads_the_answer_only(server: Server) -> None:
    """Takes 32 bytes for the answer, and what follows for the first message.

    A client that is sure of itself may send its first message right behind its
    answer. Both then arrive together.

    Hint: conn.recv(32), not recv(1024): what is not read stays for the next recv.
    """
    text = server.digits()
    with server.connect() as peer:
        peer.send(proof(challenged(peer)) + text)
        peer.expect(WELCOME + text)


@behaviour(
    "CLS-03", level="should", needs=test_waits_for_the_welcome, source="003 §5; 002 contents, 七"
)
def test_ends_when_it_is_refused(client: Client) -> None:
    """Ends when the server closes instead of welcoming it.

    An empty recv means that the server is gone. Whoever asks for lines then
    asks in vain.

    Hint: if not sock.recv(7): say so, close, and end.
    """
    peer = client.accept()
    peer.send(client.chance.randbytes(CHALLENGE))
    peer.receive(PROOF)
    peer.finish()
    client.expect_exit(*ANY_STATUS)


server = profile(
    basic={
        test_listens_on_its_address: 4,
        test_takes_its_first_client: 4,
        test_waits_for_a_client_in_accept: 2,
        test_challenges_at_once: 8,
        test_welcomes_the_right_answer: 8,
        test_cuts_off_a_wrong_answer: 18,
        test_returns_the_same_bytes: 6,
        test_returns_every_message: 4,
        test_ends_with_the_stream: 3,
        test_serves_one_client_after_the_other: 4,
        test_challenges_everybody_anew: 12,
        test_cuts_off_a_replayed_answer: 8,
        test_goes_on_after_a_refusal: 6,
    },
    robust={
        test_puts_the_answer_together: 4,
        test_reads_the_answer_only: 2,
        test_survives_a_reset: 2,
        test_takes_a_silent_visitor_calmly: 2,
        test_restarts_at_once: 3,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=False,
    contact=contact,
    enter=enter,
    unrepeatable=message("the right answer depends on the challenge, which is new each time"),
)

client = profile(
    basic={
        test_connects_to_the_server: 4,
        test_listens_first: 6,
        test_answers_the_challenge: 30,
        test_waits_for_the_welcome: 6,
        test_sends_the_line_as_it_was_typed: 10,
        test_takes_turns: 5,
        test_prints_the_answer: 10,
        test_ends_on_an_empty_line: 8,
        test_closes_in_order: 2,
        test_ends_when_it_is_refused: 8,
    },
    robust={
        test_puts_the_challenge_together: 5,
        test_leaves_its_own_port_to_the_system: 3,
        test_gives_up_without_a_server: 3,
    },
    one_shot=True,
    keyboard=True,
    admit=admit,
)

pair = pair_profile(
    echo_lines,
    pieces=PIECES_BOTH_WAYS,
    next_client=echo_lines,
    alone=(test_puts_the_answer_together, test_puts_the_challenge_together),
)

exercise = Exercise(
    name="tcp-hmac-auth",
    system="S18",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
