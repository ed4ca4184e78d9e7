"""Makes text of the bytes with str(), so that b and quotes are sent too.

Fails: XCH-01 (like: sends-repr)
"""

import socket

greeting = b'hello'

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
print(conn)
print(addr)
conn.send(str(greeting).encode())
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
