"""Leaves the loop on an empty line, but then waits for a key with the connection still open.

Fails: CHT-01
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('/tmp/echo.sock')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
print('bye')
input('press Enter to quit ')
