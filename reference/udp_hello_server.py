"""A UDP server that answers one datagram and ends.

There is nothing to listen for and nobody to accept: after bind the socket
receives. Each datagram carries the address of its sender, and that is where the
answer goes. The buffer holds the largest datagram, because what does not fit is
lost.

UDP has no TIME_WAIT: the port is free again as soon as the socket is closed.
"""

import socket

LARGEST = 65535


def udp_hello_server(host: str, port: int) -> None:
    """Receive one datagram, print it, answer ``b"hello"`` to its sender and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        data, address = server.recvfrom(LARGEST)
        print(f"received from {address}: {data.decode(errors='replace')}")
        server.sendto(b"hello", address)


if __name__ == "__main__":
    udp_hello_server("127.0.0.1", 9000)
