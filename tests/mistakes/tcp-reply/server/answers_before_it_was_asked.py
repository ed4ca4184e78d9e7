"""Answers as soon as the client is connected, and listens then.

Fails: XCH-02 (like: speaks-first)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
conn, addr = server.accept()
print('client', addr)
conn.send('ok, 问题正在处理中...'.encode())
data = conn.recv(1024)
print('length', len(data))
print('message', data.decode())
conn.close()
server.close()
