"""What a UDP client of the tutorials does that says its first words by itself."""

from __future__ import annotations

from collections.abc import Callable

from pytest_sockets import (
    Blocked,
    DatagramPeer,
    Finding,
    Message,
    UdpClient,
    behaviour,
    message,
)

NOT_CONNECTED = ("BrokenPipeError", "OSError: [Errno 57]", "OSError: [WinError 10057]")
"""How systems answer sendto on a TCP socket that never connected."""

OPENS_TCP = message("it opens a TCP connection")


@behaviour("UDP-14", source="000 §4; 004 §3 (1)")
def test_client_uses_a_datagram_socket(client: UdpClient) -> None:
    """Uses a UDP socket (SOCK_DGRAM).

    socket.socket() without a type is a TCP socket: it would have to connect
    first, and a UDP server takes no connections.

    Hint: socket.socket(type=socket.SOCK_DGRAM), and no connect.
    """
    silent = _why_silent(client, test_client_uses_a_datagram_socket)
    if silent is not None:
        because = (
            message("the type of its socket is SOCK_STREAM, that of TCP")
            if silent == OPENS_TCP
            else None
        )
        raise Finding(message("a datagram"), silent, because=because)


@behaviour("DAT-01", source="002 §4; 003 §3.4")
def test_sends_bytes(client: UdpClient) -> None:
    """Sends bytes, not text.

    Only bytes go through a socket: sendto("…", address) is a TypeError.

    Hint: text.encode() before sendto, or a b"…" literal.
    """
    silent = _why_silent(client, test_sends_bytes)
    if silent is not None:
        raise Finding(message("bytes are sent"), silent)


def _why_silent(client: UdpClient, asked: Callable[[UdpClient], None]) -> Message | None:
    """Start the client and return why it sends nothing, None when it does send.

    Raises:
        Blocked: it sends nothing, and another behaviour than ``asked`` is about the cause.
    """
    tcp, error = client.connects(), client.crash()
    what = message("the program crashed: {error}", error=error)
    cause = test_speaks_first
    if tcp:
        cause, what = test_client_uses_a_datagram_socket, OPENS_TCP
    elif error is not None and error.startswith(NOT_CONNECTED):
        cause = test_client_uses_a_datagram_socket
    elif error is not None and error.startswith("TypeError"):
        cause = test_sends_bytes
    with client.datagrams() as peer:
        if peer.hear():
            return None
    if cause is not asked:
        raise Blocked(cause)
    return what


@behaviour("XCH-04", needs=(test_client_uses_a_datagram_socket, test_sends_bytes),
           source="000 §4 client; 002 §4 UDP")  # fmt: skip
def test_speaks_first(client: UdpClient) -> None:
    """Sends its message at once, without waiting for the server.

    The server does not know of a client before its first datagram has come. A
    client that begins with recvfrom waits for ever.

    Hint: sendto first, then recvfrom.
    """
    with client.datagrams() as peer:
        peer.expect_any()


@behaviour("UDP-04", level="should", needs=test_speaks_first, source="000 §4; 003 §5; 001 ports")
def test_leaves_its_own_port_to_the_system(client: UdpClient) -> None:
    """Leaves its own port to the system.

    A client does not bind: its first sendto gives it a free port. So two of
    them can run at the same time, beside the server too.

    Hint: no bind() in the client.
    """
    with client.datagrams() as peer:
        _, first = peer.expect_any()
        client.again()
        expect_from_elsewhere(client, peer, first)


def expect_from_elsewhere(client: UdpClient, peer: DatagramPeer, first: tuple[str, int]) -> None:
    """Expect a datagram from another address than ``first``, whatever comes from there."""
    sender, repeated = first, False
    while sender == first:
        try:
            _, sender = peer.expect_any()
        except Finding as finding:
            if not repeated or client.crash() is not None:
                raise
            raise Finding(
                message("a datagram of the second client, from another port"),
                message("all datagrams come from one port"),
                because=message("both are bound to that port, and an answer reaches one of them"),
                rests_on_deadline=finding.rests_on_deadline,
            ) from finding  # fmt: skip
        repeated = sender == first
