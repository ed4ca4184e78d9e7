"""Forgets bind: no client knows where to send.

Fails: LIF-02 (like: no-bind)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
server.close()
