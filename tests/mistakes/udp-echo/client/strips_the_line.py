"""Strips the line before it sends it.

Fails: XCH-06
"""

import socket

ADDRESS = ('127.0.0.1', 8001)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('> ').strip()
    client.sendto(line.encode(), ADDRESS)
    if not line:
        break
    data, addr = client.recvfrom(1024)
    print('server says:', data.decode())
client.close()
