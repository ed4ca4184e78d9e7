"""Sends from a list in a loop, with SO_REUSEADDR and with statements."""
import socket

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(('', 8080))
    s.listen(5)
    conn, addr = s.accept()
    print('client:', addr)
    with conn:
        for part in [b'hello', b'hai', b'hahaha']:
            conn.sendall(part)
