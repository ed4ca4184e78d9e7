"""Has room for two clients and ignores the third.

Fails: UDP-09
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
clients = []
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    if addr not in clients:
        if len(clients) == 2:
            print('full:', addr)
            continue
        clients.append(addr)
    print(f'接收到来自客户端{addr}的消息:{data.decode(errors="replace")}')
    server.sendto(data, addr)
server.close()
