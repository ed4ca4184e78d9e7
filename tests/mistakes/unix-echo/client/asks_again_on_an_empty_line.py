"""Asks again on an empty line instead of ending.

Fails: CHT-01
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('/tmp/chat/echo.socket')
while True:
    line = input('>')
    if not line:
        print('消息不能为空')
        continue
    client.send(line.encode())
    data = client.recv(1024)
    if not data:
        break
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
