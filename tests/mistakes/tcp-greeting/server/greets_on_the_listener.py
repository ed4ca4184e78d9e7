"""Sends its greeting on the listening socket instead of the one that accept returned.

Fails: XCH-03 (like: uses-listener)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
print(addr)
try:
    sk.send(b'hello')
except OSError as e:
    print('发送失败', e)
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
