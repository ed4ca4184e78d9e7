"""Prints the bytes b'...' instead of the text.

Fails: DAT-03 (like: prints-bytes)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('echo.sock')
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data}')
client.close()
