"""An echo client that reaches its server through a socket file (AF_UNIX).

It sends what is typed and prints what comes back. Once it is connected,
everything is as with TCP: a stream of bytes, in which an echo may come in
pieces. An empty line, or the end of the keyboard's input, ends the program; so
does a server that closes.
"""

import socket
import sys


def unix_echo_client(path: str) -> None:
    """Send each typed line and print its echo, until the line is empty.

    Raises:
        FileNotFoundError: there is no file at ``path``: the server was not started.
        ConnectionRefusedError: nobody listens there: the server was killed.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(path)
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
        unix_echo_client("echo.sock")
    except OSError as error:
        sys.exit(f"lost the server: {error}")
