"""Receives the answer and shows it to nobody.

Fails: XCH-11 (like: no-print)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!'.encode())
data = sk.recv(1024)
sk.close()
