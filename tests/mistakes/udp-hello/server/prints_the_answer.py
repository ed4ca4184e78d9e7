"""Prints what it sends and not what it received.

Fails: XCH-10 (like: no-print)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
back = b'hello'
print(addr, back.decode())
sk.sendto(back, addr)
sk.close()
