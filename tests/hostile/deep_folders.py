"""Leaves folders in folders that nobody can list or remove.

Tries: to leave 300 folders in each other, and one that may not be read
Stopped by: folder
Without: the same: what removes them needs no path, and gives itself the right to
Deserves: passes
Shows: nothing
"""

import os
import socket

here = os.getcwd()
if not os.path.exists('closed'):
    for _ in range(300):
        os.mkdir('deeper')
        os.chdir('deeper')
    os.chdir(here)
    os.mkdir('closed')
    os.mkdir('closed/inside')
    os.chmod('closed', 0)

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
