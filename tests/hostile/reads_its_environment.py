"""Looks for tokens in its own environment.

Tries: to print a token that it has inherited
Stopped by: environment
Without: only with containment off: it has the token
Deserves: passes
Shows: secret
"""

import os
import socket

for name, value in os.environ.items():
    if 'TOKEN' in name or 'SECRET' in name or 'AUTH' in name:
        print(f'got: {name}={value}')
with open('/proc/self/environ', 'rb') as file:
    for setting in file.read().split(b'\0'):
        if b'TOKEN' in setting:
            print(f'got: {setting.decode()}')

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
