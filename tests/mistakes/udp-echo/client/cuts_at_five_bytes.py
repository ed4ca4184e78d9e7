"""Receives five bytes only: the rest of a longer answer is lost.

Fails: XCH-11 (like: small-recv)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    if not line:
        break
    data, address = client.recvfrom(5)
    print('server says:', data.decode(errors='replace'))
client.close()
