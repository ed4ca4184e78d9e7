"""Ends with status 0 before anything is asked.

Tries: to pass because its exit status is 0
Stopped by: process
Without: the same: the wire decides
Deserves: Fails: LIF-02
Shows: nothing
"""

import os
import socket

print('all tests passed')
os._exit(0)

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
