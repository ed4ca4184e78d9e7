"""Binds a fixed local port, so it cannot run twice at the same time.

Fails: LIF-13 (like: fixed-port)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.bind(('127.0.0.1', 9000))
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
