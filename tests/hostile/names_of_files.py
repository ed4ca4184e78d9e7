"""Leaves files with names that break lines, quotes and paths.

Tries: to have a name taken for something else by whoever lists the folder
Stopped by: folder
Without: the same: a name is only ever a name
Deserves: passes
Shows: nothing
"""

import os
import socket

for name in ('a\nb', "it's", 'say "x"', '..a', '-rf', '$(touch x)', '<b>', '=1+1', b'\xff\xfe', ' '):
    with open(name, 'w') as file:
        file.write('x')

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
