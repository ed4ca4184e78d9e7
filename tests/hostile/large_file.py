"""Makes a file of a size that no disk has.

Tries: to make a file of 1 TiB that takes no room
Stopped by: limits
Without: it makes the file; nobody copies it
Deserves: passes
Shows: got
"""

import os
import socket

try:
    with open('large', 'wb') as file:
        os.truncate(file.fileno(), 1 << 40)
    print('got: 1 TiB')
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
