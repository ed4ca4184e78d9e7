"""What every UDP server of the tutorials has in common, whatever it says."""

from __future__ import annotations

from pytest_sockets import DatagramPeer, UdpServer, behaviour, message


def expect_sender(server: UdpServer, peer: DatagramPeer) -> None:
    """Expect host and port of ``peer`` in what the server prints, however worded."""
    host, port = peer.local
    whose = message("the sender's address {address} in what the program prints", address=peer.local)
    server.expect_printed(host.encode(), str(port).encode(), hint=whose)


@behaviour("LIF-02", source="003 §5; 004 §4")
def test_binds_its_address(server: UdpServer) -> None:
    """Binds the address it was told to use.

    Clients have to know host and port beforehand, so a server binds a fixed
    address and waits there. Without bind nobody can find it.

    Hint: socket.socket(type=socket.SOCK_DGRAM), then bind((host, port)) with one
    tuple, then recvfrom; no listen() and no accept().
    """
    server.start_any()


@behaviour("UDP-14", needs=test_binds_its_address, source="000 §4; 004 §3 (1)")
def test_uses_a_datagram_socket(server: UdpServer) -> None:
    """Uses a UDP socket (SOCK_DGRAM).

    socket.socket() without a type is a TCP socket, and a datagram never gets there.

    Hint: socket.socket(socket.AF_INET, socket.SOCK_DGRAM), then bind and recvfrom,
    without listen and accept.
    """
    server.expect_there()


@behaviour("UDP-01", needs=test_uses_a_datagram_socket, source="002 §4 UDP; 000 §4")
def test_receives_right_after_bind(server: UdpServer) -> None:
    """Receives right after bind.

    In UDP there is no connection, so nothing has to be listened for or
    accepted: the first datagram may come as soon as the address is bound.

    Hint: recvfrom directly after bind, on the same socket; no accept and no input()
    before it.
    """
    with server.datagrams() as peer:
        peer.send(server.digits())
        if not peer.received_so_far():
            server.expect_received()


@behaviour("XCH-10", needs=test_receives_right_after_bind,
           source="000 §4; 001 UDP; 002 §4 UDP; 004 §4 ChatServerUDP")  # fmt: skip
def test_prints_what_it_received(server: UdpServer) -> None:
    """Prints what it received.

    The tutorial's server shows each message on the screen. How it is worded is free.

    Hint: data, addr = sock.recvfrom(1024), then print(data.decode()).
    """
    text = server.letters(14)
    with server.datagrams() as peer:
        peer.send(text)
        server.expect_printed(text)
