"""Goes back to accept for ever although it should end after its one client.

Fails: CLS-13, PRT-11 (like: serves-on)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(128)
while True:
    conn, addr = server.accept()
    print('client', addr)
    data = conn.recv(1024)
    print('length', len(data))
    print('message', data.decode())
    conn.send('ok, 问题正在处理中...'.encode())
    conn.close()
