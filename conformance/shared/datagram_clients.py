"""What a UDP client of the tutorials does that says its first words by itself."""

from __future__ import annotations

from pytest_sockets import Blocked, Finding, UdpClient, behaviour, message

NOT_CONNECTED = ("BrokenPipeError", "OSError: [Errno 57]", "OSError: [WinError 10057]")
"""How systems answer sendto on a TCP socket that never connected."""


@behaviour("UDP-14", source="000 §4; 004 §3 (1)")
def test_client_uses_a_datagram_socket(client: UdpClient) -> None:
    """Uses a UDP socket (SOCK_DGRAM).

    socket.socket() without a type is a TCP socket: it would have to connect
    first, and a UDP server takes no connections.

    Hint: socket.socket(type=socket.SOCK_DGRAM), and no connect.
    """
    if client.connects():
        raise Finding(message("a datagram"), message("the client opens a TCP connection"))
    error = client.crash()
    if error is not None and error.startswith(NOT_CONNECTED):
        raise Finding(
            message("a datagram"),
            message("sendto fails, as on a TCP socket without a connection: {error}", error=error),
        )
    _expect_any_or_blocked(client)


@behaviour("DAT-01", needs=test_client_uses_a_datagram_socket, source="002 §4; 003 §3.4")
def test_sends_bytes(client: UdpClient) -> None:
    """Sends bytes, not text.

    Only bytes go through a socket: sendto("…", address) is a TypeError.

    Hint: text.encode() before sendto, or a b"…" literal.
    """
    client.started()
    error = client.crash()
    if error is not None and error.startswith("TypeError"):
        raise Finding(
            message("bytes are sent"), message("the program crashed: {error}", error=error)
        )
    _expect_any_or_blocked(client)


def _expect_any_or_blocked(client: UdpClient) -> None:
    """Let a client that says nothing for another reason be judged for that."""
    with client.datagrams() as peer:
        if not peer.received_so_far():
            raise Blocked(test_speaks_first)


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
        sender = first
        while sender == first:
            _, sender = peer.expect_any()
