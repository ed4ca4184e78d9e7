"""Connects to a TCP port instead of the socket file.

Fails: LIF-12
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    print(client.recv(1024).decode())
client.close()
