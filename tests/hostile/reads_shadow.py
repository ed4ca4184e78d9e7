"""Reads the system's file of passwords.

Tries: to read /etc/shadow
Stopped by: rights, files
Without: as root it has the file
Deserves: passes
Shows: got (root)
"""

import socket

try:
    with open('/etc/shadow') as file:
        print(f'got: {len(file.read())} characters')
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
