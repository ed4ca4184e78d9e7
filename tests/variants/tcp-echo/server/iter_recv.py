"""Loops with iter(), has a small buffer, prints text that may be broken."""
import socket
from functools import partial

with socket.create_server(('127.0.0.1', 8000), backlog=5) as server:
    conn, addr = server.accept()
    print('client from port', addr[1])
    with conn:
        for data in iter(partial(conn.recv, 256), b''):
            print(data.decode('utf-8', errors='replace'))
            conn.sendall(data)
