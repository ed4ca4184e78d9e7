"""Calls listen on a UDP socket, which has no connections to listen for.

Fails: LIF-02 (like: udp-listen)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.listen(5)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
server.close()
