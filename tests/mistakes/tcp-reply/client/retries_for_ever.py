"""Tries again for ever when nobody listens.

Fails: LIF-15 (like: retries)
"""

import socket

sk = socket.socket()
while sk.connect_ex(('127.0.0.1', 8989)):
    pass
sk.send('你好服务端,我是客户端小明!'.encode())
data = sk.recv(1024)
print(data)
print('answer:', data.decode())
sk.close()
