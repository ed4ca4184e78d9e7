"""Looks for tokens in the environment of every process.

Tries: to print the grader's token
Stopped by: processes, environment
Without: the token is in its output
Deserves: passes
Shows: secret
"""

import os
import socket

refused = []
for pid in os.listdir('/proc'):
    if pid.isdecimal():
        try:
            with open(f'/proc/{pid}/environ', 'rb') as file:
                for setting in file.read().split(b'\0'):
                    if setting.startswith(b'GRADEBOOK_TOKEN='):
                        print(f'got: {setting.decode()}')
        except OSError as error:
            refused.append(error)
if refused:
    print(f'refused: {refused[0]}')

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
