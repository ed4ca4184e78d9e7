"""Sends a newline that nobody asked for.

Fails: XCH-06 (like: newline)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!\n')
sk.close()
