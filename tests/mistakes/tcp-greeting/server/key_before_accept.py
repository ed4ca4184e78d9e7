"""Waits for a key before it accepts its client.

Fails: LIF-03 (like: key-before-accept)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
input('按回车键开始')
sock, address = server.accept()
print(sock, address)
sock.send(b'hello')
res = sock.recv(1024)
print(res)
sock.close()
server.close()
