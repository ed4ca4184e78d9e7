"""Waits for a key after its last step instead of ending.

Fails: CLS-13 (like: key-at-the-end)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!'.encode())
data = sk.recv(1024)
print(data)
print('answer:', data.decode())
sk.close()
input('press Enter to end ')
