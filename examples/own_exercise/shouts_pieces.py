"""A server with one mistake: it answers what comes, and not lines.

Fails: OWN-02
"""

import socket

with socket.socket() as server:
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", 8080))
    server.listen()
    conn, addr = server.accept()
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())
