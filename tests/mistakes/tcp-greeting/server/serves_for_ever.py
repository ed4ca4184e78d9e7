"""Goes back to accept for ever although it should end after its one client.

Fails: CLS-13 (like: serves-on)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
while True:
    conn, addr = sk.accept()
    print(addr)
    conn.send(b'hello')
    msg = conn.recv(1024)
    print(msg)
    conn.close()
