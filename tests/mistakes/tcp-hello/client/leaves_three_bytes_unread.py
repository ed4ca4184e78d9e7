"""Reads two bytes, which would do for hi: closing with the rest of hello unread sends RST.

Fails: CLS-06 (like: small-recv)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = sk.recv(2)
print(ret)
sk.close()
