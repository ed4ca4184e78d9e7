"""A TCP chat client: it listens, answers, listens again, until one side says q.

The server speaks first, so each turn begins with recv. A server that leaves
without q shows as ``b""``: there is nobody to answer any more.

A message has no end mark: what one recv returns is taken for one message. A q
that arrives together with other text is part of that text.
"""

import contextlib
import socket
import sys

QUIT = "q"


def tcp_quit_chat_client(host: str, port: int) -> None:
    """Print what the server says and answer it, until one side quits.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        EOFError: the keyboard's input has ended.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        while (data := client.recv(4096)) not in (b"", QUIT.encode()):
            print(data.decode(errors="replace"))
            line = ask()
            client.sendall(line.encode())
            if line == QUIT:
                return
    print("the server has left")


def ask() -> str:
    """Return the next typed line; an empty one can't be sent, so it is refused."""
    while not (line := input("> ")):
        print("a message is not empty")
    return line


if __name__ == "__main__":
    try:
        with contextlib.suppress(EOFError):
            tcp_quit_chat_client("127.0.0.1", 9000)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
