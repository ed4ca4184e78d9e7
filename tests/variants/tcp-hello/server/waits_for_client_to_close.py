"""Finishes its own direction first, and closes when the client has closed too."""
import socket

with socket.socket() as server:
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('localhost', 8999))
    server.listen()
    conn, addr = server.accept()
    with conn:
        if conn.recv(1024):
            conn.sendall(b'hello')
        conn.shutdown(socket.SHUT_WR)
        while conn.recv(1024):
            pass
