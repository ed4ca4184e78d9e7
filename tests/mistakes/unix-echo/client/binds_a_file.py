"""Binds a file of its own before it connects, so it cannot run twice at the same time.

Fails: UNX-04
"""

import os
import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.bind('/tmp/client.sock')
client.connect('/tmp/echo.sock')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
os.unlink('/tmp/client.sock')
