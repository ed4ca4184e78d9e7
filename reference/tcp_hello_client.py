"""A TCP client that greets a server and prints its answer.

The server closes after its answer, so the end of the stream, and not one recv,
tells that the answer is complete. A client does not bind: the system gives it
an ephemeral port, and two clients can run at the same time.
"""

import socket
import sys


def tcp_hello_client(host: str, port: int) -> None:
    """Send ``b"hello"`` and print what comes back until the server closes.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        client.sendall(b"hello")
        answer = receive_all(client)
        print(answer.decode(errors="replace"))


def receive_all(client: socket.socket) -> bytes:
    """Return all bytes up to the end of the stream."""
    received = b""
    while piece := client.recv(1024):
        received += piece
    return received


if __name__ == "__main__":
    try:
        tcp_hello_client("127.0.0.1", 8999)
    except OSError as error:
        sys.exit(f"no answer from the server: {error}")
