"""Answers to a port of its own choice instead of the one the datagram came from.

Fails: ECH-01, UDP-03, UDP-05 (like: fixed-answer)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, (addr[0], 9000))
server.close()
