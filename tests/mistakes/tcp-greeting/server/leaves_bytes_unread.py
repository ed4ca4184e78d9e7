"""Reads five bytes of the answer: closing with the rest unread sends RST.

Fails: CLS-07, XCH-10 (like: small-recv)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
conn.send(b'hello')
msg = conn.recv(5)
print(msg)
conn.close()
sk.close()
