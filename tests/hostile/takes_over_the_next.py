"""Writes into the interpreter from which all programs are forked.

Tries: to be part of every later program, by a write into the memory of its parent
Stopped by: calls, processes
Without: the memory of its parent, which is the grader there, is open to it
Deserves: passes
Shows: got (memory)
"""

import os
import socket

try:
    with open(f'/proc/{os.getppid()}/mem', 'r+b', buffering=0):
        print('got: the memory of my parent')
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
