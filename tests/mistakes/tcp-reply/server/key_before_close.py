"""Waits for a key before it closes the connection.

Fails: CLS-07, CLS-13, PRT-11 (like: key-at-the-end)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
conn, addr = server.accept()
print('client', addr)
data = conn.recv(1024)
print('length', len(data))
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
input('press Enter to end ')
conn.close()
server.close()
