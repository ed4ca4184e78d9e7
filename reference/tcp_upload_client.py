"""A TCP client that uploads one file to the net drive.

The server tells the name from the content by the pause between them alone: TCP
itself keeps no borders. Half a second is enough for a server that already
waits; a server that is later than that finds both stuck together. A length
before the name would be certain, but this protocol has none.
"""

import os
import socket
import sys
import time

PAUSE = 0.5


def tcp_upload_client(host: str, port: int) -> None:
    """Ask for a path and upload the file, under its bare name.

    Raises:
        OSError: there is no such file, or nobody listens at ``(host, port)``.
    """
    path = input("file: ")
    size = os.path.getsize(path)
    print(f"file size:{size}")
    with open(path, "rb") as file, socket.socket() as client:
        client.connect((host, port))
        client.sendall(os.path.basename(path).encode())
        time.sleep(PAUSE)
        client.sendfile(file)
    print("Finish!")


if __name__ == "__main__":
    try:
        tcp_upload_client("127.0.0.1", 9000)
    except OSError as error:
        sys.exit(f"not uploaded: {error}")
