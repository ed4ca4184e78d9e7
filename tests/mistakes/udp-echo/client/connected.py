"""Connects its UDP socket and dies of ConnectionRefusedError when the server was away for a moment.

Fails: UDP-08 (like: connected-udp)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(('127.0.0.1', 8001))
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
