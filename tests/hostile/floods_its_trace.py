"""Writes rubbish into the pipe of its trace.

Tries: to fill the memory of the grader, or to break what reads it
Stopped by: output
Without: the same: after 16 MiB nobody reads, and it waits in its write
Deserves: Fails: LIF-02
Shows: nothing
"""

import os
import socket

for number in range(512):
    os.write(250, [b'[' * 65536, b'\xff\0' * 32768, b'[1e999,{}]\n' * 6000][number % 3])

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
