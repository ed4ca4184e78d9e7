"""Prints getpeername, which is the path, and getsockname, which is empty."""

import socket
import sys

PATH = '/tmp/echo.sock'
client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
if client.connect_ex(PATH) != 0:
    sys.exit('no server at ' + PATH)
assert client.getpeername() == PATH
print('connected to', client.getpeername(), repr(client.getsockname()))
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
