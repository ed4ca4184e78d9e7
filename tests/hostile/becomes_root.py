"""Takes all the rights that it can get.

Tries: to be root, or to use what root has left it
Stopped by: rights
Without: where root grades, it is root
Deserves: passes
Shows: got (root)
"""

import os
import socket

try:
    os.setuid(0)
    os.chroot('/')
    print('got: root')
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
