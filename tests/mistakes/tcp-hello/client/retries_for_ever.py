"""Tries again for ever when nobody listens.

Fails: LIF-15 (like: retries)
"""

import socket

sk = socket.socket()
while sk.connect_ex(('127.0.0.1', 8999)) != 0:
    pass
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
sk.close()
