"""Waits for a key before it closes the connection.

Fails: CLS-07, CLS-13 (like: key-at-the-end)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
print(addr)
conn.send(b'hello')
msg = conn.recv(1024)
print(msg)
input('按回车键结束')
conn.close()
sk.close()
