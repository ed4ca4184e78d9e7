"""Waits for the time before it has asked for it.

Fails: XCH-06 (like: receives-first)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
sk.close()
