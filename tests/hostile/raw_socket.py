"""Listens to all packets of the machine.

Tries: to read others' conversations (nothing is read)
Stopped by: rights, network
Without: as root it has the socket
Deserves: passes
Shows: got (root)
"""

import _socket
import socket

try:
    _socket.socket(_socket.AF_PACKET, _socket.SOCK_RAW, 0)
    print('got: all packets')
except OSError as error:
    print(f'refused: {error}')

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
