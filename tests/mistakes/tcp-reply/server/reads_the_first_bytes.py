"""Reads four bytes of the message: closing with the rest unread sends RST.

Fails: XCH-10, CLS-07 (like: small-recv)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
conn, addr = server.accept()
print('client', addr)
data = conn.recv(4)
print('length', len(data))
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
