"""Greets a second time when the client does not answer at once.

Fails: XCH-01
"""

import socket
import select

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8080))
server.listen(5)
sock, address = server.accept()
sock.send(b'hello')
ready, _, _ = select.select([sock], [], [], 0.2)
if not ready:
    sock.send(b'hello')
res = sock.recv(1024)
print(res)
sock.close()
server.close()
