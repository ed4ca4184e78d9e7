"""Lets only its first client stop it.

Fails: UDP-10
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
first = None
while True:
    data, addr = server.recvfrom(1024)
    first = first or addr
    if not data and addr == first:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
