"""A TCP chat server that listens and speaks at the same time, to many clients.

One thread per client receives and prints, one thread reads the keyboard and
sends each line to everybody, and the main thread accepts. Each receiving thread
has its own connection as an argument: in one shared variable the next client
would take over the conversations of those before it.

``b""`` means that a client has left. Only the thread that receives can notice,
so that is the one that closes. The keyboard's thread may still send to a
connection that was just closed or lost; that is an OSError, and no harm.
"""

from __future__ import annotations

import contextlib
import socket
import threading


def tcp_duplex_chat_server(host: str, port: int) -> None:
    """Chat with everybody who connects; never returns."""
    clients: list[socket.socket] = []
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        threading.Thread(target=speak, args=(clients,), daemon=True).start()
        while True:
            connection, address = listener.accept()
            print(f"connect from {address}")
            clients.append(connection)
            threading.Thread(
                target=listen, args=(connection, address, clients), daemon=True
            ).start()


def speak(clients: list[socket.socket]) -> None:
    """Send each typed line to all clients, until the keyboard's input ends."""
    with contextlib.suppress(EOFError):
        while True:
            line = input("> ").encode()
            for connection in list(clients):
                with contextlib.suppress(OSError):
                    connection.sendall(line)


def listen(
    connection: socket.socket, address: tuple[str, int], clients: list[socket.socket]
) -> None:
    """Print what one client says, until it has left; then close its connection."""
    with connection:
        try:
            while data := connection.recv(4096):
                print(f"{address}: {data.decode(errors='replace')}")
        except OSError as error:
            print(f"{address} is gone: {error}")
        clients.remove(connection)
    print(f"{address} has left")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_duplex_chat_server("0.0.0.0", 8989)  # noqa: S104 - every address, as the task asks
