"""A TCP chat server: it speaks, its client answers, until one of them says q.

Two loops: the outer one accepts, the inner one talks. q ends the inner loop,
from whichever side it comes, and so does a client that leaves without it: by
``b""`` (FIN), or by ConnectionResetError or BrokenPipeError, which both are
OSErrors.

A message has no end mark: what one recv returns is taken for one message. A q
that arrives together with other text is part of that text.
"""

import contextlib
import socket

QUIT = "q"


def tcp_quit_chat_server(host: str, port: int) -> None:
    """Chat with one client after the other, until the keyboard's input ends.

    Raises:
        EOFError: the keyboard's input has ended.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, address = listener.accept()
            print(f"connect from {address}, {QUIT} quits")
            with connection:
                try:
                    talk(connection)
                except OSError as error:
                    print(f"{address} is gone: {error}")


def talk(connection: socket.socket) -> None:
    """Send a line and print the answer, until one side quits or the client has left."""
    while True:
        line = ask()
        connection.sendall(line.encode())
        if line == QUIT:
            return
        data = connection.recv(4096)
        if data in (b"", QUIT.encode()):
            print("the client has left")
            return
        print(data.decode(errors="replace"))


def ask() -> str:
    """Return the next typed line; an empty one can't be sent, so it is refused."""
    while not (line := input("> ")):
        print("a message is not empty")
    return line


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, EOFError):
        tcp_quit_chat_server("127.0.0.1", 9000)
