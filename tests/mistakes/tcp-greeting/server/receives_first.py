"""Waits for the client to speak first, and the client waits for the greeting.

Fails: XCH-03 (like: receives-first)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
sock, address = server.accept()
print(sock, address)
res = sock.recv(1024)
print(res)
sock.send(b'hello')
sock.close()
server.close()
