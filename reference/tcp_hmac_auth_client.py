"""A TCP client that proves that it knows a secret without telling it.

It answers the server's challenge with HMAC-SHA256 (RFC 2104). A server that
closes instead of saying welcome has refused it. Then what is typed is sent, and
its echo printed, until an empty line.
"""

import hashlib
import hmac
import socket
import sys

SECRET = b"tutorial-secret"
SIZE = 32
WELCOME = b"welcome"


def tcp_hmac_auth_client(host: str, port: int) -> None:
    """Get in, then send each typed line and print its echo, until the line is empty.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        PermissionError: the server did not accept the proof.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        challenge = receive(client, SIZE)
        client.sendall(hmac.new(SECRET, challenge, hashlib.sha256).digest())
        if receive(client, len(WELCOME)) != WELCOME:
            raise PermissionError("the server did not let this client in")
        talk(client)


def talk(client: socket.socket) -> None:
    """Send typed lines and print their echoes."""
    while line := ask():
        data = line.encode()
        client.sendall(data)
        echo = receive(client, len(data))
        print(echo.decode(errors="replace"))
        if len(echo) < len(data):
            print("the server has closed the connection")
            break


def ask() -> str:
    """Return the next typed line, empty at the end of the input."""
    try:
        return input("> ")
    except EOFError:
        return ""


def receive(client: socket.socket, size: int) -> bytes:
    """Return ``size`` bytes, or fewer when the server closes before."""
    received = b""
    while len(received) < size:
        piece = client.recv(size - len(received))
        if not piece:
            break
        received += piece
    return received


if __name__ == "__main__":
    try:
        tcp_hmac_auth_client("127.0.0.1", 8080)
    except OSError as error:
        sys.exit(f"no conversation: {error}")
