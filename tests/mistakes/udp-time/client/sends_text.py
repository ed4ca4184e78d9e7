"""Sends text instead of bytes.

Fails: XCH-06 (like: sends-text)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.close()
