"""A TCP server that counts the bytes of one message, shows it, and answers.

Bytes are counted, text is shown: ``len`` counts bytes before ``decode`` and
characters after it. An empty host means every address of this machine. A
message of at most a few hundred bytes fits into one segment; a longer one could
arrive in pieces, and only an agreed length or end could tell when it is
complete.
"""

import socket


def tcp_reply_server(host: str, port: int) -> None:
    """Report one client's message, answer that it is being worked on, and return."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
        connection, address = listener.accept()
        with connection:
            print(f"client: {address}")
            try:
                reply(connection)
            except OSError as error:
                print(f"{address} is gone: {error}")


def reply(connection: socket.socket) -> None:
    """Report and answer one message; a client that leaves without a word gets no answer."""
    received = connection.recv(4096)
    if received:
        print(f"bytes received: {len(received)}")
        print(f"message: {received.decode(errors='replace')}")
        connection.sendall("ok, 问题正在处理中...".encode())


if __name__ == "__main__":
    tcp_reply_server("", 8989)
