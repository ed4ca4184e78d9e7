"""A client that asks the UDP time server for its time, again and again.

A datagram may be lost, the request or its answer, and UDP repeats nothing. So
the client waits for an answer for as long as its interval only, and then asks
once more. Datagrams from elsewhere than the server are not taken for answers.
"""

import contextlib
import socket
import time

FORMAT = "%Y-%m-%d %H:%M:%S"
INTERVAL = 0.5  # seconds
LARGEST = 65535


def periodic_time_client(host: str, port: int) -> None:
    """Print the server's time at every ``INTERVAL``, until somebody stops the program."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.connect((host, port))
            client.settimeout(INTERVAL)
            try:
                client.send(FORMAT.encode())
                print(client.recv(LARGEST).decode(errors="replace"))
            except OSError as error:
                # Nothing came, or the system told that nobody is there.
                print(f"no answer from the server: {error}")
        time.sleep(INTERVAL)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        periodic_time_client("127.0.0.1", 9000)
