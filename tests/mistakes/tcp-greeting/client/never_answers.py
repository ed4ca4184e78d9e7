"""Receives the greeting, and then receives again instead of answering.

Fails: XCH-06
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
ret = sk.recv(1024)
print(ret)
sk.close()
