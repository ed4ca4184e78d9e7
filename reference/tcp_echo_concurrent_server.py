"""A TCP echo server with one thread for each client.

The main thread only accepts. A client gets a thread and a socket of its own,
handed over as arguments: a global variable would be overwritten by the next
client. The threads are daemons, so that the program can end while clients are
still connected. A thousand clients would mean a thousand threads.
"""

from __future__ import annotations

import contextlib
import socket
import threading


def tcp_echo_concurrent_server(host: str, port: int) -> None:
    """Echo to any number of clients at the same time; never returns."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, address = listener.accept()
            threading.Thread(target=serve, args=(connection, address), daemon=True).start()


def serve(connection: socket.socket, address: tuple[str, int]) -> None:
    """Hold the whole conversation with one client, however it ends."""
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
    with contextlib.suppress(KeyboardInterrupt):
        tcp_echo_concurrent_server("127.0.0.1", 8989)
