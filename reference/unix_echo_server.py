"""An echo server for one client that comes through a socket file (AF_UNIX).

The address is a path: bind makes a file there, and neither close nor the end of
the process removes it. So a server that was killed leaves its file behind, bind
would then fail with "Address already in use", and SO_REUSEADDR does not help:
the file has to be removed before. That a live server may be behind it is not
looked at here: two such servers must not be started at one path. The connection
itself is a stream of bytes like TCP's.
"""

import contextlib
import os
import socket


def unix_echo_server(path: str) -> None:
    """Echo everything that one client sends, then close, remove the file and return."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        try:
            serve_one(listener)
        finally:
            os.unlink(path)


def serve_one(listener: socket.socket) -> None:
    """Hold the whole conversation with the first client."""
    listener.listen(5)
    connection, _ = listener.accept()
    print(f"a client has come to {listener.getsockname()}")
    with connection:
        try:
            echo(connection)
        except OSError as error:
            print(f"the client is gone: {error}")


def echo(connection: socket.socket) -> None:
    """Send back what arrives, until the client has finished sending."""
    while data := connection.recv(4096):
        print(f"received: {data.decode(errors='replace')}")
        connection.sendall(data)


if __name__ == "__main__":
    unix_echo_server("echo.sock")
