"""Gives accept half a second and does not catch the timeout.

Fails: LIF-04 (like: accept-limit)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
sk.settimeout(0.5)
conn, addr = sk.accept()
conn.settimeout(None)
print(addr)
conn.send(b'hello')
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
