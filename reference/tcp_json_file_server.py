"""A TCP server that sends a file, announced by a dict, to one client after the other.

Each part says how much to read of the next: 4 bytes hold the length of the
dict, and the dict holds the size of the file. What counts are bytes, so the
dict is encoded before its length is taken, and the size is the system's, not
the length of a text. The file is read as binary, whatever it holds.
"""

import contextlib
import json
import os
import socket
import struct

FILE = "视频合集"


def tcp_json_file_server(host: str, port: int) -> None:
    """Send the file to every client; never returns."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        while True:
            connection, address = listener.accept()
            print(f"connect from {address}")
            with connection:
                try:
                    send_file(connection, FILE)
                except OSError as error:
                    print(f"{address} did not get the file: {error}")


def send_file(connection: socket.socket, name: str) -> None:
    """Send the header, the dict and the bytes of the file.

    Raises:
        OSError: the file can't be read, or the client is gone.
    """
    with open(name, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        announcement = json.dumps({"file_name": name, "file_size": size}).encode()
        connection.sendall(struct.pack("<i", len(announcement)) + announcement)
        connection.sendfile(file, count=size)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_json_file_server("127.0.0.1", 8080)
