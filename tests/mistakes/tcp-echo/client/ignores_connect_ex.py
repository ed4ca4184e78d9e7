"""Ignores what connect_ex returns and goes on asking as if it were connected.

Fails: LIF-15 (like: ignores-refusal)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect_ex(('127.0.0.1', 8000))
while True:
    line = input('>')
    if not line:
        break
    try:
        client.send(line.encode())
        data = client.recv(1024)
    except OSError:
        continue
    print('server says:', data.decode())
client.close()
