"""A TCP client that shows sticky packets: it prints what each recv returned.

The server sends three words, but nothing says that they arrive as three. This
client goes on until the end of the stream and prints every piece on a line of
its own: one line, two or three, with the same bytes in the same order.
"""

import codecs
import socket
import sys


def tcp_sticky_client(host: str, port: int) -> None:
    """Print each piece that arrives, until the server closes.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    # A character may be cut between two pieces: the decoder keeps its beginning.
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        while piece := client.recv(1024):
            print(decoder.decode(piece))


if __name__ == "__main__":
    try:
        tcp_sticky_client("127.0.0.1", 8080)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
