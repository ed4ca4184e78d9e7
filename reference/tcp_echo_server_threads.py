"""A TCP echo server for one client, with a thread that talks to it.

The main thread accepts and then waits for the other one: a program must not
end, and close its sockets, while a conversation is going on.
"""

from __future__ import annotations

import socket
import threading


def tcp_echo_server(host: str, port: int) -> None:
    """Echo everything that one client sends, then close and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        connection, address = listener.accept()
        conversation = threading.Thread(target=serve, args=(connection, address))
        conversation.start()
        conversation.join()


def serve(connection: socket.socket, address: tuple[str, int]) -> None:
    """Hold the whole conversation with the client, however it ends."""
    print(f"connect from {address}")
    with connection:
        try:
            echo(connection)
        except OSError as error:
            print(f"{address} is gone: {error}")


def echo(connection: socket.socket) -> None:
    """Send back what arrives, until the client has finished sending."""
    while data := connection.recv(4096):
        print(f"received: {data.decode(errors='replace')}")
        connection.sendall(data)


if __name__ == "__main__":
    tcp_echo_server("127.0.0.1", 8000)
