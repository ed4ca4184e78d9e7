"""Does not set SO_REUSEADDR, so it cannot be restarted at once.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
print(addr)
conn.send(b'hello')
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
