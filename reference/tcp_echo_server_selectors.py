"""A TCP echo server for one client that waits in a selector.

``settimeout(0)`` makes a socket non-blocking: its calls return at once, and raise
BlockingIOError where they would have to wait. The selector waits for them, until
the socket can be read or written. A non-blocking ``send`` may take fewer bytes
than it was given: the rest is owed until the socket can be written again.
"""

import contextlib
import selectors
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
            connection.settimeout(0)
            try:
                echo(connection)
            except OSError as error:
                print(f"{address} is gone: {error}")


def echo(connection: socket.socket) -> None:
    """Send back what arrives, until the client has finished sending."""
    owed = b""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        while True:
            selector.select()
            with contextlib.suppress(BlockingIOError):
                if owed:
                    owed = owed[connection.send(owed) :]
                else:
                    owed = connection.recv(4096)
                    if not owed:
                        return
                    print(f"received: {owed.decode(errors='replace')}")
            selector.modify(connection, selectors.EVENT_WRITE if owed else selectors.EVENT_READ)


if __name__ == "__main__":
    tcp_echo_server("127.0.0.1", 8000)
