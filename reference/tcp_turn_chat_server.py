"""A TCP chat server: it speaks, its client answers, and so on, one client after the other.

Two loops: the outer one accepts, the inner one talks. However a client leaves,
only the inner loop ends. ``b""`` is the ordinary way (FIN). A client that
crashed shows as ConnectionResetError, and one that had left before the last
line as BrokenPipeError: both are OSErrors. Whoever sits at the keyboard can't
know that the client has left, so one line may be lost.

A message has no end mark: what one recv returns is taken for one message. That
holds for short lines of people who take turns, not for programs that talk fast.
"""

import contextlib
import socket


def tcp_turn_chat_server(host: str, port: int) -> None:
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
            print(f"connect from {address}")
            with connection:
                try:
                    talk(connection)
                except OSError as error:
                    print(f"{address} is gone: {error}")


def talk(connection: socket.socket) -> None:
    """Send a line and print the answer, again and again, until the client has left."""
    while True:
        connection.sendall(ask().encode())
        data = connection.recv(4096)
        if not data:
            print("the client has left")
            return
        print(data.decode(errors="replace"))


def ask() -> str:
    """Return the next typed line without the blanks at its ends; blank lines are refused."""
    while not (line := input("> ").strip()):
        print("a message is not empty")
    return line


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, EOFError):
        tcp_turn_chat_server("127.0.0.1", 8080)
