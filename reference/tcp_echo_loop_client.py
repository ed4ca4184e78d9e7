"""A TCP echo client that connects by name and keeps what comes in one buffer.

``create_connection`` looks the name up and tries its addresses in turn, IPv4 or
IPv6. The bytes that arrive go into a buffer; a line's echo is cut from it once
it is complete, so pieces and glued echoes make no difference. An empty line, or
the end of the keyboard's input, ends the program; so does a server that closes.
"""

import socket
import sys


def tcp_echo_loop_client(host: str, port: int) -> None:
    """Send each typed line and print its echo, until the line is empty.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    buffer = bytearray()
    with socket.create_connection((host, port)) as client:
        while line := ask():
            data = line.encode()
            client.sendall(data)
            if not fill(buffer, client, len(data)):
                print("the server has closed the connection")
                break
            print(buffer[: len(data)].decode(errors="replace"))
            del buffer[: len(data)]


def ask() -> str:
    """Return the next typed line, empty at the end of the input."""
    try:
        return input("> ")
    except EOFError:
        return ""


def fill(buffer: bytearray, client: socket.socket, size: int) -> bool:
    """Receive until the buffer holds ``size`` bytes; false when the server closes before."""
    while len(buffer) < size:
        piece = client.recv(4096)
        if not piece:
            return False
        buffer += piece
    return True


if __name__ == "__main__":
    try:
        tcp_echo_loop_client("127.0.0.1", 8000)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
