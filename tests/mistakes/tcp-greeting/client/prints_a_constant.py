"""Prints what it believes the greeting to be.

Fails: XCH-11 (like: no-print)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
sk.recv(1024)
print(b'hello')
sk.send(b'byebye!')
sk.close()
