"""Sends a line of blanks, and ends as after an empty one.

Fails: XCH-06
"""

import socket

c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ('127.0.0.1', 8001)
while True:
    line = input('> ')
    c.sendto(line.encode(), server)
    if not line.strip():
        break
    data, addr = c.recvfrom(65535)
    print(data.decode())
c.close()
