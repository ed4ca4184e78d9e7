"""Has no loop: it sends one line and ends.

Fails: XCH-08, UDP-11 (like: one-line)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line = input('>')
client.sendto(line.encode(), ('127.0.0.1', 8001))
if line:
    data, address = client.recvfrom(1024)
    print('server says:', data.decode())
client.close()
