"""Waits for a key before it closes the connection.

Fails: CLS-06 (like: key-at-the-end)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
input('按回车键退出...')
sk.close()
