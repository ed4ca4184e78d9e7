"""A TCP server that sends what is typed, each message with its length before it.

TCP has no borders between messages, so the protocol makes them: 4 bytes with
the number of bytes that follow. "<i" is the tutorial's "i" on every machine,
whatever its own byte order. What counts are the bytes after encoding: a Chinese
character is 3 bytes in UTF-8. A message of 0 bytes is a header alone.
"""

import socket
import struct


def tcp_length_prefix_server(host: str, port: int) -> None:
    """Send every typed line to one client; return at the end of the input."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        connection, address = listener.accept()
        print(f"connect from {address}")
        with connection:
            try:
                send_lines(connection)
            except EOFError:
                print("end of the input")
            except OSError as error:
                print(f"{address} is gone: {error}")


def send_lines(connection: socket.socket) -> None:
    """Send one typed line after the other.

    Raises:
        EOFError: there is nothing more to read from the keyboard.
        OSError: the client is gone.
    """
    while True:
        data = input("> ").encode()
        connection.sendall(struct.pack("<i", len(data)) + data)


if __name__ == "__main__":
    tcp_length_prefix_server("127.0.0.1", 8080)
