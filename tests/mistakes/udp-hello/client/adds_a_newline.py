"""Sends a newline with its message, as print would.

Fails: XCH-06 (like: newline)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('This is Client!\n'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
