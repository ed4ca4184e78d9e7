"""Shows what it receives on stderr."""

import socket
import sys


def log(*said):
    print(*said, file=sys.stderr)


sk = socket.create_server(('', 8989))
conn, addr = sk.accept()
data = conn.recv(4096)
log('ip', addr[0], 'port', addr[1])
log('bytes', len(data))
log('text', data.decode())
conn.sendall('ok, 问题正在处理中...'.encode())
conn.close()
sk.close()
