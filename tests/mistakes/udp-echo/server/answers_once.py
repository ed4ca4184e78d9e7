"""Has no loop: it answers one datagram and ends.

Fails: ECH-01, UDP-03, UDP-05 (like: one-answer)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
data, addr = server.recvfrom(1024)
if data:
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
server.close()
