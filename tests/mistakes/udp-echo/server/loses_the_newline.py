"""Takes a newline at the end of a datagram for no part of it.

Fails: ECH-01 (like: strips)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data.rstrip(b'\r\n'), addr)
