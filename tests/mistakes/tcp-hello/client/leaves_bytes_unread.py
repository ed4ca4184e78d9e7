"""Reads one byte of the answer: closing with the rest unread sends RST.

Fails: CLS-06 (like: small-recv)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = sk.recv(1)
print(ret)
sk.close()
