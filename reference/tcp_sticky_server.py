"""A TCP server that shows sticky packets: three sends without a pause.

TCP keeps the order of the bytes and nothing else (RFC 9293 §3.7): where one
send ended and the next began is lost. Small pieces that are sent quickly one
after the other usually arrive as one. To tell messages apart, a protocol has to
say so itself, with a length before each message for example.
"""

import socket

WORDS = (b"hello", b"hai", b"hahaha")


def tcp_sticky_server(host: str, port: int) -> None:
    """Send three words to one client, close and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        connection, address = listener.accept()
        with connection:
            try:
                for word in WORDS:
                    connection.sendall(word)
            except OSError as error:
                print(f"{address} is gone: {error}")


if __name__ == "__main__":
    tcp_sticky_server("127.0.0.1", 8080)
