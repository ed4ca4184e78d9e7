"""A UDP time server that has a format of its own for who sends none.

An empty datagram is a message like any other: it arrives, with the address of
its sender, and here it asks for the default format. Bytes that are no UTF-8 and
a zero byte in the format get an answer in words; the server goes on.

SO_REUSEADDR is not set: UDP has no TIME_WAIT, and with the option a second
server could take this one's requests.
"""

import socket
import time

DEFAULT = "%Y-%m-%d %X"
LARGEST = 65535


def udp_time_default_server(host: str, port: int) -> None:
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
        return time.strftime(request.decode() or DEFAULT).encode()
    except ValueError as error:
        return f"no format: {error}".encode()


if __name__ == "__main__":
    udp_time_default_server("127.0.0.1", 9000)
