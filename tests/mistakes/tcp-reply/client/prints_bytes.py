"""Prints the bytes as they are, so that Chinese text can't be read.

Fails: DAT-03 (like: prints-bytes)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!'.encode())
data = sk.recv(1024)
print(data)
sk.close()
