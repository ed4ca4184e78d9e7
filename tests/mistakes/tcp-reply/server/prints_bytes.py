"""Prints the bytes as they are, so that Chinese text can't be read.

Fails: DAT-03 (like: prints-bytes)
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
print('message', data)
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
