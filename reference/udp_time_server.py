"""A UDP time server: a client sends a format of strftime and gets the time in it.

Each request is one datagram and gets one datagram, to the address it came from.
Anybody can send anything to a UDP server, so what is no format (bytes that are
no UTF-8, a zero byte) gets an answer in words, and the server goes on.
"""

import socket
import time

LARGEST = 65535


def udp_time_server(host: str, port: int) -> None:
    """Answer every datagram with the local time in its format, for ever."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        while True:
            answer(server)


def answer(server: socket.socket) -> None:
    """Answer one request; an answer that can't be sent is lost."""
    try:
        request, address = server.recvfrom(LARGEST)
        server.sendto(tell(request), address)
    except OSError as error:
        # Windows tells here that an earlier answer reached nobody; and a short
        # format may ask for more than a datagram holds.
        print(f"an answer was lost: {error}")


def tell(request: bytes) -> bytes:
    """Return the local time in the format ``request``, or what is wrong with it."""
    try:
        return time.strftime(request.decode()).encode()
    except ValueError as error:
        return f"no format: {error}".encode()


if __name__ == "__main__":
    udp_time_server("127.0.0.1", 9000)
