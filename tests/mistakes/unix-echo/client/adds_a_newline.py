"""Sends a newline after every line although only the line is asked for.

Fails: XCH-06 (like: newline)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('/tmp/echo.sock')
while True:
    line = input('>')
    if not line:
        break
    client.send((line + '\n').encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
