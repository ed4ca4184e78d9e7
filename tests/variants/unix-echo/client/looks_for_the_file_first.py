"""Looks whether the server's file is there before it connects."""

import os
import socket
import sys

PATH = '/tmp/echo.sock'
if not os.path.exists(PATH):
    sys.exit('服务器没有启动')
client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect(PATH)
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
