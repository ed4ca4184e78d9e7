"""Waits for a key before it closes the connection.

Fails: CLS-06 (like: key-at-the-end)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
input('按回车键退出...')
sk.close()
