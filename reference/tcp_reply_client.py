"""A TCP client that sends a Chinese message and shows the Chinese answer.

Text is encoded before it is sent and decoded after it was received, with UTF-8
on both sides. A character of three bytes may be cut between two recvs, so the
bytes are collected to the end of the stream and decoded once.
"""

import socket
import sys


def tcp_reply_client(host: str, port: int) -> None:
    """Introduce itself to the server and print its answer.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        client.sendall("你好服务端,我是客户端小明!".encode())
        answer = receive_all(client)
        print(f"answer: {answer.decode(errors='replace')}")


def receive_all(client: socket.socket) -> bytes:
    """Return all bytes up to the end of the stream."""
    received = b""
    while piece := client.recv(4096):
        received += piece
    return received


if __name__ == "__main__":
    try:
        tcp_reply_client("127.0.0.1", 8989)
    except OSError as error:
        sys.exit(f"no answer from the server: {error}")
