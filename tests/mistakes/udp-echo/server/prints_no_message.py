"""Does not show what it receives.

Fails: XCH-10 (like: no-print)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    if not data:
        break
    print('one datagram from', addr)
    server.sendto(data, addr)
server.close()
