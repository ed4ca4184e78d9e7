"""Asks again on an empty line instead of ending.

Fails: UDP-11
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    if line == 'over':
        break
    if not line:
        continue
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    data, address = client.recvfrom(1024)
    print('server says:', data.decode())
client.close()
