"""Closes right after its greeting instead of waiting for the answer.

Fails: XCH-07 (like: no-wait)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
print(conn)
print(addr)
conn.send(b'hello')
conn.close()
sk.close()
