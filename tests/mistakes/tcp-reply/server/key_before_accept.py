"""Waits for a key before it accepts its client.

Fails: LIF-03 (like: key-before-accept)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
input('press Enter when the client is ready ')
conn, addr = server.accept()
print('client', addr)
data = conn.recv(1024)
print('length', len(data))
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
