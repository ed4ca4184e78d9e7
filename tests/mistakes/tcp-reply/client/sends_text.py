"""Sends a str: text has to be encoded first.

Fails: DAT-01 (like: sends-text)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!')
data = sk.recv(1024)
print(data)
print('answer:', data.decode())
sk.close()
