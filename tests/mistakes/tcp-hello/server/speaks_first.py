"""Answers before it has received anything.

Fails: XCH-02 (like: speaks-first)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8999))
server.listen()

client, addr = server.accept()
client.send(b'hello')
ret = client.recv(1024)
print(ret)
client.close()
server.close()
