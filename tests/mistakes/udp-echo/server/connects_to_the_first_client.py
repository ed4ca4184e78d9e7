"""Connects its socket to the first client and hears nobody else from then on.

Fails: UDP-03 (like: connected-udp)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
connected = False
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    if not connected:
        server.connect(addr)
        connected = True
    server.send(data)
server.close()
