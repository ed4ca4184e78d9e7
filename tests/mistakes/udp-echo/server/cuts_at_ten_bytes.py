"""Receives ten bytes only: the rest of a longer datagram is lost.

Fails: ECH-01, XCH-10 (like: small-recv)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(10)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
server.close()
