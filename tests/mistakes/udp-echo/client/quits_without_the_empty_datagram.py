"""Ends on an empty line without sending the empty datagram that stops the server.

Fails: UDP-11
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    if not line:
        break
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    data, address = client.recvfrom(1024)
    print(f'接收来自服务端{address}的数据:{data.decode()}')
client.close()
