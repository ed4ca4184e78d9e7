"""Prints the size of its buffer for the length of the message.

Fails: XCH-12
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
conn, addr = server.accept()
print('client', addr)
size = 1024
data = conn.recv(size)
print('length', size)
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
