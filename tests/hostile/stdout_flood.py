"""Prints without end before it listens.

Tries: to have 8 MiB of output kept
Stopped by: output
Without: the same: after 1 MiB nobody reads, and it waits in its print
Deserves: Fails: LIF-02
Shows: nothing
"""

import socket
import sys

for _ in range(128):
    sys.stdout.write('A' * 65536)

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
