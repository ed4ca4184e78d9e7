"""Decodes as ASCII: a message in Chinese ends it.

Fails: XCH-01, CLS-13 (like: ascii)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode('ascii'))
sk.sendto(b'hello', addr)
sk.close()
