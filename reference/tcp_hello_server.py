"""A TCP server that answers one greeting and ends.

The steps of every TCP server: create, bind, listen, accept, receive and send,
close. SO_REUSEADDR has to be set before bind. This server closes first, so its
port stays in TIME_WAIT for a while (RFC 9293 §3.6), and without the option the
next start would fail with "Address already in use".

It takes the first piece that arrives for the greeting: it needs to know that
the client has spoken, not what it said. It serves one client only.
"""

import socket


def tcp_hello_server(host: str, port: int) -> None:
    """Wait for one client's greeting, answer ``b"hello"``, close and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        connection, address = listener.accept()
        with connection:
            try:
                answer(connection)
            except OSError as error:
                print(f"{address[0]}:{address[1]} is gone: {error}")


def answer(connection: socket.socket) -> None:
    """Answer the greeting; a client that leaves without a word gets no answer."""
    greeting = connection.recv(1024)
    if greeting:
        print(greeting.decode(errors="replace"))
        connection.sendall(b"hello")


if __name__ == "__main__":
    tcp_hello_server("127.0.0.1", 8999)
