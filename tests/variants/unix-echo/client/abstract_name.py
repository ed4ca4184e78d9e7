"""Connects to a name in Linux's abstract space, and to nothing on the disk."""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect(b'\0echo')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
