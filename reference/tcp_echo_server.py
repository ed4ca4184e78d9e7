"""A TCP echo server for one client.

TCP is a stream of bytes: what the client sent at once may arrive in pieces, and
two messages may arrive as one. An echo server need not care: it sends back what
it got, until recv returns ``b""``, which means that the client has finished
sending. Only then does it close, so nothing is left unread and the client sees
an orderly end (FIN) and not a reset (RST).

A character that is cut between two pieces is echoed right and printed wrong:
the pieces are decoded one by one.
"""

import socket


def tcp_echo_server(host: str, port: int) -> None:
    """Echo everything that one client sends, then close and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        connection, address = listener.accept()
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
