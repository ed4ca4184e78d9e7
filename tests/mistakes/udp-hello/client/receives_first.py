"""Waits for a datagram before it has sent one, and the server waits too.

Fails: XCH-04 (like: receives-first)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
sk.close()
