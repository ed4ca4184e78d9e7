"""Asks for all the memory there is.

Tries: to reserve 64 GiB, and to fill 64 MiB of them
Stopped by: limits
Without: it is given as much as the system promises to anybody
Deserves: passes
Shows: got
"""

import mmap
import socket

pieces = []
try:
    while len(pieces) < 64:
        pieces.append(mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    print('got: 64 GiB')
except (OSError, MemoryError) as error:
    print(f'refused: {error}')
if pieces:
    pieces[0].write(bytes(64 << 20))

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
