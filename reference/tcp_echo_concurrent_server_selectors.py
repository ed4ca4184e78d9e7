"""A TCP echo server for many clients in one thread, with a selector.

No call may block, or all clients would wait for one. So the sockets are
non-blocking (``settimeout(0)``), and the selector tells which of them can go on.
A client is in one of two states: it is read while nothing is owed to it, and
written while something is. Not reading from a client that does not read its
echo is what keeps the memory bounded.
"""

from __future__ import annotations

import contextlib
import selectors
import socket


def tcp_echo_concurrent_server(host: str, port: int) -> None:
    """Echo to any number of clients at the same time; never returns."""
    with selectors.DefaultSelector() as selector:  # noqa: SIM117 - one with of two lines is 3.9
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen()
            listener.settimeout(0)
            selector.register(listener, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is listener:
                        welcome(selector, listener)
                    else:
                        key.data.proceed()


def welcome(selector: selectors.BaseSelector, listener: socket.socket) -> None:
    """Accept a client, unless it has left in the meantime."""
    with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
        connection, address = listener.accept()
        print(f"connect from {address}")
        connection.settimeout(0)
        client = Client(selector, connection, address)
        selector.register(connection, selectors.EVENT_READ, client)


class Client:
    """One conversation; ``owed`` is what came and has not been sent back yet."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        connection: socket.socket,
        address: tuple[str, int],
    ) -> None:
        self.selector = selector
        self.connection = connection
        self.address = address
        self.owed = b""

    def proceed(self) -> None:
        """Do what the selector has found possible, however the client behaves."""
        try:
            if self.owed:
                self.send()
            else:
                self.receive()
        except BlockingIOError:
            pass  # The selector may be wrong: see BUGS in the man page select(2).
        except OSError as error:
            print(f"{self.address} is gone: {error}")
            self.close()

    def receive(self) -> None:
        """Take what has arrived; the end of the stream ends the conversation."""
        data = self.connection.recv(4096)
        if not data:
            self.close()
            return
        print(f"received: {data.decode(errors='replace')}")
        self.owed = data
        self.selector.modify(self.connection, selectors.EVENT_WRITE, self)

    def send(self) -> None:
        """Send as much as the socket takes; read again when nothing is owed."""
        sent = self.connection.send(self.owed)
        self.owed = self.owed[sent:]
        if not self.owed:
            self.selector.modify(self.connection, selectors.EVENT_READ, self)

    def close(self) -> None:
        """Forget the client and close its socket."""
        self.selector.unregister(self.connection)
        self.connection.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_echo_concurrent_server("127.0.0.1", 8989)
