"""Waits until it has five bytes, which an answer of two never is.

Fails: CLS-13
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = b''
while len(ret) < 5:
    ret += sk.recv(5 - len(ret))
print(ret)
sk.close()
