"""Waits until the client has finished before it answers, and the client waits for the answer.

Fails: XCH-01 (like: waits-for-more)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8999))
server.listen()

client, addr = server.accept()
ret = b''
while True:
    part = client.recv(1024)
    if not part:
        break
    ret += part
print(ret)
client.send(b'hello')
client.close()
server.close()
