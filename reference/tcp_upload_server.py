"""A TCP server that stores one uploaded file.

The protocol has no lengths: what the first recv returns is the name, because
the client pauses behind it, and the file ends where the stream ends. recv
returns whatever has arrived, much or little; only b"" is the end.

The name comes from outside, so only its last part is used: "../x" must not
lead out of the working folder. The size is asked when the file is closed;
before, its last bytes may still be in Python's buffer.
"""

import os
import socket


def tcp_upload_server(host: str, port: int) -> None:
    """Store the file that one client sends in the working folder and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        connection, address = listener.accept()
        with connection:
            try:
                store(connection)
            except OSError as error:
                print(f"nothing stored for {address}: {error}")


def store(connection: socket.socket) -> None:
    """Store one file; a client that leaves without a name leaves nothing behind.

    Raises:
        OSError: the file can't be written, or the client is gone.
    """
    name = os.path.basename(connection.recv(1024).decode(errors="replace"))
    if not name:
        print("no name, no file")
        return
    with open(name, "wb") as file:
        while piece := connection.recv(65536):
            file.write(piece)
    print(f"Receive complete! file size:{os.path.getsize(name)}")


if __name__ == "__main__":
    tcp_upload_server("127.0.0.1", 9000)
