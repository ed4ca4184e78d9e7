"""Ignores the empty datagram, which is the signal to stop.

Fails: UDP-10
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        continue
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
