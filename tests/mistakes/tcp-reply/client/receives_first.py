"""Waits for the server to speak first, and the server waits too.

Fails: XCH-04 (like: receives-first)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
data = sk.recv(1024)
print('answer:', data.decode())
sk.send('你好服务端,我是客户端小明!'.encode())
sk.close()
