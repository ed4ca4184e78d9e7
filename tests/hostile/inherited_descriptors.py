"""Looks at every descriptor that it has.

Tries: to find one that is not its own: a socket or a file of the grader
Stopped by: process
Without: the same: none is handed on but the pipe of the trace
Deserves: passes
Shows: nothing
"""

import os
import socket

for fd in range(3, 4096):
    try:
        os.fstat(fd)
    except OSError:
        continue
    if fd != 250:
        print(f'got: {fd} {os.readlink(f"/proc/self/fd/{fd}")}')

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
