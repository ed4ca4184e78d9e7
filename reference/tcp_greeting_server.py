"""A TCP server that speaks first: it greets its client and waits for the answer.

Who speaks first is part of the protocol: if both sides began with recv, both
would wait for ever. The answer is complete when the client has finished or has
said as much as one recv returns; this server takes the first piece for it. It
closes first, so its port lingers in TIME_WAIT (RFC 9293 §3.6) and it needs
SO_REUSEADDR to be started again at once. It serves one client only.
"""

import socket


def tcp_greeting_server(host: str, port: int) -> None:
    """Greet one client with ``b"hello"``, print its answer, close and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        connection, address = listener.accept()
        with connection:
            print(f"connect from {address}")
            try:
                greet(connection)
            except OSError as error:
                print(f"{address} is gone: {error}")


def greet(connection: socket.socket) -> None:
    """Send the greeting and print the answer; a client may leave without one."""
    connection.sendall(b"hello")
    answer = connection.recv(1024)
    print(answer.decode(errors="replace"))


if __name__ == "__main__":
    tcp_greeting_server("127.0.0.1", 8080)
