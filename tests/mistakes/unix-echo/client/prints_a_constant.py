"""Prints that an answer came, and not the answer.

Fails: XCH-11 (like: no-print)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('/tmp/chat/echo.socket')
while True:
    line = input('>')
    if not line:
        break
    client.sendall(line.encode())
    data = client.recv(1024)
    if data:
        print('the server has answered')
client.close()
