"""Prints what it sent instead of what it received.

Fails: XCH-10 (like: no-print)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
sock, address = server.accept()
print(sock, address)
res = b'hello'
sock.send(res)
sock.recv(1024)
print(res)
sock.close()
server.close()
