"""Closes right after sending instead of waiting for the answer.

Fails: XCH-07 (like: no-wait)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!'.encode())
sk.close()
