"""A client of the UDP time server: asks once, prints the server's time.

The request is the format in which it wants to have the time. A datagram may be
lost, and UDP repeats nothing: after a few seconds this client gives up.
"""

import socket
import sys

FORMAT = "%Y-%m-%d %H:%M:%S"
PATIENCE = 10.0  # seconds
LARGEST = 65535


def udp_time_client(host: str, port: int) -> None:
    """Ask the server for its time and print it.

    Raises:
        TimeoutError: no answer came.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        client.sendto(FORMAT.encode(), (host, port))
        answer, _ = client.recvfrom(LARGEST)
        print(answer.decode(errors="replace"))


if __name__ == "__main__":
    try:
        udp_time_client("127.0.0.1", 9000)
    except OSError as error:
        sys.exit(f"no answer from the server: {error}")
