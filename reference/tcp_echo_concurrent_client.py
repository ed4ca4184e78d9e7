"""A TCP echo client that reads and writes its socket as if it were a file.

``makefile`` gives buffered streams: ``read(n)`` waits for n bytes, or for the
end of the stream, whatever pieces they come in. What is written waits in a
buffer until ``flush``. An empty line, or the end of the keyboard's input, ends
the program; so does a server that closes.
"""

import socket
import sys


def tcp_echo_concurrent_client(host: str, port: int) -> None:
    """Send each typed line and print its echo, until the line is empty.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    with socket.create_connection((host, port)) as client, client.makefile("rwb") as stream:
        while line := ask():
            data = line.encode()
            stream.write(data)
            stream.flush()
            echo = stream.read(len(data))
            print(echo.decode(errors="replace"))
            if len(echo) < len(data):
                print("the server has closed the connection")
                break


def ask() -> str:
    """Return the next typed line, empty at the end of the input."""
    try:
        return input("> ")
    except EOFError:
        return ""


if __name__ == "__main__":
    try:
        tcp_echo_concurrent_client("127.0.0.1", 8989)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
