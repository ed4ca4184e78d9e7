"""Does not set SO_REUSEADDR, so it cannot be restarted at once.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hello')
conn.close()
sk.close()
