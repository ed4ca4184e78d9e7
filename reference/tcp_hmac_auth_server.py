"""A TCP echo server that lets in only clients that know its secret.

Each client gets a challenge of its own and has to answer with HMAC-SHA256 of it
(RFC 2104), so that neither the secret nor anything that could be used again
crosses the wire. ``compare_digest`` takes the same time wherever two answers
differ: nobody can guess byte by byte. TCP is a stream, so the answer may come
in pieces, or with the first message right behind it: exactly 32 bytes are read.

What follows the welcome is neither encrypted nor signed: this protects against
strangers, not against somebody who sits on the wire.
"""

import contextlib
import hashlib
import hmac
import os
import socket

SECRET = b"tutorial-secret"
SIZE = 32


def tcp_hmac_auth_server(host: str, port: int) -> None:
    """Serve one client after the other; never returns."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, address = listener.accept()
            with connection:
                try:
                    serve(connection)
                except OSError as error:
                    print(f"{address} is gone: {error}")


def serve(connection: socket.socket) -> None:
    """Hold the conversation with one client, if it knows the secret."""
    if not knows_the_secret(connection):
        print("refused")
        return
    connection.sendall(b"welcome")
    while data := connection.recv(4096):
        connection.sendall(data)


def knows_the_secret(connection: socket.socket) -> bool:
    """Challenge the client and tell whether its answer is right."""
    challenge = os.urandom(SIZE)
    connection.sendall(challenge)
    expected = hmac.new(SECRET, challenge, hashlib.sha256).digest()
    return hmac.compare_digest(expected, receive(connection, SIZE))


def receive(connection: socket.socket, size: int) -> bytes:
    """Return ``size`` bytes, or fewer when the client finishes before."""
    received = b""
    while len(received) < size:
        piece = connection.recv(size - len(received))
        if not piece:
            break
        received += piece
    return received


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_hmac_auth_server("127.0.0.1", 8080)
