"""Sets no option before bind.

Loses: PRT-03, PRT-04
"""
import socket

server = socket.socket()
server.bind(('', 8989))
server.listen(5)
conn, addr = server.accept()
print('client', addr)
data = conn.recv(1024)
print('length', len(data))
print('message', data.decode())
conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
