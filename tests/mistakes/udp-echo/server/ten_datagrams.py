"""Answers ten datagrams, and then no more.

Fails: UDP-09
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 8001))
for i in range(10):
    data, addr = s.recvfrom(65535)
    if not data:
        break
    print(data.decode(errors='replace'))
    s.sendto(data, addr)
s.close()
