"""Leaves named pipes and sockets where the grader looks for files.

Tries: to have the grader wait for ever in open()
Stopped by: folder
Without: the same: only plain files are read
Deserves: passes
Shows: nothing
"""

import os
import socket

if not os.path.exists('log.txt'):
    os.mkfifo('log.txt')
    os.mkfifo('data.json')
    left = socket.socket(socket.AF_UNIX)
    left.bind('left.sock')

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
