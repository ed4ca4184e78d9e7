"""What a client of the UDP time server does that asks by itself."""

from __future__ import annotations

from pytest_sockets import UdpClient, behaviour

from .datagram_clients import test_speaks_first

FORMATS = (b"%Y-%m-%d %H:%M:%S", b"%Y-%m-%d %H:%M-%S")
"""The tutorial's client sends the first one; a comment of its server has the second."""


def some_time(client: UdpClient) -> bytes:
    """Return a time of long ago that no clock shows, in the first of the formats."""
    day = (
        client.chance.randint(1971, 2009),
        client.chance.randint(1, 12),
        client.chance.randint(1, 28),
    )
    hour, minute, second = (client.chance.randint(0, most) for most in (23, 59, 59))
    return "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*day, hour, minute, second).encode()


@behaviour("XCH-06", needs=test_speaks_first, source="002 §4 time server")
def test_sends_the_format(client: UdpClient) -> None:
    """Sends exactly b"%Y-%m-%d %H:%M:%S" first, without waiting for the server.

    The client asks by sending the format it wants to have the time in, as one
    datagram.

    Hint: sock.sendto("%Y-%m-%d %H:%M:%S".encode(), address).
    """
    with client.datagrams() as peer:
        peer.expect_one_of(*FORMATS)


@behaviour("TIM-05", needs=test_sends_the_format, source="002 §4 time server")
def test_prints_the_servers_time(client: UdpClient) -> None:
    """Prints the time that the server told.

    The point of a time server is that its clock counts, not the client's own.

    Hint: data, addr = sock.recvfrom(1024), then print(data.decode()).
    """
    told = some_time(client)
    with client.datagrams() as peer:
        peer.expect_any()
        peer.send(told)
        client.expect_printed(told)
