"""Sends what input returns without encoding it.

Fails: XCH-04 (like: sends-text)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line, ('127.0.0.1', 8001))
    if not line:
        break
    data, address = client.recvfrom(1024)
    print(f'接收来自服务端{address}的数据:{data.decode()}')
client.close()
