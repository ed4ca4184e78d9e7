"""A TCP client that receives messages, each with its length before it.

It always knows how many bytes come next: 4 of the header, then as many as the
header says. So it never asks recv for more than belongs to this message, and
messages that arrive stuck together stay apart. recv may return fewer bytes than
it was asked for: receive goes on until it has them all.

The end of the stream between two messages is the ordinary end. Within a message
it means that something is missing, and the client says so.
"""

from __future__ import annotations

import socket
import struct
import sys

HEADER = struct.Struct("<i")


def tcp_length_prefix_client(host: str, port: int) -> None:
    """Print every message, until the server closes.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        EOFError: the stream ended within a message.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        while (data := receive_message(client)) is not None:
            print(data.decode(errors="replace"))


def receive_message(client: socket.socket) -> bytes | None:
    """Return the next message, None at the end of the stream.

    Raises:
        EOFError: the stream ended within a message.
    """
    header = receive(client, HEADER.size)
    if not header:
        return None
    (length,) = HEADER.unpack(complete(header, HEADER.size))
    return complete(receive(client, length), length)


def receive(client: socket.socket, size: int) -> bytes:
    """Return ``size`` bytes, or fewer when the stream ends before."""
    received = bytearray()
    while len(received) < size:
        piece = client.recv(size - len(received))
        if not piece:
            break
        received += piece
    return bytes(received)


def complete(data: bytes, size: int) -> bytes:
    """Return ``data``, which has to have ``size`` bytes.

    Raises:
        EOFError: it has fewer.
    """
    if len(data) < size:
        raise EOFError(f"{len(data)} of {size} bytes")
    return data


if __name__ == "__main__":
    try:
        tcp_length_prefix_client("127.0.0.1", 8080)
    except EOFError as error:
        sys.exit(f"the server stopped within a message: {error}")
    except OSError as error:
        sys.exit(f"lost the server: {error}")
