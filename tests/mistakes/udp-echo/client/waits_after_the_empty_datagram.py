"""Waits for an answer to the empty datagram, which never comes.

Fails: UDP-11
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    data, address = client.recvfrom(1024)
    print(f'接收来自服务端{address}的数据:{data.decode()}')
    if not line:
        break
client.close()
