"""Forgets bind: the system chooses a port that no client knows.

Fails: LIF-02 (like: no-bind)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.listen()
conn, addr = sk.accept()
print(conn)
print(addr)
conn.send(b'hello')
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
