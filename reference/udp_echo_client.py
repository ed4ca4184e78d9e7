"""A UDP echo client: sends each typed line as a datagram, prints the answer.

The socket is not connected, each datagram is addressed on its own. So it does
not matter when the server was restarted between two lines. An empty line is
sent as an empty datagram, which stops the server, and ends the client without
waiting for an answer.

A datagram may be lost, and then this client waits for ever: UDP itself repeats
nothing.
"""

import socket
import sys

LARGEST = 65535


def udp_echo_client(host: str, port: int) -> None:
    """Send each typed line and print the answer; an empty line ends both sides."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        while True:
            line = ask()
            client.sendto(line.encode(), (host, port))
            if not line:
                break
            data, _ = client.recvfrom(LARGEST)
            print(data.decode(errors="replace"))


def ask() -> str:
    """Return the next typed line, empty at the end of the input."""
    try:
        return input("> ")
    except EOFError:
        return ""


if __name__ == "__main__":
    try:
        udp_echo_client("127.0.0.1", 8001)
    except OSError as error:
        sys.exit(f"no answer from the server: {error}")
