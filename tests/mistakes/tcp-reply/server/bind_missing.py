"""Forgets bind: the system chooses a port that no client knows.

Fails: LIF-02 (like: no-bind)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.listen(5)
conn, addr = server.accept()
print('client', addr)
data = conn.recv(1024)
print('length', len(data))
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
