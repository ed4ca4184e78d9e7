"""Has no loop: it sends one line and ends.

Fails: XCH-08 (like: one-line)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
line = input('>')
if line:
    client.send(line.encode())
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
