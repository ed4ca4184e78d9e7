"""Does not answer a client that has finished sending, as if it had gone away.

Fails: CLS-09 (like: half-close)
"""

import select
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
# still somebody there?
ready, _, _ = select.select([conn], [], [], 0.3)
if ready and not conn.recv(1, socket.MSG_PEEK):
    print('client has left')
else:
    conn.send('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
