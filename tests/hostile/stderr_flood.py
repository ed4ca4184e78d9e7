"""Writes more to standard error than anybody reads.

Tries: to have more than 1 MiB of error messages kept
Stopped by: output
Without: the same: after 1 MiB nobody reads, and the next write would wait
Deserves: Fails: DAT-11, CLS-02
Shows: nothing
"""

import os
import socket

for _ in range(16):
    os.write(2, b'E' * 65536)
os.write(2, b'E' * 60000)

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
