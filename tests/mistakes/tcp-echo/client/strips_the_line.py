"""Strips the line before it sends it.

Fails: XCH-06
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('> ').strip()
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
