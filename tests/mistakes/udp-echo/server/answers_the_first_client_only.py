"""Remembers the address of the first client and answers everybody there.

Fails: UDP-03 (like: first-sender)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
client = None
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    if client is None:
        client = addr
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, client)
server.close()
