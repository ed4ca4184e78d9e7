"""Fills the disk with large files.

Tries: to write 20 files of 16 MiB each
Stopped by: folder
Without: it writes them to the disk, until that is full; they are gone with its folder
Deserves: passes
Shows: got
"""

import os
import socket

try:
    for number in range(20):
        with open(f'full{number}', 'wb') as file:
            for _ in range(16):
                file.write(bytes(1 << 20))
    print('got: 320 MiB')
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
