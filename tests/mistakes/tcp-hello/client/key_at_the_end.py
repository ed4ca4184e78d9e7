"""Waits for a key after its last step instead of ending.

Fails: CLS-13 (like: key-at-the-end)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
sk.close()
input('按回车键退出...')
