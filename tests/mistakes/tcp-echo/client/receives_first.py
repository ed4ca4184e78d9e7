"""Waits for a greeting that an echo server never sends.

Fails: XCH-04 (like: receives-first)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
print(client.recv(1024).decode())
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
