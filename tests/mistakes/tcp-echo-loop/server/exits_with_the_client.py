"""Ends the whole program when a client leaves.

Fails: SRV-01 (like: one-client)
"""

import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    client, addr = server.accept()
    print('connect from', addr)
    while True:
        try:
            data = client.recv(1024)
            if not data:
                print('bye')
                sys.exit()
            print(f'接收到来自客户端的消息:{data.decode(errors="replace")}')
            client.sendall(data)
        except OSError:
            break
    client.close()
