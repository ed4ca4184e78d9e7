"""Receives as many bytes as the line has characters.

Fails: CLS-06 (like: small-recv)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('> ')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(len(line))
    print('server says:', data.decode(errors='replace'))
client.close()
