"""A UDP client that sends one datagram and prints the answer.

A client does not bind: its first sendto gives it a free port. sendto succeeds
although nobody may be there, and a datagram may be lost; UDP itself repeats
nothing. So this client does not wait for ever: after a few seconds it gives up.
"""

import socket
import sys

LARGEST = 65535
PATIENCE = 10.0  # seconds


def udp_hello_client(host: str, port: int) -> None:
    """Send ``b"This is Client!"`` and print the answer.

    Raises:
        TimeoutError: no answer came.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        client.sendto(b"This is Client!", (host, port))
        data, address = client.recvfrom(LARGEST)
        print(f"answer from {address}: {data.decode(errors='replace')}")


if __name__ == "__main__":
    try:
        udp_hello_client("127.0.0.1", 9000)
    except OSError as error:
        sys.exit(f"no answer from the server: {error}")
