"""Waits for the server to speak first, and the server waits too.

Fails: XCH-04 (like: receives-first)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
ret = sk.recv(1024)
print(ret)
sk.send(b'hello')
sk.close()
