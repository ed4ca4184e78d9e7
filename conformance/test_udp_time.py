"""udp-time: a server tells its time in the format that a client asks for.

The client sends the format b"%Y-%m-%d %H:%M:%S" as one datagram, prints the
answer and ends. The server answers every datagram, for ever: it takes the text
as a format of strftime and sends its local time in that format, in UTF-8, to
where the request came from. What it answers to an empty request is free.
Source: tutorial 002, section 4 (time server).
"""

from __future__ import annotations

from pytest_sockets import DatagramPeer, Exercise, UdpClient, behaviour, profile

from .shared.datagram_servers import (
    test_binds_its_address,
    test_receives_right_after_bind,
    test_uses_a_datagram_socket,
)
from .shared.pairs import pair_profile, show_the_answer
from .shared.time_clients import some_time, test_prints_the_servers_time, test_sends_the_format
from .shared.time_servers import (
    test_answers_request_after_request,
    test_survives_a_bad_request,
    test_takes_any_format,
    test_tells_the_time,
)


def answer(peer: DatagramPeer, client: UdpClient) -> None:
    """Expect a request and tell some time."""
    peer.expect_any()
    peer.send(some_time(client))


@behaviour("CLS-13", needs=test_sends_the_format, source="002 §4 time server")
def test_ends_by_itself(client: UdpClient) -> None:
    """Ends by itself, without an error, when it has its answer.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: no loop around the request, and no input() behind it.
    """
    with client.datagrams() as peer:
        answer(peer, client)
        client.expect_exit()


server = profile(
    basic={
        test_binds_its_address: 10,
        test_uses_a_datagram_socket: 5,
        test_receives_right_after_bind: 5,
        test_answers_request_after_request: 20,
        test_tells_the_time: 30,
        test_takes_any_format: 25,
    },
    robust={test_survives_a_bad_request: 5},
    one_shot=False,
)

client = profile(
    basic={
        test_sends_the_format: 40,
        test_prints_the_servers_time: 50,
        test_ends_by_itself: 10,
    },
    one_shot=True,
)

pair = pair_profile(show_the_answer, late=False, next_client=show_the_answer)

exercise = Exercise(
    name="udp-time",
    system="S14",
    transport="udp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
