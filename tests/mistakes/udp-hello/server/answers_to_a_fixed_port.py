"""Answers to a port of its own choice instead of the one the datagram came from.

Fails: UDP-03 (like: fixed-answer)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', (addr[0], 9001))
sk.close()
