"""Gives the server three tenths of a second for its greeting.

Fails: XCH-07 (like: recv-limit)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
sk.settimeout(0.3)
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
sk.close()
