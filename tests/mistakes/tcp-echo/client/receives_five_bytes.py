"""Takes five bytes of every answer; the rest turns up later or never.

Fails: XCH-11, CLS-06 (like: small-recv)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(5)
    print(f'接收来自服务端的数据:{data.decode(errors="replace")}')
client.close()
