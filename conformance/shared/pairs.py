"""What a server and a client do together that belong to each other.

Each exercise says in its pair's facts how it is seen that the two understand
each other: ``talk`` holds one conversation of theirs. Which bytes they exchange
is free here: what the contract asks for is asked of each of them alone.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_sockets import Coalesce, Delay, Fault, Fragment, Pair, Profile, behaviour, profile

LATE = 0.6
"""Seconds for which a message is kept back; shorter once it is seen to be waited for."""

PIECE = 3
"""Bytes of a piece: fewer than a header has."""

LOST = 2
"""Lines that may go to a client that has left: who sits at the keyboard can't know it before."""

Talk = Callable[[Pair], None]
Ask = Callable[..., None]


@behaviour("PAR-01", source="003 §3.1; 004 §3 (1)")
def test_understand_each_other(pair: Pair) -> None:
    """Server and client understand each other.

    Both follow the same protocol: who speaks first, where a message ends, how
    its text is encoded, who closes. Two programs can each be in order and still
    not fit; and they may fit although both differ from the exercise.

    Hint: look in the exchange for the first message that the other side answers
    in another way than you expected, or not at all.
    """
    pair.profile.facts["talk"](pair)


@behaviour("PAR-02", needs=test_understand_each_other, source="002 §TCP; 001 code optimisation")
def test_wait_for_each_other(pair: Pair) -> None:
    """They understand each other when every message comes late.

    A network takes its time, and so does a person at a keyboard. recv waits for
    as long as it takes, unless it is told not to.

    Hint: no settimeout() or setblocking(False) around a recv that has to wait,
    and no sleep() in place of one.
    """
    pair.to_server = pair.to_client = (Delay(LATE),)
    pair.profile.facts["talk"](pair)


@behaviour("PAR-03", needs=test_understand_each_other, source="001 sticky packets; 002 §TCP")
def test_understand_each_other_in_pieces(pair: Pair) -> None:
    """They understand each other when messages arrive in pieces.

    TCP keeps the order of the bytes and no borders: one send may be several
    recvs. Every piece is a recv of its own here, in each direction in which the
    exercise has to cope with pieces.

    Hint: call recv in a loop until the message is complete.
    """
    pair.to_server, pair.to_client = pair.profile.facts["pieces"]
    pair.profile.facts["talk"](pair)


@behaviour("PAR-04", needs=test_understand_each_other, source="001 sticky packets")
def test_understand_each_other_stuck_together(pair: Pair) -> None:
    """They understand each other when messages arrive stuck together.

    Several sends may be one recv. What one side says before it waits arrives in
    one piece here, whatever number of sends it took.

    Hint: never ask recv for more than belongs to this message, or keep what was
    too much for the next one.
    """
    pair.to_server = pair.to_client = (Coalesce(),)
    pair.profile.facts["stuck"](pair)


@behaviour("PAR-05", needs=test_understand_each_other, source="001 code optimisation, rule 4")
def test_the_next_client_is_served(pair: Pair) -> None:
    """The server understands the next client when the first has left.

    The client is ended in the middle of its conversation and started once more.

    Hint: a client that leaves ends its own conversation only: the server goes
    back to accept (TCP), or just on to the next datagram (UDP).
    """
    pair.profile.facts["talk"](pair)
    pair.next_client()
    pair.profile.facts.get("next", pair.profile.facts["talk"])(pair)


def pair_profile(
    talk: Talk,
    *,
    late: bool = True,
    pieces: tuple[tuple[Fault, ...], tuple[Fault, ...]] | None = None,
    stuck: Talk | None = None,
    next_client: Talk | None = None,
    alone: tuple[Ask, ...] = (),
) -> Profile:
    """Return the profile of a pair whose ordinary conversation is ``talk``.

    ``pieces`` are the faults towards server and client where pieces are the
    exercise's business; ``stuck`` is the conversation whose messages may stick
    together, ``next_client`` the one of a client that comes after another.
    ``alone`` are robust behaviours of one program without which the pair can't
    manage what is robust.
    """
    more = {
        test_wait_for_each_other: 15 if late else 0,
        test_understand_each_other_in_pieces: 20 if pieces else 0,
        test_understand_each_other_stuck_together: 20 if stuck else 0,
        test_the_next_client_is_served: 20 if next_client else 0,
    }
    basic = {test_understand_each_other: 100 - sum(more.values())}
    return profile(
        basic=basic,
        robust={ask: points for ask, points in more.items() if points},
        one_shot=False,
        talk=talk,
        pieces=pieces,
        stuck=stuck,
        next=next_client,
        alone=alone,
    )


# Conversations


def echo_lines(pair: Pair, count: int = 2) -> None:
    """Type at the client, which prints what the server returns; no line has more than 7 bytes."""
    for _ in range(count):
        line = pair.client.digits(7)
        before = len(pair.heard(pair.client))
        pair.type(pair.client, line.decode())
        pair.expect_heard(pair.client, before)
        pair.expect_shown(pair.client, line)


def take_turns(pair: Pair) -> None:
    """Type at the server, which speaks first, and then at the client; each shows the other's."""
    for _ in range(2):
        for speaker, listener in ((pair.server, pair.client), (pair.client, pair.server)):
            line = speaker.digits(12)
            pair.type(speaker, line.decode())
            pair.expect_shown(listener, line)


def take_turns_again(pair: Pair) -> None:
    """Take turns; the server's first lines may go to the client that has left."""
    for _ in range(LOST):
        line = pair.server.digits(12)
        pair.type(pair.server, line.decode())
        if pair.shown(pair.client, line):
            speak_to_the_server(pair)
            return
    take_turns(pair)


def talk_at_once(pair: Pair) -> None:
    """Type at both in any order; each shows what the other's user has typed."""
    client, server = pair.client, pair.server
    for speaker, listener in ((client, server), (server, client), (server, client),
                              (client, server)):  # fmt: skip
        line = speaker.digits(12)
        pair.type(speaker, line.decode())
        pair.expect_shown(listener, line)


def speak_to_the_server(pair: Pair) -> None:
    """Type at the client; the server shows it."""
    line = pair.client.digits(12)
    pair.type(pair.client, line.decode())
    pair.expect_shown(pair.server, line)


def tell_and_answer(pair: Pair) -> None:
    """Each says something to the other, and both come to their end."""
    pair.expect_heard(pair.server)
    pair.expect_heard(pair.client)
    pair.expect_ended(pair.client)
    pair.expect_ended(pair.server)


def show_each_other(pair: Pair) -> None:
    """Each says something to the other, who shows it."""
    for listener in (pair.server, pair.client):
        pair.expect_heard(listener)
    pair.come_to_rest()
    for listener in (pair.server, pair.client):
        pair.expect_shown(listener, pair.heard(listener))


def show_the_answer(pair: Pair) -> None:
    """The client says something, is answered, and shows the answer."""
    pair.expect_heard(pair.server)
    pair.expect_heard(pair.client)
    pair.expect_shown(pair.client, pair.heard(pair.client))


PIECES_BOTH_WAYS: tuple[tuple[Fault, ...], tuple[Fault, ...]] = (
    (Fragment(size=7),),
    (Fragment(size=7),),
)
PIECES_TO_SERVER: tuple[tuple[Fault, ...], tuple[Fault, ...]] = ((Fragment(size=PIECE),), ())
PIECES_TO_CLIENT: tuple[tuple[Fault, ...], tuple[Fault, ...]] = ((), (Fragment(size=PIECE),))


def chat_with_a_friend(pair: Pair) -> None:
    """Choose a friend; what is typed at the client is shown by the server, and the other way."""
    pair.type(pair.client, "egg")
    for _ in range(2):
        for speaker, listener in ((pair.client, pair.server), (pair.server, pair.client)):
            line = speaker.digits(12)
            pair.type(speaker, line.decode())
            pair.expect_shown(listener, line)


friends = pair_profile(chat_with_a_friend, late=False, next_client=chat_with_a_friend)
