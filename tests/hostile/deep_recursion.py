"""Calls itself until the stack is full.

Tries: to take the interpreter down with it
Stopped by: process
Without: the same: only its own process ends
Deserves: Fails: LIF-02
Shows: nothing
"""

import socket
import sys

sys.setrecursionlimit(10**9)


def deeper(value):
    return list(map(deeper, [value]))


deeper(1)

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
