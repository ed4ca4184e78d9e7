"""A TCP chat client: it listens, answers, listens again, until the server has left.

The server speaks first, so each turn begins with recv. ``b""`` means that the
server has closed: there is nobody to answer any more. While somebody types, it
can't be known; then the line is lost, and the next recv tells.

A message has no end mark: what one recv returns is taken for one message.
"""

import contextlib
import socket
import sys


def tcp_turn_chat_client(host: str, port: int) -> None:
    """Print what the server says and answer it, turn by turn, until it has left.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        EOFError: the keyboard's input has ended.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        while data := client.recv(4096):
            print(data.decode(errors="replace"))
            client.sendall(ask().encode())
    print("the server has left")


def ask() -> str:
    """Return the next typed line without the blanks at its ends; blank lines are refused."""
    while not (line := input("> ").strip()):
        print("a message is not empty")
    return line


if __name__ == "__main__":
    try:
        with contextlib.suppress(EOFError):
            tcp_turn_chat_client("127.0.0.1", 8080)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
