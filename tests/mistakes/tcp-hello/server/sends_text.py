"""Sends a str: only bytes can be sent.

Fails: XCH-01 (like: sends-text)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send('hello')
conn.close()
sk.close()
