"""Receives the answer and shows it to nobody.

Fails: XCH-10 (like: no-print)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
conn.send(b'hello')
msg = conn.recv(1024)
conn.close()
sk.close()
