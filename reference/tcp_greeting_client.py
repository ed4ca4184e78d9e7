"""A TCP client that is greeted, says goodbye and leaves.

The server speaks first, so the client begins with recv. It takes the first
piece that arrives for the greeting, and does not answer a server that closes
without one.
"""

import socket
import sys


def tcp_greeting_client(host: str, port: int) -> None:
    """Print the server's greeting and answer ``b"byebye!"``.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        ConnectionError: the server closed without a greeting.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        greeting = client.recv(1024)
        if not greeting:
            raise ConnectionError("the server closed without a greeting")
        print(greeting.decode(errors="replace"))
        client.sendall(b"byebye!")


if __name__ == "__main__":
    try:
        tcp_greeting_client("127.0.0.1", 8080)
    except OSError as error:
        sys.exit(f"no greeting: {error}")
