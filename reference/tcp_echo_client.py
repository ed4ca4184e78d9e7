"""A TCP echo client: sends what is typed, prints what comes back.

The echo of a line has as many bytes as the line, but it may come in pieces, so
one recv is not enough: the client goes on until it has them all. An empty line,
or the end of the keyboard's input, ends the program; so does a server that
closes.
"""

import socket
import sys


def tcp_echo_client(host: str, port: int) -> None:
    """Send each typed line and print its echo, until the line is empty.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
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
        tcp_echo_client("127.0.0.1", 8000)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
