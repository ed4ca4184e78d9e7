"""Does not close the connection and waits for a key instead.

Fails: CLS-07, CLS-13, PRT-11 (like: key-at-the-end)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hello')
input('按回车键结束')
