"""Listens without bind, on a port that the system chose."""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print('received:', msg.decode('utf-8', 'replace'))
    conn.send(msg)
conn.close()
sk.close()
