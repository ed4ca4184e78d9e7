"""A TCP client that receives a file, announced by a dict, and stores it.

It reads in three steps, and knows before each how many bytes to take: 4 of the
header, as many of the dict as the header says, as many of the file as the dict
says. recv may return fewer than it was asked for, so each step is a loop; it
never asks for more than is missing, so what follows stays for whoever reads on.

A file that did not come whole is said to be incomplete. The name comes from the
other side: only its last part is used, so that nothing is written elsewhere.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from collections.abc import Iterator

HEADER = struct.Struct("<i")
PIECE = 65536


def tcp_json_file_client(host: str, port: int) -> None:
    """Receive one file and store it in the working folder.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        EOFError: the stream ended before the file was complete.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        (length,) = HEADER.unpack(receive(client, HEADER.size))
        announcement = json.loads(receive(client, length))
        print(announcement)
        name = os.path.basename(announcement["file_name"])
        with open(name, "wb") as file:
            for piece in pieces(client, announcement["file_size"]):
                file.write(piece)
    print(f"received {name}")


def receive(client: socket.socket, size: int) -> bytes:
    """Return exactly ``size`` bytes.

    Raises:
        EOFError: the stream ended before.
    """
    return b"".join(pieces(client, size))


def pieces(client: socket.socket, size: int) -> Iterator[bytes]:
    """Yield exactly ``size`` bytes as they arrive.

    Raises:
        EOFError: the stream ended before.
    """
    left = size
    while left:
        piece = client.recv(min(left, PIECE))
        if not piece:
            raise EOFError(f"{size - left} of {size} bytes")
        left -= len(piece)
        yield piece


if __name__ == "__main__":
    try:
        tcp_json_file_client("127.0.0.1", 8080)
    except EOFError as error:
        sys.exit(f"the server stopped too early: {error}")
    except OSError as error:
        sys.exit(f"no file: {error}")
