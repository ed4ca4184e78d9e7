"""Uses a UDP socket where TCP is asked for.

Fails: LIF-12
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
