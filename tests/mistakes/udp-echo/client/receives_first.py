"""Waits for a datagram before it has sent one, and the server waits too.

Fails: XCH-04 (like: receives-first)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    data, address = client.recvfrom(1024)
    print(f'接收来自服务端{address}的数据:{data.decode()}')
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    if not line:
        break
client.close()
