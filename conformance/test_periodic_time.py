"""periodic-time: a client that asks a time server for its time, again and again.

The client sends the format b"%Y-%m-%d %H:%M:%S" as one datagram, waits for the
answer and prints it; then it pauses, between half a second and three seconds,
and asks again, until somebody stops it. It does not bind. A datagram may be
lost, the request or the answer: when no answer comes for three seconds or less,
a good client asks again all the same. The server is that of udp-time. Source:
tutorial 002, section 4 (time server, the second way of asking at intervals:
while True and time.sleep).
"""

from __future__ import annotations

import contextlib

from pytest_sockets import (
    DatagramPeer,
    Exercise,
    Finding,
    UdpClient,
    behaviour,
    message,
    profile,
    what_was_printed,
)

from .shared.datagram_clients import test_leaves_its_own_port_to_the_system, test_speaks_first
from .shared.time_clients import some_time, test_sends_the_format

SOURCE = "002 §4 time server, second way"
SHORTEST_PAUSE = 0.25
"""Half of what the contract asks for, in seconds: what is shorter is no pause at all."""
OFTEN = 5
"""After how many answers it has to ask again: a loop that counts ends at three or five mostly."""
LONGEST = 7.0
"""Seconds without an answer, and of pause, and a little more."""


def answer(peer: DatagramPeer, client: UdpClient) -> None:
    """Expect a request and tell some time."""
    expect_request(peer, client)
    peer.send(some_time(client))


def expect_request(peer: DatagramPeer, client: UdpClient) -> None:
    """Expect the next request, within the longest time that the contract allows."""
    until = client.transcript.now() + LONGEST
    while not _asks(peer, client, until):
        pass


def _asks(peer: DatagramPeer, client: UdpClient, until: float) -> bool:
    try:
        peer.expect_any()
    except Finding as finding:
        if not finding.rests_on_deadline or client.transcript.now() > until:
            raise
        return False
    return True


@behaviour("TIM-05", needs=test_sends_the_format, source=SOURCE)
def test_prints_the_answer_before_it_asks_again(client: UdpClient) -> None:
    """Prints the time that the server told, before it asks again.

    The point of a time server is that its clock counts, not the client's own.

    Hint: data, addr = sock.recvfrom(1024), then print(data.decode()), inside the loop.
    """
    told = some_time(client)
    with client.datagrams() as peer:
        peer.expect_any()
        peer.send(told)
        # Whether it asks again is judged elsewhere: a client that ends has printed as well.
        with contextlib.suppress(Finding):
            expect_request(peer, client)
        client.transcript.wait(lambda: client.program.caught_up, LONGEST)
        if told not in client.screen:
            raise Finding(
                message("{told} in what the program prints", told=told.decode()),
                what_was_printed(client.screen),
            )


@behaviour("TIM-08", needs=test_sends_the_format, source=SOURCE)
def test_asks_again(client: UdpClient) -> None:
    """Asks again when it was answered.

    One answer tells the time once; a clock that is to stay right asks at intervals,
    until somebody stops it.

    Hint: while True: around sendto, recvfrom, print and time.sleep; close() only
    behind the loop.
    """
    with client.datagrams() as peer:
        for _ in range(OFTEN):
            answer(peer, client)
        expect_request(peer, client)


@behaviour("TIM-09", needs=test_asks_again, source=SOURCE)
def test_pauses_between_requests(client: UdpClient) -> None:
    """Pauses before it asks again.

    A client that asks as fast as it can keeps server and network busy, and
    learns nothing new.

    Hint: time.sleep(1) at the end of the loop.
    """
    pauses = []
    with client.datagrams() as peer:
        answer(peer, client)
        for _ in range(2):
            answered = client.transcript.now()
            answer(peer, client)
            pauses.append(client.transcript.now() - answered)
    # Load makes a pause longer, never shorter: the shortest one tells.
    if min(pauses) < SHORTEST_PAUSE:
        raise Finding(
            message("a pause of at least {seconds} s", seconds=2 * SHORTEST_PAUSE),
            message("it asks again after {seconds} s", seconds=round(min(pauses), 3)),
        )


@behaviour(
    "UDP-16",
    level="should",
    needs=test_asks_again,
    source="001 UDP; 002 tcp and udp compared",
    tutorial="without an answer it waits for ever",
)
def test_asks_again_when_an_answer_is_lost(client: UdpClient) -> None:
    """Asks again when no answer comes.

    UDP may lose a datagram and repeats nothing. A client that waits in
    recvfrom without a limit waits for ever, although the server is well.

    Hint: sock.settimeout(1), and catch TimeoutError (socket.timeout) around recvfrom.
    """
    with client.datagrams() as peer:
        expect_request(peer, client)
        expect_request(peer, client)


client = profile(
    basic={
        test_speaks_first: 5,
        test_sends_the_format: 10,
        test_prints_the_answer_before_it_asks_again: 20,
        test_asks_again: 25,
        test_pauses_between_requests: 20,
        test_leaves_its_own_port_to_the_system: 10,
    },
    robust={test_asks_again_when_an_answer_is_lost: 10},
    one_shot=False,
)

exercise = Exercise(
    name="periodic-time",
    system="S29",
    transport="udp",
    contract=__doc__ or "",
    profiles={"client": client},
)
